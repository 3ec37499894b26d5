import { expect, test } from 'vitest'
import { SlideOrder } from './slide-order.ts'

/** All that a show sees that begins at an index. */
const seen = (total: number, first: number, shuffled: boolean, random?: () => number) => {
  const order = new SlideOrder(total, first, shuffled, random)
  const indexes = [first]
  for (let next = order.after(first); next !== null; next = order.after(next)) {
    indexes.push(next)
    order.reach()
  }
  return indexes
}

test('as they stand, photos come from the first one on to the last', () => {
  expect(seen(5, 2, false)).toEqual([2, 3, 4])
  expect(seen(1, 0, false)).toEqual([0])
})

test('shuffled, each photo comes once, the one that the show begins with first', () => {
  for (const random of [() => 0, () => 0.5, () => 0.999]) {
    const indexes = seen(7, 3, true, random)
    expect(indexes[0]).toBe(3)
    expect(indexes.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
  }
})

test('shuffled, chance decides what comes next', () => {
  expect(seen(4, 0, true, () => 0)).not.toEqual(seen(4, 0, true, () => 0.999))
})
