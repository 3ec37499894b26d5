import { expect, test } from 'vitest'
import { divisorFor, divisorsOf, isTiled, placeOf, tilesIn } from './tiles.ts'

const photo = { width: 12_000, height: 8400 }

test('only photos that a browser should not decode whole have tiles, and these down to what a preview shows', () => {
  expect([isTiled(photo), isTiled({ width: 8660, height: 5773 })]).toEqual([true, false])
  expect(divisorsOf(photo)).toEqual([1, 2, 4])
  expect(divisorsOf({ width: 40_000, height: 2000 })).toEqual([1, 2, 4, 8])
})

test('the coarsest tiles that are sharp are taken', () => {
  expect([2, 1, 0.95, 0.55, 0.5, 0.3, 0.25, 0.1].map((scale) => divisorFor(photo, scale))).toEqual([
    1, 1, 1, 2, 2, 2, 4, 4,
  ])
})

test('the tiles of a part cover it, and no more', () => {
  const part = { left: 1000, top: 0, width: 1100, height: 1024 }
  expect(tilesIn(photo, 1, part).map(({ column, row }) => [column, row])).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
  ])
  const all = tilesIn(photo, 4, { left: -500, top: -500, width: 20_000, height: 20_000 })
  expect(all).toHaveLength(3 * 3)
  const area = all
    .map((tile) => placeOf(tile, photo))
    .reduce((sum, { width, height }) => sum + width * height, 0)
  expect(area).toBe(photo.width * photo.height)
  expect(placeOf({ divisor: 4, column: 2, row: 2 }, photo)).toEqual({
    left: 8192,
    top: 8192,
    width: 3808,
    height: 208,
  })
})
