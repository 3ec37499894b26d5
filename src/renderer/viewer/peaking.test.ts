import { expect, test } from 'vitest'
import { sharpPixels } from './peaking.ts'

const side = 16

/** A grey picture whose lightness is told by column. */
const picture = (lightAt: (x: number) => number) =>
  Uint8ClampedArray.from({ length: 4 * side * side }, (_, i) =>
    i % 4 === 3 ? 255 : lightAt(Math.floor(i / 4) % side),
  )
const columnsIn = (pixels: Uint8ClampedArray) => {
  const found = sharpPixels(pixels, side, side)
  const columns = new Set([...found.entries()].filter(([, is]) => is === 1).map(([i]) => i % side))
  return [...columns].sort((a, b) => a - b)
}

test('an edge from one pixel to the next is found on both of its sides', () => {
  expect(columnsIn(picture((x) => (x < 8 ? 40 : 220)))).toEqual([7, 8])
})

test('the same edge out of focus is none', () => {
  expect(columnsIn(picture((x) => 40 + 180 / (1 + Math.exp(-(x - 7.5) / 1.5))))).toEqual([])
})

test('noise of a few steps is no edge, and neither is the rim', () => {
  expect(columnsIn(picture((x) => 120 + (x % 2) * 8))).toEqual([])
  expect(columnsIn(picture((x) => (x === 0 ? 255 : 0)))).toEqual([1])
})
