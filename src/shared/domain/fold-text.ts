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
  // oxlint-disable-next-line no-misleading-character-class -- marks alone are what is looked for
  /[\u{0300}-\u{036f}\u{0483}-\u{0487}\u{0591}-\u{05bd}\u{05bf}\u{05c1}\u{05c2}\u{05c4}\u{05c5}\u{05c7}\u{0610}-\u{061a}\u{064b}-\u{065f}\u{0670}\u{1ab0}-\u{1aff}\u{1dc0}-\u{1dff}\u{20d0}-\u{20f0}\u{fe20}-\u{fe2f}]/gu

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
