/** Letters that Unicode takes for whole ones, as those who have no key for them write them. */
const written = {
  ae: 'æ',
  oe: 'œ',
  ss: 'ß',
  th: 'þ',
  ij: 'ĳ',
  ng: 'ŋ',
  hv: 'ƕ',
  ou: 'ȣ',
  db: 'ȸ',
  qp: 'ȹ',
  aa: 'ꜳ',
  ao: 'ꜵ',
  au: 'ꜷ',
  av: 'ꜹꜻ',
  ay: 'ꜽ',
  oo: 'ꝏ',
  a: 'ⱥᶏ',
  b: 'ƀɓƃᵬᶀ',
  c: 'ƈȼꞓɕ',
  d: 'đðɖɗƌᵭᶁȡ',
  e: 'ɇǝəɛᶒ',
  f: 'ƒᵮᶂ',
  g: 'ǥɠᶃꞡ',
  h: 'ħɦⱨ',
  i: 'ıɨɩᶖ',
  j: 'ɉȷʝ',
  k: 'ĸƙⱪᶄꝁꞣ',
  l: 'łƚɫɬɭⱡᶅȴꝉ',
  m: 'ɱᵯᶆ',
  n: 'ƞɲɳᵰᶇȵꞑꞥ',
  o: 'øɵɔⱺꝋꝍᶗ',
  p: 'ƥᵽᵱᶈꝑꝓ',
  q: 'ɋʠꝗꝙ',
  r: 'ɍɽɾɼᵲᵳᶉꝛꞧ',
  s: 'ſʂȿᵴᶊꞩ',
  t: 'ŧƭʈⱦᵵƫȶ',
  u: 'ʉʊᶙ',
  v: 'ʋⱱⱴᶌꝟ',
  w: 'ⱳ',
  x: 'ᶍ',
  y: 'ƴɏỿ',
  z: 'ƶȥɀⱬᵶᶎʐʑ',
  // One letter in two shapes, or two scripts' way to write it at the end of a word.
  σ: 'ς',
  ґ: 'ғ',
}

const plainOf = new Map(
  Object.entries(written).flatMap(([plain, letters]) =>
    Array.from(letters, (letter) => [letter, plain] as const),
  ),
)
const anyWritten = new RegExp(`[${[...plainOf.keys()].join('')}]`, 'gu')

/** Marks on letters of Latin, Greek, Cyrillic, Hebrew and Arabic; in other scripts marks are vowels, and make other words. */
const marks =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]/g

/** Apostrophes, and the letters and primes that stand for them: `Hawaiʻi` is looked for as `hawaii`, `L’Étang` as `letang`. */
const apostrophes = /['`´\u02b9-\u02bf\u02c8\u02ca\u02cb\u2018-\u201b\u2032\u2035\ua78b\ua78c\uff07]/g
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g

const asciiApostrophes = /['`]/g

/**
 * A text as it is searched for: without case, accents and apostrophes, and with plain letters for what many keyboards lack: `Łódź` is
 * `lodz`, `Straße` `strasse`, `ﬁne` and `ＦＩＮＥ` `fine`, `İstanbul` and `ISTANBUL` `istanbul`.
 */
export const plainText = (text: string): string => {
  // Most texts have nothing to take away.
  if (isAscii(text)) return text.toLowerCase().replace(asciiApostrophes, '')
  return (
    text
      .replace(apostrophes, '')
      .normalize('NFKD')
      .toLowerCase()
      .replace(marks, '')
      // `ŉ` comes apart into an apostrophe and a letter.
      .replace(apostrophes, '')
      .replace(anyWritten, (letter) => plainOf.get(letter) ?? letter)
      .replace(dashes, '-')
      .normalize('NFC')
  )
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)
