import { isWithin, placeSteps, xOfPlace, yOfPlace, type StepBounds } from './place.ts'

/** Photos that have a place, and these places in the same order: few bytes that are looked through at once. */
export interface Placed<P> {
  places: Float64Array
  photos: readonly P[]
}

/** Photos that stand together on a map. */
export interface Cluster<P> {
  photos: number
  /** The one that stands for all: the last that was taken. */
  sample: P
  /** Sums of steps, of which the middle is made. */
  x: number
  y: number
  bounds: StepBounds
}

/** Steps are counted in bits: 2^26 of them are a side of the world, which has 256 pixels at zoom 0. */
const [worldBits, tileBits] = [26, 8]
/** A cell has 64 pixels a side: a picture with room around it. */
const cellBits = 6
/** Of the middles of two clusters that are one, in cells. */
const nearCells = 0.75
/** More pictures than these would hide one another, and take long to be read. */
const maxClusters = 400

/** How many bits of a step a cell has at a zoom, so that no view has more than 64 cells along a side. */
const shiftAt = (zoom: number, { left, right, top, bottom }: StepBounds) => {
  const width = left <= right ? right - left : right - left + placeSteps
  const widest = Math.max(width, bottom - top)
  let shift = Math.max(0, worldBits - tileBits - Math.floor(zoom) + cellBits)
  while (widest / 2 ** shift > 64) shift++
  return shift
}

/** Of whole cells, with one more around, so that no cell at the edge counts a part of its photos only. */
const withEdge = ({ left, right, top, bottom }: StepBounds, shift: number): StepBounds => {
  const side = 2 ** shift
  const down = (step: number) => (Math.floor(step / side) - 1) * side
  const up = (step: number) => (Math.floor(step / side) + 2) * side - 1
  const whole = left <= right && up(right) - down(left) >= placeSteps
  const wrapped = (step: number) => ((step % placeSteps) + placeSteps) % placeSteps
  return {
    left: whole ? 0 : wrapped(down(left)),
    right: whole ? placeSteps - 1 : wrapped(up(right)),
    top: down(top),
    bottom: up(bottom),
  }
}

interface Dated {
  time: number
  id: string
}

const isLater = (one: Dated, other: Dated) =>
  one.time > other.time || (one.time === other.time && one.id > other.id)

/** Everything from the first to the last step of some bounds. */
export const around = (all: readonly StepBounds[]): StepBounds => ({
  left: Math.min(...all.map(({ left }) => left)),
  right: Math.max(...all.map(({ right }) => right)),
  top: Math.min(...all.map(({ top }) => top)),
  bottom: Math.max(...all.map(({ bottom }) => bottom)),
})

/** Puts one cluster into another. */
const join = <P extends Dated>(into: Cluster<P>, from: Cluster<P>) => {
  into.photos += from.photos
  into.x += from.x
  into.y += from.y
  if (isLater(from.sample, into.sample)) into.sample = from.sample
  into.bounds = around([into.bounds, from.bounds])
}

const at = <P>(photo: P, x: number, y: number): Cluster<P> => ({
  photos: 1,
  sample: photo,
  x,
  y,
  bounds: { left: x, right: x, top: y, bottom: y },
})

/** Puts a photo into a cluster: without a cluster of its own, as there may be a million. */
const add = <P extends Dated>(into: Cluster<P>, photo: P, x: number, y: number) => {
  const { bounds } = into
  into.photos++
  into.x += x
  into.y += y
  if (isLater(photo, into.sample)) into.sample = photo
  if (x < bounds.left) bounds.left = x
  if (x > bounds.right) bounds.right = x
  if (y < bounds.top) bounds.top = y
  if (y > bounds.bottom) bounds.bottom = y
}

const keyOf = (column: number, row: number) => row * placeSteps + column

/** What stands in each cell of a part of the world. */
const cellsIn = <P extends Dated>(placed: readonly Placed<P>[], bounds: StepBounds, shift: number) => {
  const cells = new Map<number, Cluster<P>>()
  const side = 2 ** shift
  for (const { places, photos } of placed)
    for (const [i, place] of places.entries()) {
      const [x, y] = [xOfPlace(place), yOfPlace(place)]
      const photo = photos[i]
      if (!photo || !isWithin(bounds, x, y)) continue
      const key = keyOf(Math.floor(x / side), Math.floor(y / side))
      const there = cells.get(key)
      if (there) add(there, photo, x, y)
      else cells.set(key, at(photo, x, y))
    }
  return cells
}

/** Puts cells together whose photos stand beside one another at their common edge: the fullest draw in those around. */
const merged = <P extends Dated>(cells: Map<number, Cluster<P>>, shift: number): Cluster<P>[] => {
  const found: Cluster<P>[] = []
  const left = new Map(cells)
  const near = nearCells * 2 ** shift
  for (const [key, cell] of [...cells].sort(([, a], [, b]) => b.photos - a.photos)) {
    if (!left.delete(key)) continue
    const middle = { x: cell.x / cell.photos, y: cell.y / cell.photos }
    for (const row of [-1, 0, 1])
      for (const column of [-1, 0, 1]) {
        const beside = keyOf((key % placeSteps) + column, Math.floor(key / placeSteps) + row)
        const other = left.get(beside)
        if (!other) continue
        const away = Math.hypot(other.x / other.photos - middle.x, other.y / other.photos - middle.y)
        if (away >= near) continue
        left.delete(beside)
        join(cell, other)
      }
    found.push(cell)
  }
  return found
}

/**
 * The photos of a part of the world, those put together that would hide one another at a zoom (pixels of the world: 256 · 2^zoom).
 * The same photos stand together wherever the part begins, so that nothing jumps while a map is moved. Of more clusters than a
 * screen has room for neighbours are put together further.
 */
export const clustersIn = <P extends Dated>(
  placed: readonly Placed<P>[],
  bounds: StepBounds,
  zoom: number,
): Cluster<P>[] => {
  for (let shift = shiftAt(zoom, bounds); ; shift++) {
    const clusters = merged(cellsIn(placed, withEdge(bounds, shift), shift), shift)
    if (clusters.length <= maxClusters || shift >= worldBits) return clusters
  }
}
