import { expect, test } from 'vitest'
import { inKeyOrder, sorted } from './ranked.ts'

const ranked = (...ranks: (number | string)[]) => ranks.map((rank, n) => ({ id: `p${n}`, album: 'a', rank }))
const idsOf = (locations: { id: string }[]) => locations.map(({ id }) => id)

test('numbers are ordered as numbers, ids decide among equals, and descending is the exact reverse', () => {
  expect(idsOf(sorted(ranked(10, 9, -1, 9), false))).toEqual(['p2', 'p1', 'p3', 'p0'])
  expect(idsOf(sorted(ranked(10, 9, -1, 9), true))).toEqual(['p0', 'p3', 'p1', 'p2'])
})

test('names are ordered as people read them: numbers in them by value, without regard to case', () => {
  expect(idsOf(sorted(ranked('IMG 10', 'img 9', 'Été'), false))).toEqual(['p2', 'p1', 'p0'])
})

test('keys of the manual order are compared letter by letter', () => {
  expect(idsOf(inKeyOrder(ranked('a10', 'a9', 'Zz', 'a10')))).toEqual(['p2', 'p0', 'p3', 'p1'])
})
