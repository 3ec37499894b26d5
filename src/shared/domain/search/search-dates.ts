/** First and last day, `2019-06-01`; '' where that side is open. */
export type Days = readonly [from: string, to: string]

/** What some words, folded, say of days: of one stretch, or two (a winter's). `next`: the word behind them. */
interface Read {
  days: Days[]
  next: number
}

const months: Record<string, number> = Object.fromEntries(
  [
    ['january', 'jan', 'janvier', 'janv'],
    ['february', 'feb', 'fevrier', 'fevr', 'fev'],
    ['march', 'mar', 'mars'],
    ['april', 'apr', 'avril', 'avr'],
    ['may', 'mai'],
    ['june', 'jun', 'juin'],
    ['july', 'jul', 'juillet', 'juil'],
    ['august', 'aug', 'aout'],
    ['september', 'sep', 'sept', 'septembre'],
    ['october', 'oct', 'octobre'],
    ['november', 'nov', 'novembre'],
    ['december', 'dec', 'decembre'],
  ].flatMap((names, i) => names.map((name) => [name, i + 1])),
)

/** The months of a season. A winter is of one year, as no photo of another is meant: its first two months and its last. */
const seasons: Record<string, [first: number, last: number][]> = {
  spring: [[3, 5]],
  printemps: [[3, 5]],
  summer: [[6, 8]],
  ete: [[6, 8]],
  autumn: [[9, 11]],
  fall: [[9, 11]],
  automne: [[9, 11]],
  winter: [
    [1, 2],
    [12, 12],
  ],
  hiver: [
    [1, 2],
    [12, 12],
  ],
}

const linking = new Set(['in', 'of', 'de', 'en', 'du'])
const bounds: Record<string, 'before' | 'after' | 'since' | 'until'> = {
  before: 'before',
  avant: 'before',
  after: 'after',
  apres: 'after',
  since: 'since',
  depuis: 'since',
  until: 'until',
  jusqua: 'until',
  jusquen: 'until',
}
const between = new Set(['-', 'to', 'a', 'au', 'and', 'et', '..'])

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

const yearOf = (word: string | undefined): number | null =>
  word !== undefined && /^(18|19|20|21)\d\d$/.test(word) ? Number(word) : null

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
  const [, day] = /^(\d\d?)(?:st|nd|rd|th|er|,)?,?$/.exec(word ?? '') ?? []
  return day === undefined ? null : Number(day)
}

/** A season, or a month with or without its day, in words, with its year behind. */
const inWords = (words: readonly string[], at: number): Read | null => {
  const yearAt = (n: number) => {
    const behind = linking.has(words[n] ?? '') ? n + 1 : n
    const year = yearOf(words[behind])
    return year === null ? null : { year, next: behind + 1 }
  }
  const first = words[at] ?? ''
  const season = Object.hasOwn(seasons, first) ? seasons[first] : undefined
  const of = season && yearAt(at + 1)
  if (season && of) return { days: season.map(([a, b]) => monthsOf(of.year, a, b)), next: of.next }
  const isMonth = (word: string | undefined) => Object.hasOwn(months, word ?? '')
  const [monthAt, day, next] = isMonth(first)
    ? dayNumber(words[at + 1]) !== null && yearAt(at + 2)
      ? [at, dayNumber(words[at + 1]), at + 2]
      : [at, null, at + 1]
    : [at + 1, dayNumber(first), at + 2]
  const month = months[words[monthAt] ?? '']
  const found = isMonth(words[monthAt]) ? yearAt(next) : null
  if (!found || month === undefined || (monthAt !== at && day === null)) return null
  const days = day === null ? monthsOf(found.year, month, month) : dayOf(found.year, month, day)
  return days && { days: [days], next: found.next }
}

const single = (words: readonly string[], at: number): Read | null => {
  const figures = inFigures(words[at] ?? '')
  return figures ? { days: [figures], next: at + 1 } : inWords(words, at)
}

/** Of two that follow each other with a word for it between. */
const span = (words: readonly string[], first: Read): Read | null => {
  const second = between.has(words[first.next] ?? '') ? single(words, first.next + 1) : null
  const [from, to] = [first.days[0]?.[0] ?? '', second?.days.at(-1)?.[1] ?? '']
  return second && from <= to ? { days: [[from, to]], next: second.next } : null
}

/**
 * Reads what words say of days, from one of them on: `summer 2019`, `before 2010`, `3 mars 2018`, `2015 to 2018`; in English and
 * French. All words are folded. Null where they say nothing of days.
 */
export const readDays = (words: readonly string[], at: number): Read | null => {
  const bound = Object.hasOwn(bounds, words[at] ?? '') ? bounds[words[at] ?? ''] : undefined
  const opening =
    bound !== undefined || ['from', 'between', 'entre', 'in', 'en', 'de'].includes(words[at] ?? '')
  const first = single(words, opening ? at + 1 : at)
  if (!first) return null
  const [from, to] = [first.days[0]?.[0] ?? '', first.days.at(-1)?.[1] ?? '']
  if (bound === 'before') return { days: [['', shifted(from, -1)]], next: first.next }
  if (bound === 'after') return { days: [[shifted(to, 1), '']], next: first.next }
  if (bound === 'since') return { days: [[from, '']], next: first.next }
  if (bound === 'until') return { days: [['', to]], next: first.next }
  return span(words, first) ?? first
}
