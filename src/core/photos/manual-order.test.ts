import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRank, maxRankLength, orderKey, ranksBetween } from './manual-order.ts'

const id = (n: number) => `photo${String(n).padStart(5, '0')}`
const photo = (n: number, rank: string | null, time: number) => ({ id: id(n), rank, time })
const keyOf = (n: number, rank: string | null, time = 0) => orderKey(photo(n, rank, time))

test('numbers that an older version wrote keep their order, and come before photos without a rank', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e14, max: 1e14, noNaN: true }),
      fc.double({ min: -1e14, max: 1e14, noNaN: true }),
      (a, b) => {
        const [one, other] = [a.toFixed(6), b.toFixed(6)]
        fc.pre(Number(one) < Number(other))
        expect(keyOf(9, one) < keyOf(1, other)).toBe(true)
        expect(keyOf(9, other) < keyOf(1, null, -6e13)).toBe(true)
      },
    ),
  )
})

test('photos without a rank are by time, those of one time by id', () => {
  const times = [-8e15, -6e13, -1, 0, 1, 1.7e12, 1.7e12 + 1, 8e15]
  const keys = times.map((time) => keyOf(1, null, time))
  expect([...keys].sort()).toEqual(keys)
  expect(keyOf(1, null, 5) < keyOf(2, null, 5)).toBe(true)
})

test('between any two photos another one fits, with a rank for that one alone', () => {
  const rank = fc.oneof(
    fc.constant(null),
    fc.integer({ min: -5, max: 5 }).map(String),
    fc.constantFrom('a0', 'a1', 'Zz', 'kzzzzzzzzzzV', 'zz'),
  )
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ n: fc.nat(99_999), rank, time: fc.integer({ min: 0, max: 3 }) }), {
        selector: ({ n }) => n,
        minLength: 2,
        maxLength: 6,
      }),
      fc.nat(5),
      fc.integer({ min: 1, max: 40 }),
      (photos, at, count) => {
        const keys = [...new Set(photos.map(({ n, rank, time }) => keyOf(n, rank, time)))].sort()
        const place = at % (keys.length + 1)
        const [left, right] = [keys[place - 1] ?? null, keys[place] ?? null]
        const ranks = ranksBetween(left, right, count) ?? []
        expect(ranks).toHaveLength(count)
        expect(ranks.every(isRank)).toBe(true)
        const all = [left, ...ranks.map((one, i) => keyOf(i, one)), right].filter((key) => key !== null)
        expect([...all].sort()).toEqual(all)
        expect(new Set(all).size).toBe(all.length)
      },
    ),
  )
})

test('a photo that is put first stays first when older ones come, and one that is put last lets newer ones follow', () => {
  const [first = ''] = ranksBetween(null, keyOf(1, null, 1000), 1) ?? []
  expect(first < keyOf(2, null, 0)).toBe(true)
  const [last = ''] = ranksBetween(keyOf(1, null, 1000), null, 1) ?? []
  expect(last > keyOf(1, null, 1000)).toBe(true)
  expect(last < keyOf(2, null, 1001)).toBe(true)
})

test('where there is no room there are no ranks', () => {
  expect(ranksBetween('a0', 'a0', 1)).toBeNull()
  expect(ranksBetween('a1', 'a0', 1)).toBeNull()
  const long = `a0${'0'.repeat(maxRankLength - 4)}`
  expect(ranksBetween(`${long}1`, `${long}2`, 1)).toHaveLength(1)
  expect(ranksBetween(`${long}11`, `${long}12`, 1)).toBeNull()
  expect(ranksBetween(null, `A${'0'.repeat(25)}1`, 1)).toBeNull()
})

test.each([
  '',
  'inf',
  '1e5',
  '0x1',
  'a',
  'b1',
  'a00',
  '-',
  'é0',
  `A${'0'.repeat(26)}`,
  `a0${'1'.repeat(maxRankLength)}`,
])('what was written by hand and is no rank, as %j, counts as none', (rank) => {
  expect(isRank(rank)).toBe(false)
  expect(keyOf(1, rank, 7)).toBe(keyOf(1, null, 7))
})
