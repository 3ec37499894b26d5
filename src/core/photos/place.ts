import {
  latitudeAt,
  longitudeAt,
  mercatorX,
  mercatorY,
  type GeoBounds,
} from '../../shared/domain/mercator.ts'

/** Steps along each side of the world: half a metre at the equator. Two of them fit into one number. */
export const placeSteps = 2 ** 26

/** A photo that nothing places. */
export const nowhere = -1

const step = (part: number) => Math.min(placeSteps - 1, Math.floor(part * placeSteps))

/** A place as one number, which takes no more than a time does; `nowhere` where one of its degrees is unknown. */
export const packPlace = (latitude: number | null, longitude: number | null): number =>
  latitude === null || longitude === null
    ? nowhere
    : step(mercatorX(longitude)) * placeSteps + step(mercatorY(latitude))

/** How many steps a place lies from the western edge of the world. */
export const xOfPlace = (place: number): number => Math.floor(place / placeSteps)

/** How many steps a place lies below the upper edge of the world. */
export const yOfPlace = (place: number): number => place % placeSteps

/** A part of the world in steps, both ends included; `left` is larger than `right` where it lies across 180°. */
export interface StepBounds {
  left: number
  right: number
  top: number
  bottom: number
}

export const toSteps = ({ south, west, north, east }: GeoBounds): StepBounds => ({
  left: step(mercatorX(west)),
  right: step(mercatorX(east)),
  top: step(mercatorY(north)),
  bottom: step(mercatorY(south)),
})

/** With whole steps, so that the same bounds have the same places in them again, and in millionths of a degree. */
export const toDegrees = ({ left, right, top, bottom }: StepBounds): GeoBounds => {
  const outwards = (degrees: number, to: 1 | -1) => (to * Math.ceil(to * degrees * 1e6)) / 1e6
  return {
    south: Math.max(-90, outwards(latitudeAt((bottom + 1) / placeSteps), -1)),
    west: Math.max(-180, outwards(longitudeAt(left / placeSteps), -1)),
    north: Math.min(90, outwards(latitudeAt(top / placeSteps), 1)),
    east: Math.min(180, outwards(longitudeAt((right + 1) / placeSteps), 1)),
  }
}

/** Whether a place in steps lies within bounds. */
export const isWithin = ({ left, right, top, bottom }: StepBounds, x: number, y: number): boolean => {
  const across = left <= right ? x >= left && x <= right : x >= left || x <= right
  return across && y >= top && y <= bottom
}

/** Tells whether places lie within bounds. */
export const placedWithin = (bounds: GeoBounds): ((place: number) => boolean) => {
  const steps = toSteps(bounds)
  return (place) => place >= 0 && isWithin(steps, xOfPlace(place), yOfPlace(place))
}
