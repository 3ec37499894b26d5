import type { GridLayout } from './layout/grid-layout.ts'
import { lastIndexWhere } from './layout/grid-layout.ts'
import type { ViewMonth } from './view-timeline.svelte.ts'

/** A mark on the timeline: at which part of it, from 0 to 1, and the year that begins there; '' for a month. */
interface TrackMark {
  part: number
  year: string
}

/** Marks and years are at least so far from one another, in pixels. */
const [markPx, yearPx] = [5, 20]

/** The height of the content at which a month begins, with its heading. */
export const topOfMonth = (layout: GridLayout, { first }: ViewMonth): number =>
  first < layout.total ? Math.max(0, layout.cell(first).top - layout.look.heading) : layout.height

/** The month that a photo stands in, by the index of the photo. */
export const monthAt = (months: readonly ViewMonth[], index: number): number =>
  Math.max(
    0,
    lastIndexWhere(months, ({ first }) => first <= index),
  )

/** The month that is seen at a height of the content. */
export const monthSeen = (months: readonly ViewMonth[], layout: GridLayout, y: number): number =>
  layout.rows === 0
    ? 0
    : monthAt(months, layout.firstOf(Math.min(layout.rows - 1, Math.max(0, layout.rowAt(y)))))

/** The next month of a view that begins another year; back, the one that begins its own, or the year before. The first or last at the ends. */
export const yearFrom = (months: readonly ViewMonth[], at: number, by: 1 | -1): number => {
  const yearOf = (n: number) => months[n]?.month.slice(0, 4)
  let to = at + by
  while (to > 0 && to < months.length - 1 && yearOf(to) === yearOf(to - 1)) to += by
  return Math.min(months.length - 1, Math.max(0, to))
}

/** What stands on a timeline of a height in pixels: years where there is room for their words, and small marks between. */
export const marksOf = (months: readonly ViewMonth[], layout: GridLayout, height: number): TrackMark[] => {
  const marks: TrackMark[] = []
  let [lastMark, lastYear, before] = [-Infinity, -Infinity, '']
  for (const month of months) {
    const part = layout.height > 0 ? topOfMonth(layout, month) / layout.height : 0
    const [y, year] = [part * height, month.month.slice(0, 4)]
    const begins = year !== before && y - lastYear >= yearPx
    before = year
    if (begins) [lastYear, lastMark] = [y, y]
    else if (y - lastMark < markPx || y - lastYear < yearPx / 2) continue
    else lastMark = y
    marks.push({ part, year: begins ? year : '' })
  }
  // A mark would stand in the words of a year that follows closely.
  return marks.filter((mark, n) => {
    const next = marks[n + 1]
    return mark.year !== '' || !next?.year || (next.part - mark.part) * height >= yearPx / 2
  })
}
