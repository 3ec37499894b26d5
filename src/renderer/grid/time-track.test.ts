import { expect, test } from 'vitest'
import { layOut } from './layout/lay-out.ts'
import { marksOf, monthAt, monthSeen, topOfMonth, yearFrom } from './time-track.ts'

/** Twenty photos in each month of three years, the last one first. */
const months = Array.from({ length: 36 }, (_, n) => ({
  month: `${2021 - Math.floor(n / 12)}-${String(12 - (n % 12)).padStart(2, '0')}`,
  photos: 20,
  first: n * 20,
}))
const sections = months.map(({ photos }) => photos)
const layout = layOut({
  wall: 'cells',
  total: 720,
  sections,
  size: 176,
  width: 1208,
  height: 800,
  aspects: () => undefined,
})

test('each month is seen where it begins', () => {
  months.forEach((month, n) => {
    expect(monthSeen(months, layout, topOfMonth(layout, month) + layout.look.heading + 1)).toBe(n)
    expect(monthAt(months, month.first + 19)).toBe(n)
  })
})

test('a step of a year leads to the first month in the view of the next one, or back to the first of its own or the one before', () => {
  expect(yearFrom(months, 3, 1)).toBe(12)
  expect(yearFrom(months, 30, 1)).toBe(35)
  expect(yearFrom(months, 14, -1)).toBe(12)
  expect(yearFrom(months, 12, -1)).toBe(0)
  expect(yearFrom(months, 0, -1)).toBe(0)
})

test('years stand where they begin, as far as there is room for their words', () => {
  const years = (height: number) =>
    marksOf(months, layout, height)
      .map(({ year }) => year)
      .filter(Boolean)
  expect(years(700)).toEqual(['2021', '2020', '2019'])
  expect(years(33)).toEqual(['2021', '2019'])
})
