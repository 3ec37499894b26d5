import { keptWithin } from './adjusted-view.ts'
import { minCrop, type Crop } from './adjustments.ts'

/** Where a crop is held to change its size: 1 is its right or lower edge, -1 the opposite one, 0 neither. */
export interface Handle {
  x: -1 | 0 | 1
  y: -1 | 0 | 1
}

/** What a crop is cut out of: the frame of the turned picture in pixels, straightened, and the width to height that it has to keep. */
export interface CropRoom {
  frame: { width: number; height: number }
  angle: number
  ratio: number | null
}

const nothing = 1e-9

const isWithin = (crop: Crop, { frame, angle }: CropRoom) => {
  const kept = keptWithin(crop, frame, angle)
  return (['left', 'top', 'width', 'height'] as const).every(
    (side) => Math.abs(kept[side] - crop[side]) < nothing,
  )
}

const between = (from: Crop, to: Crop, part: number): Crop => {
  const at = (side: keyof Crop) => from[side] + (to[side] - from[side]) * part
  return { left: at('left'), top: at('top'), width: at('width'), height: at('height') }
}

/** As far from one crop to another as there are no empty corners: all the way there are none, or from somewhere on. */
const asFarAs = (from: Crop, to: Crop, room: CropRoom): Crop => {
  if (isWithin(to, room)) return to
  let [inside, outside] = [0, 1]
  for (let n = 0; n < 24; n++) {
    const middle = (inside + outside) / 2
    if (isWithin(between(from, to, middle), room)) inside = middle
    else outside = middle
  }
  return between(from, to, inside)
}

/** The size of a crop that has been pulled so far, in parts of the frame. */
const pulledSize = (
  crop: Crop,
  { x, y }: Handle,
  by: { x: number; y: number },
  { frame, ratio }: CropRoom,
) => {
  const width = Math.max(minCrop, crop.width + x * by.x)
  const height = Math.max(minCrop, crop.height + y * by.y)
  if (ratio === null) return { width, height }
  const [pixelsWide, pixelsHigh] = [width * frame.width, height * frame.height]
  const wanted =
    y === 0 ? pixelsWide / ratio : x === 0 ? pixelsHigh : Math.max(pixelsWide / ratio, pixelsHigh)
  const high = Math.max(wanted, minCrop * frame.height, (minCrop * frame.width) / ratio)
  return { width: (high * ratio) / frame.width, height: high / frame.height }
}

const placed = (handle: -1 | 0 | 1, from: number, length: number, now: number) => {
  if (handle > 0) return from
  return handle < 0 ? from + length - now : from + (length - now) / 2
}

/**
 * A crop of which a handle was pulled by so much, in parts of the frame: what is opposite stays where it is. It goes no further than
 * there is a picture.
 */
export const pulledCrop = (
  crop: Crop,
  handle: Handle,
  by: { x: number; y: number },
  room: CropRoom,
): Crop => {
  const { width, height } = pulledSize(crop, handle, by, room)
  const left = placed(handle.x, crop.left, crop.width, width)
  const top = placed(handle.y, crop.top, crop.height, height)
  return asFarAs(crop, { left, top, width, height }, room)
}

/** A crop that was moved by so much, in parts of the frame, as far as there is a picture. */
export const movedCrop = (crop: Crop, by: { x: number; y: number }, { frame, angle }: CropRoom): Crop =>
  keptWithin({ ...crop, left: crop.left + by.x, top: crop.top + by.y }, frame, angle)

/** A crop of another shape around the same middle, about as large as the one before. */
export const shapedCrop = (crop: Crop, { frame, angle, ratio }: CropRoom): Crop => {
  if (ratio === null) return crop
  const high = Math.sqrt((crop.width * frame.width * crop.height * frame.height) / ratio)
  const [width, height] = [(high * ratio) / frame.width, high / frame.height]
  const left = crop.left + (crop.width - width) / 2
  const top = crop.top + (crop.height - height) / 2
  return keptWithin({ left, top, width, height }, frame, angle)
}
