import { inRow } from '../i18n/forward.ts'
import type { DayCount } from '../../shared/schemas/photo.ts'

/** A day of a month: its number from 1 on, and its photos. */
interface CalendarDay {
  day: string
  number: number
  photos: number
}

export interface CalendarMonth {
  /** `2019-06`. */
  month: string
  /** With those of which no more than the month is known. */
  photos: number
  /** How many days of a week stand empty before the first. */
  before: number
  days: CalendarDay[]
}

const two = (n: number) => String(n).padStart(2, '0')

/** The twelve months of a year, `2019`. `firstDay`: of a week, from 1 for Monday to 7 for Sunday. */
export const monthsOf = (year: string, days: readonly DayCount[], firstDay: number): CalendarMonth[] => {
  const photosOn = new Map(days.map(({ day, photos }) => [day, photos]))
  return Array.from({ length: 12 }, (_, n) => {
    const month = `${year}-${two(n + 1)}`
    const weekday = new Date(`${month}-01T00:00:00Z`).getUTCDay() || 7
    const length = new Date(Date.UTC(2000 + (Number(year) % 400), n + 1, 0)).getUTCDate()
    const all = Array.from({ length }, (_, i) => {
      const day = `${month}-${two(i + 1)}`
      return { day, number: i + 1, photos: photosOn.get(day) ?? 0 }
    })
    const photos = all.reduce((sum, one) => sum + one.photos, photosOn.get(month) ?? 0)
    return { month, photos, before: (weekday - firstDay + 7) % 7, days: all }
  })
}

/** The years that photos are of, the last one first, each with how many. */
export const yearsOf = (days: readonly DayCount[]): { year: string; photos: number }[] =>
  [...Map.groupBy(days, ({ day }) => day.slice(0, 4))]
    .map(([year, own]) => ({ year, photos: own.reduce((sum, { photos }) => sum + photos, 0) }))
    .sort((a, b) => (a.year < b.year ? 1 : -1))

/** How many photos of a year, `2019`, are known to be of no month of it. */
export const monthless = (year: string, days: readonly DayCount[]): number =>
  days.find(({ day }) => day === year)?.photos ?? 0

/** How dark a day is, from 1 to 4, by how many photos it has; 0 for none. */
export const shadeOf = (photos: number): number =>
  photos === 0 ? 0 : photos < 5 ? 1 : photos < 25 ? 2 : photos < 100 ? 3 : 4

const dayMs = 86_400_000
const daysAfter = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10)

/**
 * The day that an arrow key leads to, of those that have photos, first to last: the next one to the side; up and down the nearest that
 * lies a week away or more; null where there is none.
 */
export const dayByKey = (pressed: string, from: string, days: readonly string[]): string | null => {
  const key = inRow(pressed)
  const before = (end: string) => days.findLast((day) => day <= end) ?? null
  const after = (start: string) => days.find((day) => day >= start) ?? null
  if (key === 'ArrowLeft') return before(daysAfter(from, -1))
  if (key === 'ArrowRight') return after(daysAfter(from, 1))
  if (key === 'ArrowUp') return before(daysAfter(from, -7))
  if (key === 'ArrowDown') return after(daysAfter(from, 7))
  if (key === 'Home') return days[0] ?? null
  return key === 'End' ? (days.at(-1) ?? null) : null
}
