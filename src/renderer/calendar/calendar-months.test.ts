import { expect, test } from 'vitest'
import { dayByKey, monthsOf, shadeOf, yearsOf } from './calendar-months.ts'

const days = [
  { day: '2019-06-30', photos: 12 },
  { day: '2019-07-01', photos: 1 },
  { day: '2020-02-29', photos: 300 },
]

test('each month begins below its day of the week, wherever weeks begin', () => {
  const of = (firstDay: number) => monthsOf('2019', days, firstDay).map(({ before }) => before)
  // 1 January 2019 was a Tuesday, 1 September a Sunday.
  expect([of(1)[0], of(7)[0], of(6)[0]]).toEqual([1, 2, 3])
  expect([of(1)[8], of(7)[8]]).toEqual([6, 0])
})

test('months have all of their days, and the photos of each', () => {
  const [, february] = monthsOf('2020', days, 1)
  expect(february?.days).toHaveLength(29)
  expect(february?.days.at(-1)).toEqual({ day: '2020-02-29', number: 29, photos: 300 })
  expect(monthsOf('2019', days, 1)[1]?.days).toHaveLength(28)
  expect(monthsOf('1900', [], 1)[1]?.days).toHaveLength(28)
  expect(monthsOf('2019', days, 1).map(({ photos }) => photos)).toEqual([0, 0, 0, 0, 0, 12, 1, 0, 0, 0, 0, 0])
})

test('years are those that have photos, and more photos are darker', () => {
  expect(yearsOf(days)).toEqual([
    { year: '2020', photos: 300 },
    { year: '2019', photos: 13 },
  ])
  expect([0, 1, 12, 25, 300].map(shadeOf)).toEqual([0, 1, 2, 3, 4])
})

test('keys lead from one day with photos to another', () => {
  const days = ['2019-01-31', '2019-02-01', '2019-02-08', '2019-12-31']
  const to = (key: string, from: string) => dayByKey(key, from, days)
  expect(to('ArrowRight', '2019-01-31')).toBe('2019-02-01')
  expect(to('ArrowRight', '2019-02-01')).toBe('2019-02-08')
  expect(to('ArrowLeft', '2019-02-08')).toBe('2019-02-01')
  expect(to('ArrowDown', '2019-02-01')).toBe('2019-02-08')
  expect(to('ArrowDown', '2019-02-08')).toBe('2019-12-31')
  expect(to('ArrowUp', '2019-02-08')).toBe('2019-02-01')
  expect(to('ArrowUp', '2019-02-01')).toBeNull()
  expect([to('Home', '2019-02-08'), to('End', '2019-02-08')]).toEqual(['2019-01-31', '2019-12-31'])
  expect([to('ArrowLeft', '2019-01-31'), to('ArrowRight', '2019-12-31'), to('x', '2019-02-01')]).toEqual([
    null,
    null,
    null,
  ])
})
