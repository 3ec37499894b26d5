import { expect, test } from 'vitest'
import { firstDayOf, lastDayOf, msBefore } from './partial-dates.ts'

test('a date lies between the first and the last day that it may be of', () => {
  const of = (date: string) => [firstDayOf(date), lastDayOf(date)]
  expect(of('2024')).toEqual(['2024-01-01', '2024-12-31'])
  expect(of('2024-02')).toEqual(['2024-02-01', '2024-02-29'])
  expect(of('2024-02-07')).toEqual(['2024-02-07', '2024-02-07'])
})

test('the less is known of a date, the earlier it comes', () => {
  expect(['2024', '2024-01', '2024-01-01', '2024-01-01T00:00:00Z'].map(msBefore)).toEqual([2, 1, 0, 0])
})
