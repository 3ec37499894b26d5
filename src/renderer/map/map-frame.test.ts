import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundsOf, fitted, moved, pixelsOf, pointOf, scaleOf, settled, worldPx, zoomed } from './map-frame.ts'

const stage = { width: 1200, height: 800 }
const marseille = { latitude: 43.2965, longitude: 5.3698 }
const somewhere = fc.record({
  latitude: fc.double({ min: -84, max: 84, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})
const frames = fc
  .record({
    x: fc.double({ min: -3, max: 3, noNaN: true }),
    y: fc.double({ min: -1, max: 2, noNaN: true }),
    zoom: fc.double({ min: -5, max: 30, noNaN: true }),
    width: fc.integer({ min: 100, max: 4000 }),
    height: fc.integer({ min: 100, max: 2500 }),
  })
  .map(settled)

test('there is never less than the width of the stage of the world, and no end of it is passed above or below', () => {
  fc.assert(
    fc.property(frames, (frame) => {
      expect(worldPx(frame.zoom)).toBeGreaterThanOrEqual(Math.min(frame.width, worldPx(18)) * 0.999999)
      const { south, north } = boundsOf(frame)
      expect(Math.max(Math.abs(south), Math.abs(north))).toBeLessThan(85.06)
      expect(frame.x).toBeGreaterThanOrEqual(0)
      expect(frame.x).toBeLessThanOrEqual(1)
    }),
  )
})

test('what lies below the pointer stays there while one zooms', () => {
  fc.assert(
    fc.property(
      somewhere,
      fc.double({ min: 5, max: 12, noNaN: true }),
      fc.double({ min: 0, max: 4, noNaN: true }),
      (place, zoom, by) => {
        const frame = fitted({ ...stage, x: 0, y: 0, zoom: 0 }, boundsAt(place), zoom)
        const before = pointOf(frame, place)
        const after = pointOf(zoomed(frame, by, before), place)
        expect(after.x).toBeCloseTo(before.x, 3)
        expect(after.y).toBeCloseTo(before.y, 3)
      },
    ),
  )
})

const boundsAt = ({ latitude, longitude }: typeof marseille) => ({
  south: latitude,
  west: longitude,
  north: latitude,
  east: longitude,
})

test('a map that is moved takes its places along, round the world', () => {
  const frame = fitted({ ...stage, x: 0, y: 0, zoom: 0 }, boundsAt(marseille), 6)
  expect(pointOf(frame, marseille)).toEqual({ x: 600, y: 400 })
  const { x, y } = pointOf(moved(frame, 30, -20), marseille)
  expect([x, y].map(Math.round)).toEqual([630, 380])
  const round = moved(frame, worldPx(6), 0)
  expect(pointOf(round, marseille).x).toBeCloseTo(600, 6)
})

test('what is fitted in is seen whole, be it across 180° or on a phone', () => {
  const fiji = { south: -22, west: 172, north: -10, east: -165 }
  for (const room of [stage, { width: 390, height: 700 }]) {
    const frame = fitted({ ...room, x: 0, y: 0, zoom: 0 }, fiji)
    for (const longitude of [172, 180, -165])
      for (const latitude of [-22, -10]) {
        const { x, y } = pointOf(frame, { latitude, longitude })
        expect(x).toBeGreaterThan(0)
        expect(x).toBeLessThan(room.width)
        expect(y).toBeGreaterThan(0)
        expect(y).toBeLessThan(room.height)
      }
    const { west, east } = boundsOf(frame)
    expect(west).toBeGreaterThan(east)
  }
  const alone = fitted({ ...stage, x: 0, y: 0, zoom: 0 }, boundsAt(marseille))
  expect(alone.zoom).toBe(13)
})

test('all of the world is seen where the stage is wide, and its bounds are the whole', () => {
  const frame = settled({ ...stage, x: 0.3, y: 0.5, zoom: 0 })
  expect(boundsOf(frame)).toMatchObject({ west: -180, east: 180 })
  expect(pixelsOf({ south: 0, west: 10, north: 0, east: 20 }, 0)).toBeCloseTo(256 / 36, 6)
})

test('the scale is a round length that has room', () => {
  const { metres, px } = scaleOf({ ...stage, x: 0.5, y: 0.5, zoom: 10 }, 100)
  expect(metres).toBe(10_000)
  expect(px).toBeCloseTo(65.4, 1)
  expect(scaleOf({ ...stage, x: 0.5, y: 0.365, zoom: 17 }, 100).metres).toBe(50)
})
