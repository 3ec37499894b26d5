import type { Adjustment, Crop } from './adjustments.ts'
import type { Rect } from './tiles.ts'

/*
 * Where the parts of a picture lie that is turned, straightened and cropped. The picture lies upright in its frame once it is turned by
 * quarters; it is straightened around the middle of that frame, which stays, and a crop is a part of the frame, or of what
 * reaches beyond it.
 */

interface Size {
  width: number
  height: number
}

interface Point {
  x: number
  y: number
}

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Around the middle, clockwise where y goes down. */
const rotated = ({ x, y }: Point, degrees: number): Point => {
  const [cos, sin] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))]
  return { x: x * cos - y * sin, y: x * sin + y * cos }
}

/** Width and height of the box around a size that is rotated. */
const boundsOf = ({ width, height }: Size, degrees: number): Size => {
  const [cos, sin] = [Math.abs(Math.cos(radians(degrees))), Math.abs(Math.sin(radians(degrees)))]
  return { width: width * cos + height * sin, height: width * sin + height * cos }
}

/** How large the picture is once it is turned by quarters. */
export const frameOf = ({ width, height }: Size, { rotation }: Pick<Adjustment, 'rotation'>): Size =>
  rotation % 180 === 0 ? { width, height } : { width: height, height: width }

/** How large a size of this shape may be, at most, that lies in a straightened frame without empty corners: times so much. */
const roomFor = (size: Size, frame: Size, angle: number): number => {
  const bounds = boundsOf(size, angle)
  return Math.min(frame.width / bounds.width, frame.height / bounds.height)
}

/** The largest part around the middle of a straightened frame that has a shape (width to height) and no empty corners. */
export const largestCrop = (frame: Size, angle: number, ratio = frame.width / frame.height): Crop => {
  const room = roomFor({ width: ratio, height: 1 }, frame, angle)
  const [width, height] = [(ratio * room) / frame.width, room / frame.height]
  return { left: (1 - width) / 2, top: (1 - height) / 2, width, height }
}

/** A crop that has no empty corners: smaller where it must be, then moved no further than needed. */
export const keptWithin = (crop: Crop, frame: Size, angle: number): Crop => {
  const asked = { width: crop.width * frame.width, height: crop.height * frame.height }
  const room = Math.min(1, roomFor(asked, frame, angle))
  const size = { width: asked.width * room, height: asked.height * room }
  const bounds = boundsOf(size, angle)
  const middle = {
    x: (crop.left + crop.width / 2 - 0.5) * frame.width,
    y: (crop.top + crop.height / 2 - 0.5) * frame.height,
  }
  // Seen from the picture, it is the crop that is rotated.
  const seen = rotated(middle, -angle)
  const [far, high] = [(frame.width - bounds.width) / 2, (frame.height - bounds.height) / 2]
  const kept = {
    x: Math.min(Math.max(0, far), Math.max(Math.min(0, -far), seen.x)),
    y: Math.min(Math.max(0, high), Math.max(Math.min(0, -high), seen.y)),
  }
  const { x, y } = rotated(kept, angle)
  return {
    left: 0.5 + (x - size.width / 2) / frame.width,
    top: 0.5 + (y - size.height / 2) / frame.height,
    width: size.width / frame.width,
    height: size.height / frame.height,
  }
}

/** The part of its frame that is seen of a picture. */
export const cropOf = (whole: Size, { rotation, angle, crop }: Adjustment): Crop => {
  const frame = frameOf(whole, { rotation })
  return crop ? keptWithin(crop, frame, angle) : largestCrop(frame, angle)
}

/** What is seen of a picture, in pixels of it, before they are rounded. */
const seenOf = (whole: Size, adjustment: Adjustment): Rect => {
  const frame = frameOf(whole, adjustment)
  const { left, top, width, height } = cropOf(whole, adjustment)
  return {
    left: left * frame.width,
    top: top * frame.height,
    width: width * frame.width,
    height: height * frame.height,
  }
}

/** How large a picture is as it is shown, in whole pixels. */
export const shownSize = (whole: Size, adjustment: Adjustment): Size => {
  const { width, height } = seenOf(whole, adjustment)
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
}

/**
 * Where the whole picture lies so that only what is to be seen of it is in a box: its upright edges before it is rotated around its own
 * middle, as parts of the box's width and height; and by how many degrees, clockwise.
 */
export const placementOf = (whole: Size, adjustment: Adjustment): Rect & { degrees: number } => {
  const frame = frameOf(whole, adjustment)
  const seen = seenOf(whole, adjustment)
  return {
    left: (frame.width / 2 - seen.left - whole.width / 2) / seen.width,
    top: (frame.height / 2 - seen.top - whole.height / 2) / seen.height,
    width: whole.width / seen.width,
    height: whole.height / seen.height,
    degrees: adjustment.rotation + adjustment.angle,
  }
}

/** The upright part of the whole picture that holds all of a part of what is seen, both in pixels. */
export const partOfWhole = (whole: Size, adjustment: Adjustment, part: Rect): Rect => {
  const frame = frameOf(whole, adjustment)
  const seen = seenOf(whole, adjustment)
  const middle = {
    x: seen.left + part.left + part.width / 2 - frame.width / 2,
    y: seen.top + part.top + part.height / 2 - frame.height / 2,
  }
  const degrees = -(adjustment.rotation + adjustment.angle)
  const { x, y } = rotated(middle, degrees)
  const bounds = boundsOf(part, degrees)
  const [left, top] = [
    Math.max(0, whole.width / 2 + x - bounds.width / 2),
    Math.max(0, whole.height / 2 + y - bounds.height / 2),
  ]
  return {
    left,
    top,
    width: Math.min(whole.width, whole.width / 2 + x + bounds.width / 2) - left,
    height: Math.min(whole.height, whole.height / 2 + y + bounds.height / 2) - top,
  }
}

/**
 * Where a spot of what is seen lies on the whole picture.
 *
 * @param spot In parts of the width and height of what is seen. @returns The same of the whole.
 */
export const spotOfWhole = (whole: Size, adjustment: Adjustment, spot: Point): Point => {
  const frame = frameOf(whole, adjustment)
  const seen = seenOf(whole, adjustment)
  const { x, y } = rotated(
    {
      x: seen.left + spot.x * seen.width - frame.width / 2,
      y: seen.top + spot.y * seen.height - frame.height / 2,
    },
    -(adjustment.rotation + adjustment.angle),
  )
  const part = (at: number, size: number) => Math.min(1, Math.max(0, at / size + 0.5))
  return { x: part(x, whole.width), y: part(y, whole.height) }
}

/**
 * Where a spot of the whole picture is seen: what `spotOfWhole` undoes.
 *
 * @param spot In parts of the width and height of the whole. @returns The same of what is seen: below 0 or above 1 where it was cut off.
 */
export const spotSeen = (whole: Size, adjustment: Adjustment, spot: Point): Point => {
  const frame = frameOf(whole, adjustment)
  const seen = seenOf(whole, adjustment)
  const { x, y } = rotated(
    { x: (spot.x - 0.5) * whole.width, y: (spot.y - 0.5) * whole.height },
    adjustment.rotation + adjustment.angle,
  )
  return {
    x: (x + frame.width / 2 - seen.left) / seen.width,
    y: (y + frame.height / 2 - seen.top) / seen.height,
  }
}
