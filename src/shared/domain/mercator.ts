/** Degrees, north and east positive. */
export interface GeoPoint {
  latitude: number
  longitude: number
}

/** A part of the world between two parallels and two meridians, in degrees; `west` is larger than `east` where it lies across 180°. */
export interface GeoBounds {
  south: number
  west: number
  north: number
  east: number
}

/** North and south of it web maps show nothing, so that the world is a square: what lies beyond stands at its edge. */
const farthestLatitude = 85.0511287798066

/** How far east of 180° west a meridian lies, as a part of the world, from 0 to 1. */
export const mercatorX = (longitude: number): number => Math.min(1, Math.max(0, longitude / 360 + 0.5))

/** How far below the upper edge a parallel lies, as a part of the world, from 0 to 1. */
export const mercatorY = (latitude: number): number => {
  const clamped = Math.min(farthestLatitude, Math.max(-farthestLatitude, latitude))
  const y = 0.5 - Math.asinh(Math.tan((clamped * Math.PI) / 180)) / (2 * Math.PI)
  return Math.min(1, Math.max(0, y))
}

export const longitudeAt = (x: number): number => x * 360 - 180

export const latitudeAt = (y: number): number =>
  (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI
