import { plainText } from '../fold-text.ts'

/*
 * What days are called in the languages of the window, all of them understood at once: words are few, and hardly one means two things.
 * Months and seasons by their order, as a text may be read where no language is set.
 */

/** The side of a day on which days are meant. */
export type Bound = 'before' | 'after' | 'since' | 'until'

const folded = (words: string) => words.split(',').map((word) => plainText(word.trim()))

const months = [
  'january, jan, janvier, janv, januar, jänner, enero, ene, gennaio, gen, يناير, كانون الثاني, 1月',
  'february, feb, février, févr, fév, februar, feber, febrero, febbraio, febb, فبراير, شباط, 2月',
  'march, mar, mars, märz, mrz, marzo, مارس, آذار, 3月',
  'april, apr, avril, avr, abril, abr, aprile, أبريل, إبريل, نيسان, 4月',
  'may, mai, mayo, maggio, mag, مايو, أيار, 5月',
  'june, jun, juin, juni, junio, giugno, giu, يونيو, يونيه, حزيران, 6月',
  'july, jul, juillet, juil, juli, julio, luglio, lug, يوليو, يوليه, تموز, 7月',
  'august, aug, août, agosto, ago, أغسطس, آب, 8月',
  'september, sep, sept, septembre, septiembre, setiembre, set, settembre, sett, سبتمبر, أيلول, 9月',
  'october, oct, octobre, oktober, okt, octubre, ottobre, ott, أكتوبر, تشرين الأول, 10月',
  'november, nov, novembre, noviembre, نوفمبر, تشرين الثاني, 11月',
  'december, dec, décembre, dezember, dez, diciembre, dic, dicembre, ديسمبر, كانون الأول, 12月',
]

/** Months by their names, from 1 on. */
export const monthNames: ReadonlyMap<string, number> = new Map(
  months.flatMap((names, i) => folded(names).map((name) => [name, i + 1] as const)),
)

type Months = readonly [first: number, last: number][]

/** A winter is of one year, as no photo of another is meant: its first two months and its last. */
const seasons: [names: string, months: Months][] = [
  ['spring, printemps, frühling, frühjahr, primavera, ربيع, الربيع, 春', [[3, 5]]],
  ['summer, été, sommer, verano, estate, صيف, الصيف, 夏', [[6, 8]]],
  ['autumn, fall, automne, herbst, otoño, autunno, خريف, الخريف, 秋', [[9, 11]]],
  [
    'winter, hiver, invierno, inverno, شتاء, الشتاء, 冬',
    [
      [1, 2],
      [12, 12],
    ],
  ],
]

/** The months of a season. */
export const seasonMonths: ReadonlyMap<string, Months> = new Map(
  seasons.flatMap(([names, of]) => folded(names).map((name) => [name, of] as const)),
)

const sides: Record<Bound, string> = {
  before: 'before, avant, vor, antes, prima, قبل, より前, の前',
  after: 'after, après, nach, después, dopo, بعد, より後, の後',
  since: 'since, depuis, seit, ab, desde, dal, dallo, منذ, 以降, 以後, から',
  until: "until, jusqu'à, jusqu'en, bis, hasta, fino, حتى, 以前, まで",
}

/** Words that say on which side of a day. */
export const bounds: ReadonlyMap<string, Bound> = new Map(
  Object.entries(sides).flatMap(([side, words]) =>
    folded(words).map((word) => [word, side as Bound] as const),
  ),
)

/** What may stand before a month or a year without meaning anything of its own. */
export const linking: ReadonlySet<string> = new Set(
  folded("in, of, de, en, du, im, vom, dem, del, el, di, il, al, nel, dell', في, عام, سنة, العام, の"),
)

/** What may stand before a stretch of days. */
export const opening: ReadonlySet<string> = new Set(
  folded('from, between, entre, in, en, de, im, von, zwischen, tra, fra, nel, nella, من, بين, في'),
)

/** What stands between the beginning and the end of a stretch. */
export const between: ReadonlySet<string> = new Set(
  folded('-, to, a, à, au, al, and, et, .., bis, und, y, e, hasta, fino, إلى, الى, حتى, و, 〜, ~, から'),
)
