import { feature, mesh } from 'topojson-client'
import { mercatorY } from '../../shared/domain/mercator.ts'

import type { Point } from '../ui/points.ts'

type Topology = Parameters<typeof mesh>[0]
type Ring = readonly (readonly number[])[]

/** The land of the world and the borders on it, drawn in a square of 1 by 1. */
export interface WorldShapes {
  land: Path2D
  borders: Path2D
}

/** A line as it goes on round the world: what crosses 180° lies beyond the edge of the square, and not across all of it. */
export const unrolled = (ring: Ring): Point[] => {
  let before = 0.5
  return ring.map(([longitude = 0, latitude = 0], n) => {
    const x = longitude / 360 + 0.5
    if (n === 0) before = x
    before = x + Math.round(before - x)
    return { x: before, y: mercatorY(latitude) }
  })
}

const draw = (path: Path2D, line: readonly Point[], by = 0) => {
  for (const [n, { x, y }] of line.entries())
    if (n === 0) path.moveTo(x + by, y)
    else path.lineTo(x + by, y)
}

/** A ring ends where it began, but for that of Antarctica: it goes round the world, and is closed below. */
const drawRing = (path: Path2D, ring: readonly Point[]) => {
  const [first, last] = [ring[0], ring.at(-1)]
  if (!first || !last) return
  const isRound = Math.abs(last.x - first.x) > 0.5
  const line = isRound ? [...ring, { x: last.x, y: 1 }, { x: first.x, y: 1 }] : ring
  for (const by of isRound ? [-1, 0, 1] : [0]) {
    draw(path, line, by)
    path.closePath()
  }
}

const shapesOf = (world: Topology): WorldShapes => {
  const { land: ground, countries } = world.objects
  const [land, borders] = [new Path2D(), new Path2D()]
  if (!ground || !countries) return { land, borders }
  const found = feature(world, ground)
  const features = 'features' in found ? found.features : [found]
  for (const { geometry } of features)
    if (geometry.type === 'MultiPolygon')
      for (const ring of geometry.coordinates.flat()) drawRing(land, unrolled(ring))
  const between = mesh(world, countries as Parameters<typeof mesh>[1], (one, other) => one !== other)
  for (const line of between.coordinates) draw(borders, unrolled(line))
  return { land, borders }
}

const fetched = new Map<string, Promise<WorldShapes>>()

/** Fetched once for all maps of the window; again where that failed. */
export const fetchShapes = (url: string) => {
  const there =
    fetched.get(url) ??
    fetch(url).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.statusText)
      return shapesOf((await answer.json()) as Topology)
    })
  fetched.set(url, there)
  there.catch(() => fetched.delete(url))
  return there
}
