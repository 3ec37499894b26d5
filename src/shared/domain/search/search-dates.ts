import { bounds, between, linking, monthNames, opening, seasonMonths, type Bound } from './date-words.ts'

/** First and last day, `2019-06-01`; '' where that side is open. */
export type Days = readonly [from: string, to: string]

/** What some words, folded, say of days: of one stretch, or two (a winter's). `next`: the word behind them. */
interface Read {
  days: Days[]
  next: number
}

const two = (n: number) => String(n).padStart(2, '0')
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()
/** All days of some months of a year, of which January is 1. */
export const monthsOf = (year: number, first: number, last: number): Days => {
  const of = String(year).padStart(4, '0')
  return [`${of}-${two(first)}-01`, `${of}-${two(last)}-${two(lastDay(year, last))}`]
}

/** The day so many days from another. */
const shifted = (day: string, by: number): string =>
  day && new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10)

/** In Japanese the sign for a year may follow it. */
const yearOf = (word: string | undefined): number | null => {
  const [, year] = /^((?:18|19|20|21)\d\d)年?$/.exec(word ?? '') ?? []
  return year === undefined ? null : Number(year)
}

const dayOf = (year: number, month: number, day: number): Days | null => {
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return null
  const text = `${year}-${two(month)}-${two(day)}`
  return [text, text]
}

/** `2019`, `2019-03`, `2019-03-31`, `2015-2018`. */
const inFigures = (word: string): Days | null => {
  const year = yearOf(word)
  if (year !== null) return monthsOf(year, 1, 12)
  const [, first, last] = /^(\d{4})-(\d{4})$/.exec(word) ?? []
  if (yearOf(first) !== null && yearOf(last) !== null && Number(first) <= Number(last))
    return [`${first}-01-01`, `${last}-12-31`]
  const [, y, m, d] = /^(\d{4})[-/.](\d\d?)(?:[-/.](\d\d?))?$/.exec(word) ?? []
  if (yearOf(y) === null) return null
  if (d !== undefined) return dayOf(Number(y), Number(m), Number(d))
  return Number(m) >= 1 && Number(m) <= 12 ? monthsOf(Number(y), Number(m), Number(m)) : null
}

const dayNumber = (word: string | undefined): number | null => {
  const [, day] = /^(\d\d?)(?:st|nd|rd|th|er|[.,oº°])?,?$/.exec(word ?? '') ?? []
  return day === undefined ? null : Number(day)
}

/** Past the words that may stand between a day, its month and its year: `14 de julio de 2019`, `صيف عام 2019`. */
const pastLinks = (words: readonly string[], at: number): number =>
  linking.has(words[at] ?? '') ? pastLinks(words, at + 1) : at

/** A year, with what may stand before it. */
const yearAt = (words: readonly string[], at: number) => {
  const behind = pastLinks(words, at)
  const year = yearOf(words[behind])
  return year === null ? null : { year, next: behind + 1 }
}

/** A month by its name, which may be of two words. */
const monthAt = (words: readonly string[], at: number) => {
  const [first = '', second = ''] = words.slice(at, at + 2)
  const long = monthNames.get(`${first} ${second}`)
  const month = long ?? monthNames.get(first)
  return month === undefined ? null : { month, next: at + (long === undefined ? 1 : 2) }
}

/** A month, with its day before or behind it. */
const monthAndDay = (words: readonly string[], at: number) => {
  const first = monthAt(words, at)
  if (first) {
    const day = dayNumber(words[first.next])
    const has = day !== null && yearAt(words, first.next + 1) !== null
    return has ? { ...first, day, next: first.next + 1 } : { ...first, day: null }
  }
  const day = dayNumber(words[at])
  const second = day === null ? null : monthAt(words, pastLinks(words, at + 1))
  return second && { ...second, day }
}

/** A season, or a month with or without its day, in words, with its year behind. */
const inWords = (words: readonly string[], at: number): Read | null => {
  const season = seasonMonths.get(words[at] ?? '')
  const of = season && yearAt(words, at + 1)
  if (season && of) return { days: season.map(([a, b]) => monthsOf(of.year, a, b)), next: of.next }
  const found = monthAndDay(words, at)
  const year = found && yearAt(words, found.next)
  if (!found || !year) return null
  const { month, day } = found
  const days = day === null ? monthsOf(year.year, month, month) : dayOf(year.year, month, day)
  return days && { days: [days], next: year.next }
}

/** What Japanese says in one word: `2019年`, `2019年3月`, `2019年3月5日`, `2019年夏`. */
const inOne = (word: string): Days[] | null => {
  const [, y, name, m, d] = /^(\d{4})年の?(?:(\p{Script=Han})|(\d\d?)月(?:(\d\d?)日)?)$/u.exec(word) ?? []
  const year = yearOf(y)
  if (year === null) return null
  const season = seasonMonths.get(name ?? '')
  if (name !== undefined) return season?.map(([a, b]) => monthsOf(year, a, b)) ?? null
  const month = Number(m)
  if (d !== undefined) return [dayOf(year, month, Number(d))].filter((days) => days !== null)
  return month >= 1 && month <= 12 ? [monthsOf(year, month, month)] : null
}

const single = (words: readonly string[], at: number): Read | null => {
  const word = words[at] ?? ''
  const figures = inFigures(word)
  const days = figures ? [figures] : inOne(word)
  return days?.length ? { days, next: at + 1 } : inWords(words, at)
}

/** Of two that follow each other with a word for it between. */
const span = (words: readonly string[], first: Read): Read | null => {
  const second = between.has(words[first.next] ?? '') ? single(words, pastLinks(words, first.next + 1)) : null
  const [from, to] = [first.days[0]?.[0] ?? '', second?.days.at(-1)?.[1] ?? '']
  return second && from <= to ? { days: [[from, to]], next: second.next } : null
}

const bounded = ({ days, next }: Read, bound: Bound): Read => {
  const [from, to] = [days[0]?.[0] ?? '', days.at(-1)?.[1] ?? '']
  const open: Record<Bound, Days> = {
    before: ['', shifted(from, -1)],
    after: [shifted(to, 1), ''],
    since: [from, ''],
    until: ['', to],
  }
  return { days: [open[bound]], next }
}

/** Of `2019年以降`, where the word for it is the end of the day's own. */
const behind =
  /(?<day>.+?[年月日春夏秋冬])(?<bound>以前|以降|以後|より前|の前|より後|の後|から|まで)(?<rest>.*)$/u

const inJapanese = (word: string, next: number): Read | null => {
  const { day = '', bound = '', rest = '' } = behind.exec(word)?.groups ?? {}
  const first = single([day], 0)
  const kind = bounds.get(bound)
  if (!first || !kind) return null
  if (rest === '') return bounded({ ...first, next }, kind)
  const both = bound === 'から' ? span([day, '-', rest.replace(/まで$/, '')], { ...first, next: 1 }) : null
  return both && { ...both, next }
}

/**
 * Reads what words say of days, from one of them on: `summer 2019`, `before 2010`, `3 mars 2018`, `2015 to 2018`; in all languages of the
 * window alike (date-words.ts). All words are folded. Null where they say nothing of days.
 */
export const readDays = (words: readonly string[], at: number): Read | null => {
  const word = words[at] ?? ''
  const bound = bounds.get(word)
  const begins = bound !== undefined || opening.has(word)
  const first = single(words, begins ? pastLinks(words, at + 1) : at)
  if (!first) return inJapanese(word, at + 1)
  // `seit 2015`, but `dal 2015 al 2018`.
  const spanned = bound === undefined || bound === 'since' ? span(words, first) : null
  if (spanned) return spanned
  return bound === undefined ? first : bounded(first, bound)
}
