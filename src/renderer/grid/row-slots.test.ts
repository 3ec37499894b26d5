import { expect, test } from 'vitest'
import { RowSlots } from './row-slots.ts'

const slotsOf = (slots: RowSlots, first: number, last: number) =>
  new Map(slots.assign(first, last).map(({ row, slot }) => [row, slot]))

test('rows that stay in sight keep their components, and those that come get the ones of rows that left', () => {
  const slots = new RowSlots()
  const before = slotsOf(slots, 0, 4)
  const after = slotsOf(slots, 2, 6)
  expect([2, 3, 4].map((row) => after.get(row))).toEqual([2, 3, 4].map((row) => before.get(row)))
  expect([after.get(5), after.get(6)]).toEqual([before.get(0), before.get(1)])
})

test('more rows get components of their own, none shares one, and after a leap all are used again', () => {
  const slots = new RowSlots()
  slots.assign(0, 3)
  expect(new Set(slotsOf(slots, 0, 5).values())).toEqual(new Set([0, 1, 2, 3, 4, 5]))
  expect(new Set(slotsOf(slots, 1000, 1005).values())).toEqual(new Set([0, 1, 2, 3, 4, 5]))
  expect(slots.assign(5, 4)).toEqual([])
})
