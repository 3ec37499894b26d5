import { monthsOf } from './search/search-dates.ts'

/**
 * Dates as exact as they are known: `1978`, `1978-06`, `1978-06-15`. All that is known to lie within a year or a month comes before
 * what is known to be of its first day, the year first: by so many milliseconds before it begins.
 */
export const msBefore = (date: string): number => (date.length <= 4 ? 2 : date.length <= 7 ? 1 : 0)

/** The first day that a date may be of. */
export const firstDayOf = (date: string): string =>
  date.length >= 10 ? date : `${date}${'0000-01-01'.slice(date.length)}`

/** The last day that a date may be of. */
export const lastDayOf = (date: string): string => {
  if (date.length >= 10) return date
  const month = date.length < 7 ? 12 : Number(date.slice(5, 7))
  return monthsOf(Number(date.slice(0, 4)), month, month)[1]
}
