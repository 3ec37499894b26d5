import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSearch, withoutTerm } from './parse-search.ts'

/** A search in few words: `-` before what must not be, and stretches of days. */
const told = (text: string) =>
  parseSearch(text).map((term) => {
    const sign = term.not ? '-' : ''
    if (term.kind === 'days') return `${sign}days ${term.days.map((days) => days.join('..')).join(' ')}`
    if (term.kind === 'rating') return `${sign}rating ${term.least}..${term.most}`
    return `${sign}${term.kind} ${term.value}`
  })

test.each([
  ['2019', '2019-01-01..2019-12-31'],
  ['in 2019', '2019-01-01..2019-12-31'],
  ['en 2019', '2019-01-01..2019-12-31'],
  ['summer 2019', '2019-06-01..2019-08-31'],
  ['été 2019', '2019-06-01..2019-08-31'],
  ["l'été 2019", null],
  ['Printemps de 2020', '2020-03-01..2020-05-31'],
  ['fall of 2020', '2020-09-01..2020-11-30'],
  ['hiver 2020', '2020-01-01..2020-02-29 2020-12-01..2020-12-31'],
  ['before 2010', '..2009-12-31'],
  ['avant 2010', '..2009-12-31'],
  ['after 2010', '2011-01-01..'],
  ['après mars 2010', '2010-04-01..'],
  ['since 2010', '2010-01-01..'],
  ['depuis juillet 2010', '2010-07-01..'],
  ['until 2010', '..2010-12-31'],
  ["jusqu'en 2010", '..2010-12-31'],
  ['march 2018', '2018-03-01..2018-03-31'],
  ['Août 2018', '2018-08-01..2018-08-31'],
  ['févr 2024', '2024-02-01..2024-02-29'],
  ['2018-03', '2018-03-01..2018-03-31'],
  ['2018/3', '2018-03-01..2018-03-31'],
  ['2018-03-31', '2018-03-31..2018-03-31'],
  ['2015-2018', '2015-01-01..2018-12-31'],
  ['2015 - 2018', '2015-01-01..2018-12-31'],
  ['2015–2018', '2015-01-01..2018-12-31'],
  ['from march 2015 to may 2018', '2015-03-01..2018-05-31'],
  ['entre 2015 et 2018', '2015-01-01..2018-12-31'],
  ['14 juillet 2019', '2019-07-14..2019-07-14'],
  ['1er mai 2019', '2019-05-01..2019-05-01'],
  ['july 4th, 2019', '2019-07-04..2019-07-04'],
  ['Sommer 2019', '2019-06-01..2019-08-31'],
  ['im Frühling 2020', '2020-03-01..2020-05-31'],
  ['3. März 2018', '2018-03-03..2018-03-03'],
  ['vor 2010', '..2009-12-31'],
  ['nach Dezember 2010', '2011-01-01..'],
  ['seit 2010', '2010-01-01..'],
  ['bis 2010', '..2010-12-31'],
  ['zwischen 2015 und 2018', '2015-01-01..2018-12-31'],
  ['verano de 2019', '2019-06-01..2019-08-31'],
  ['otoño del 2019', '2019-09-01..2019-11-30'],
  ['14 de julio de 2019', '2019-07-14..2019-07-14'],
  ['antes de 2010', '..2009-12-31'],
  ['después de marzo de 2010', '2010-04-01..'],
  ['desde 2015 hasta 2018', '2015-01-01..2018-12-31'],
  ['hasta 2010', '..2010-12-31'],
  ['estate 2019', '2019-06-01..2019-08-31'],
  ['inverno del 2020', '2020-01-01..2020-02-29 2020-12-01..2020-12-31'],
  ['2 giugno 2019', '2019-06-02..2019-06-02'],
  ['1º maggio 2019', '2019-05-01..2019-05-01'],
  ['prima del 2010', '..2009-12-31'],
  ['dopo il 2010', '2011-01-01..'],
  ['dal 2010', '2010-01-01..'],
  ['dal 2015 al 2018', '2015-01-01..2018-12-31'],
  ['fino al 2010', '..2010-12-31'],
  ['2019年', '2019-01-01..2019-12-31'],
  ['2019年夏', '2019-06-01..2019-08-31'],
  ['2019年の冬', '2019-01-01..2019-02-28 2019-12-01..2019-12-31'],
  ['夏 2019', '2019-06-01..2019-08-31'],
  ['2018年3月', '2018-03-01..2018-03-31'],
  ['2018年3月31日', '2018-03-31..2018-03-31'],
  ['2010年より前', '..2009-12-31'],
  ['2010年以降', '2010-01-01..'],
  ['2010年3月まで', '..2010-03-31'],
  ['2015年から2018年まで', '2015-01-01..2018-12-31'],
  ['صيف 2019', '2019-06-01..2019-08-31'],
  ['في صيف عام ٢٠١٩', '2019-06-01..2019-08-31'],
  ['14 يوليو 2019', '2019-07-14..2019-07-14'],
  ['كانون الثاني 2019', '2019-01-01..2019-01-31'],
  ['قبل عام 2010', '..2009-12-31'],
  ['بعد مارس 2010', '2010-04-01..'],
  ['منذ 2010', '2010-01-01..'],
  ['حتى 2010', '..2010-12-31'],
  ['من 2015 إلى 2018', '2015-01-01..2018-12-31'],
])('%j means the days %s', (text, days) => {
  expect(told(text)).toEqual(days === null ? ['word lete', 'days 2019-01-01..2019-12-31'] : [`days ${days}`])
})

test.each([
  ['', []],
  ['  -  ', []],
  ['Mer Été', ['word mer', 'word ete']],
  ['"Côte d’Azur" plage', ['phrase cote dazur', 'word plage']],
  ['« mer du nord » “two  words”', ['phrase mer du nord', 'phrase two words']],
  ['"still open', ['phrase still open']],
  ['-tag:Sea -night', ['-tag sea', '-word night']],
  ['camera:"Canon EOS R5" lens:50mm', ['camera canon eos r5', 'lens 50mm']],
  ['Appareil:Leica objectif:summicron étiquette:mer', ['camera leica', 'lens summicron', 'tag mer']],
  ['album:2024/Corsica', ['album 2024/corsica']],
  ['rating:>=4', ['rating 4..5']],
  [
    'note:3+ rating:<2 rating:>2 rating:5 rating:≤1',
    ['rating 3..5', 'rating 0..1', 'rating 3..5', 'rating 5..5', 'rating 0..1'],
  ],
  ['rating:many', ['word rating:many']],
  ['foo:bar 12:30', ['word foo:bar', 'word 12:30']],
  ['saint-malo 2018-13 2019-02-30', ['word saint-malo', 'word 2018-13', 'word 2019-02-30']],
  ['march summer before', ['word march', 'word summer', 'word before']],
  ['"2019"', ['phrase 2019']],
  ['-2019 boats', ['-days 2019-01-01..2019-12-31', 'word boats']],
  ['summer -2019', ['word summer', '-days 2019-01-01..2019-12-31']],
  ['boats summer 2019 rome', ['word boats', 'days 2019-06-01..2019-08-31', 'word rome']],
  ['IMG_2019 9999', ['word img_2019', 'word 9999']],
  ['constructor __proto__:x', ['word constructor', 'word __proto__:x']],
])('%j asks for %j', (text, terms) => {
  expect(told(text)).toEqual(terms)
})

test('each condition can be taken out of the text, and leaves the others as they are', () => {
  const word = fc.constantFrom(
    'mer',
    '"two words"',
    'tag:sea',
    '-night',
    'rating:>=4',
    'before 2010',
    'corse',
  )
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(5), (words, n) => {
      const text = words.join('  ')
      const terms = parseSearch(text)
      expect(terms).toHaveLength(words.length)
      const gone = n % words.length
      const term = terms[gone]
      if (term) expect(told(withoutTerm(text, term))).toEqual(told(words.toSpliced(gone, 1).join(' ')))
    }),
  )
})

test('whatever is typed is parsed, and stands where its places say', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      let end = 0
      for (const { from, to } of parseSearch(text)) {
        expect(from).toBeGreaterThanOrEqual(end)
        expect(to).toBeGreaterThan(from)
        end = to
      }
      expect(end).toBeLessThanOrEqual(text.length)
    }),
  )
})
