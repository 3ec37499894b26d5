import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nowhere, packPlace, placedWithin, toDegrees, toSteps, xOfPlace, yOfPlace } from './place.ts'

const marseille = packPlace(43.2965, 5.3698)
const suva = packPlace(-18.1416, 178.4419)
const apia = packPlace(-13.8333, -171.7667)

test('a photo that nothing places is within no bounds, not even the world', () => {
  const world = placedWithin({ south: -90, west: -180, north: 90, east: 180 })
  expect(packPlace(43, null)).toBe(nowhere)
  expect(packPlace(null, 5)).toBe(nowhere)
  expect(world(nowhere)).toBe(false)
  expect(
    [marseille, suva, apia, packPlace(0, 0), packPlace(90, 180), packPlace(-90, -180)].every(world),
  ).toBe(true)
})

test('bounds may lie across 180°', () => {
  const fiji = placedWithin({ south: -25, west: 170, north: -10, east: -165 })
  expect([marseille, suva, apia].map(fiji)).toEqual([false, true, true])
  const rest = placedWithin({ south: -25, west: -165, north: 60, east: 170 })
  expect([marseille, suva, apia].map(rest)).toEqual([true, false, false])
})

test('what bounds are made of lies within them, however they are written down', () => {
  const degrees = fc.tuple(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
  )
  fc.assert(
    fc.property(degrees, ([latitude, longitude]) => {
      const place = packPlace(latitude, longitude)
      const [x, y] = [xOfPlace(place), yOfPlace(place)]
      const bounds = toDegrees({ left: x, right: x, top: y, bottom: y })
      expect(placedWithin(bounds)(place)).toBe(true)
      const { left, right, top, bottom } = toSteps(bounds)
      expect(Math.max(x - left, right - x, y - top, bottom - y)).toBeLessThan(3)
    }),
  )
})
