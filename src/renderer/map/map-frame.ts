import {
  latitudeAt,
  longitudeAt,
  mercatorX,
  mercatorY,
  type GeoBounds,
  type GeoPoint,
} from '../../shared/domain/mercator.ts'
import type { Point } from '../ui/points.ts'

/** What of the world is seen: what lies in the middle, as parts of the world from 0 to 1, how large it is, and CSS pixels of the stage. */
export interface MapFrame {
  x: number
  y: number
  /** The world is 256 · 2^zoom pixels wide. */
  zoom: number
  width: number
  height: number
}

/** A street fills the stage. */
export const farthestZoom = 18
/** Photos of one place are shown with what is around it. */
const closestFit = 13
/** Room around what is fitted in, in pixels: pictures stand on their places, and reach beyond them. */
const fitMarginPx = 84

/** Pixels of the whole world along a side. */
export const worldPx = (zoom: number): number => 256 * 2 ** zoom

/** The zoom at which the world is as wide as the stage: there is never less of it. */
const leastZoom = ({ width }: Pick<MapFrame, 'width'>) => Math.max(0, Math.log2(Math.max(1, width) / 256))

const within = (value: number, least: number, most: number) =>
  least > most ? (least + most) / 2 : Math.min(most, Math.max(least, value))

/** A frame as far as there is a world: round it goes on, above and below it ends. */
export const settled = (frame: MapFrame): MapFrame => {
  const zoom = within(frame.zoom, leastZoom(frame), Math.max(leastZoom(frame), farthestZoom))
  const half = frame.height / worldPx(zoom) / 2
  return { ...frame, zoom, x: frame.x - Math.floor(frame.x), y: within(frame.y, half, 1 - half) }
}

/** What is seen after the map was moved by so many pixels, as a hand moves it. */
export const moved = (frame: MapFrame, dx: number, dy: number): MapFrame => {
  const world = worldPx(frame.zoom)
  return settled({ ...frame, x: frame.x - dx / world, y: frame.y - dy / world })
}

/** What is seen so many zooms nearer; what lies at a point of the stage, or in its middle, stays there. */
export const zoomed = (frame: MapFrame, by: number, at?: Point): MapFrame => {
  const { zoom } = settled({ ...frame, zoom: frame.zoom + by })
  const [before, after] = [worldPx(frame.zoom), worldPx(zoom)]
  const [dx, dy] = at ? [at.x - frame.width / 2, at.y - frame.height / 2] : [0, 0]
  return settled({
    ...frame,
    zoom,
    x: frame.x + dx / before - dx / after,
    y: frame.y + dy / before - dy / after,
  })
}

/** Left, right, top and bottom of bounds as parts of the world; `right` is beyond 1 where they lie across 180°. */
const partsOf = ({ south, west, north, east }: GeoBounds) => {
  const [left, right] = [mercatorX(west), mercatorX(east)]
  return {
    left,
    right: right < left ? right + 1 : right,
    top: mercatorY(north),
    bottom: mercatorY(south),
  }
}

/** How many pixels bounds are long at a zoom. */
export const pixelsOf = (bounds: GeoBounds, zoom: number): number => {
  const { left, right, top, bottom } = partsOf(bounds)
  return worldPx(zoom) * Math.max(right - left, bottom - top)
}

/** What is seen where bounds fill the stage. `closest`: no nearer than this. */
export const fitted = (frame: MapFrame, bounds: GeoBounds, closest: number = closestFit): MapFrame => {
  const { left, right, top, bottom } = partsOf(bounds)
  const across =
    Math.max(1, frame.width - 2 * Math.min(fitMarginPx, frame.width / 4)) / 256 / Math.max(right - left, 1e-9)
  const down =
    Math.max(1, frame.height - 2 * Math.min(fitMarginPx, frame.height / 4)) /
    256 /
    Math.max(bottom - top, 1e-9)
  const zoom = Math.min(closest, Math.log2(Math.min(across, down)))
  return settled({ ...frame, zoom, x: (left + right) / 2, y: (top + bottom) / 2 })
}

/** Where a place lies on the stage, or beside it: the nearest to its middle, as the world goes round. */
export const pointOf = (frame: MapFrame, { latitude, longitude }: GeoPoint): Point => {
  const world = worldPx(frame.zoom)
  const away = mercatorX(longitude) - frame.x
  return {
    x: frame.width / 2 + (away - Math.round(away)) * world,
    y: frame.height / 2 + (mercatorY(latitude) - frame.y) * world,
  }
}

/** Pictures reach so far beyond their places. */
const reachPx = 40

/** Whether a picture at a point is seen at least in part. */
export const isOnStage = ({ width, height }: MapFrame, { x, y }: Point): boolean =>
  x > -reachPx && x < width + reachPx && y > -reachPx && y < height + reachPx

/** What part of the world is seen. */
export const boundsOf = ({ x, y, zoom, width, height }: MapFrame): GeoBounds => {
  const [half, tall] = [width / worldPx(zoom) / 2, height / worldPx(zoom) / 2]
  const round = (part: number) => longitudeAt(part - Math.floor(part))
  const whole = half >= 0.5
  return {
    south: latitudeAt(Math.min(1, y + tall)),
    west: whole ? -180 : round(x - half),
    north: latitudeAt(Math.max(0, y - tall)),
    east: whole ? 180 : round(x + half),
  }
}

/** Of the meridian at the equator, in metres. */
const equatorMetres = 40_075_016.686

/** A round length that is at most so many pixels long in the middle of the stage, in metres, and its pixels. */
export const scaleOf = ({ y, zoom }: MapFrame, mostPx: number): { metres: number; px: number } => {
  const metresPerPx = (equatorMetres * Math.cos((latitudeAt(y) * Math.PI) / 180)) / worldPx(zoom)
  const most = metresPerPx * mostPx
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = power * ([5, 2].find((times) => times * power <= most) ?? 1)
  return { metres, px: metres / metresPerPx }
}
