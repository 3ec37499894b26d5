import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latitudeAt, longitudeAt, mercatorX, mercatorY } from './mercator.ts'

test('places stand where web maps have them', () => {
  expect([mercatorX(0), mercatorY(0)]).toEqual([0.5, 0.5])
  expect(mercatorX(-180)).toBe(0)
  expect(mercatorX(180)).toBe(1)
  // Tile 10/524/374 begins: 4.21875 east, 43.58039 north.
  expect(mercatorX(4.21875) * 1024).toBeCloseTo(524, 6)
  expect(mercatorY(43.580391) * 1024).toBeCloseTo(374, 4)
})

test('the poles stand at the edges, and nothing lies outside of the world', () => {
  expect(mercatorY(90)).toBeCloseTo(0, 12)
  expect(mercatorY(-90)).toBeCloseTo(1, 12)
  expect(mercatorX(999)).toBe(1)
})

test('each place is found again', () => {
  const [latitude, longitude] = [
    { min: -85, max: 85, noNaN: true },
    { min: -180, max: 180, noNaN: true },
  ]
  fc.assert(
    fc.property(fc.double(latitude), fc.double(longitude), (lat, lon) => {
      expect(latitudeAt(mercatorY(lat))).toBeCloseTo(lat, 9)
      expect(longitudeAt(mercatorX(lon))).toBeCloseTo(lon, 9)
    }),
  )
})
