import { expect, test } from 'vitest'
import { clustersIn, type Placed } from './clusters.ts'
import { packPlace, toSteps } from './place.ts'

interface Own {
  id: string
  time: number
}

const placed = (...all: [latitude: number, longitude: number][]): Placed<Own> => ({
  places: Float64Array.from(all, ([latitude, longitude]) => packPlace(latitude, longitude)),
  photos: all.map((_, n) => ({ id: `photo${n}`, time: n })),
})

const world = toSteps({ south: -90, west: -180, north: 90, east: 180 })
const shown = (albums: Placed<Own>[], zoom: number, bounds = world) =>
  clustersIn(albums, bounds, zoom)
    .map(({ photos, sample }) => `${photos} ${sample.id}`)
    .toSorted()

const marseille: [number, number][] = [
  [43.2951, 5.3742],
  [43.2965, 5.3698],
  [43.2841, 5.3711],
]
const tokyo: [number, number] = [35.68, 139.69]

test('photos that would hide one another stand together, under the last that was taken, until they have room', () => {
  const albums = [placed(...marseille, tokyo)]
  expect(shown(albums, 1)).toEqual(['1 photo3', '3 photo2'])
  expect(shown(albums, 8)).toEqual(['1 photo3', '3 photo2'])
  const town = toSteps({ south: 43.28, west: 5.36, north: 43.3, east: 5.38 })
  expect(shown(albums, 15, town)).toEqual(['1 photo0', '1 photo1', '1 photo2'])
})

test('photos of several albums stand together, and their middle is that of all', () => {
  const [first] = clustersIn([placed([10, 10]), placed([10, 20], [10, 30])], world, 0)
  expect(first?.photos).toBe(3)
  expect((first?.x ?? 0) / 3 / 2 ** 26).toBeCloseTo(20 / 360 + 0.5, 6)
})

test('neighbours at both sides of an edge between cells are one', () => {
  const albums = [placed([0.01, 0.01], [0.01, -0.01], [-0.01, 0.01], [-0.01, -0.01])]
  expect(shown(albums, 6)).toEqual(['4 photo3'])
})

test('a part of the world has its own photos alone, be it across 180°, and the same ones wherever it begins', () => {
  const albums = [placed(...marseille, tokyo, [-18.14, 178.44], [-13.83, -171.77])]
  const provence = toSteps({ south: 42, west: 4, north: 44, east: 7 })
  expect(shown(albums, 8, provence)).toEqual(['3 photo2'])
  expect(shown(albums, 8, toSteps({ south: 43.2, west: 5.371, north: 44, east: 7 }))).toEqual(['3 photo2'])
  const fiji = toSteps({ south: -25, west: 170, north: -10, east: -165 })
  expect(shown(albums, 5, fiji)).toEqual(['1 photo4', '1 photo5'])
})

test('each photo is counted once, and there are never more clusters than a screen has room for', () => {
  const all = Array.from({ length: 20_000 }, (_, n): [number, number] => [
    ((n * 7919) % 16_000) / 100 - 80,
    ((n * 104_729) % 36_000) / 100 - 180,
  ])
  for (const zoom of [0, 2, 5, 12, 20]) {
    const clusters = clustersIn([placed(...all)], world, zoom)
    expect(clusters.reduce((sum, { photos }) => sum + photos, 0)).toBe(20_000)
    expect(clusters.length).toBeLessThanOrEqual(400)
    expect(clusters.length).toBeGreaterThan(0)
  }
})
