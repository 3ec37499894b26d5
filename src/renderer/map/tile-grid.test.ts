import fc from 'fast-check'
import { expect, test } from 'vitest'
import { settled } from './map-frame.ts'
import { tilesOf } from './tile-grid.ts'

test('Paris lies on the tile that web maps number so', () => {
  const [only] = tilesOf({ x: 0.50653, y: 0.34407, zoom: 10, width: 1, height: 1 })
  expect(only).toMatchObject({ z: 10, x: 518, y: 352, size: 256 })
})

test('wherever a map stands its tiles cover it without a gap, are about as large as they were drawn, and few', () => {
  const frames = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
    zoom: fc.double({ min: 0, max: 18, noNaN: true }),
    width: fc.integer({ min: 320, max: 2560 }),
    height: fc.integer({ min: 320, max: 1440 }),
  })
  fc.assert(
    fc.property(frames, (given) => {
      const frame = settled(given)
      const tiles = tilesOf(frame)
      expect(new Set(tiles.map(({ key }) => key)).size).toBe(tiles.length)
      expect(tiles.length).toBeLessThan(150)
      for (const [px, py] of [
        [1, 0.5],
        [0.5, 0.5],
        [0, 0.5],
      ] as const) {
        const [atX, atY] = [px * (frame.width - 1), py * frame.height]
        const over = tiles.filter(
          ({ left, top, size }) =>
            left <= atX && atX < left + size + 1e-6 && top <= atY && atY < top + size + 1e-6,
        )
        expect(over.length).toBeGreaterThan(0)
      }
      for (const { x, y, z, size } of tiles) {
        expect(x >= 0 && x < 2 ** z && y >= 0 && y < 2 ** z).toBe(true)
        expect(size).toBeGreaterThan(180)
        expect(size).toBeLessThan(363)
      }
    }),
  )
})

test('a stage of no size has none', () => {
  expect(tilesOf({ x: 0.5, y: 0.5, zoom: 3, width: 0, height: 100 })).toEqual([])
})
