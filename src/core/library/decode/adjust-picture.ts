import type { Sharp } from 'sharp'
import { cropOf, frameOf } from '../../../shared/domain/adjusted-view.ts'
import type { Adjustment } from '../../../shared/domain/adjustments.ts'
import { changeLight } from '../../../shared/domain/light.ts'
import type { Rect } from '../../../shared/domain/tiles.ts'
import { toPixels } from './image.ts'
import { sharp } from './sharp.ts'
import type { Pixels } from './thumbhash.ts'

const fromPixels = ({ data, info: { width, height, channels } }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels: channels as 3 }, limitInputPixels: false })

/** A picture that is turned by any angle, around its middle, with room for all of it. */
const rotated = (image: Sharp, degrees: number): Sharp => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return image.affine([cos, -sin, sin, cos], { interpolator: 'bicubic', background: '#000' })
}

/** The crop in whole pixels of a picture; of a straightened one without the edge that has something of what lies outside. */
const cutOf = (pixels: Pixels, whole: Pixels, adjustment: Adjustment): Rect => {
  const frame = frameOf(whole.info, adjustment)
  const crop = cropOf(whole.info, adjustment)
  const edge = adjustment.angle === 0 ? 0 : 1
  const span = (length: number, from: number, part: number, frameLength: number) => {
    const first = Math.max(0, Math.round(length / 2 + (from - 0.5) * frameLength) + edge)
    return [first, Math.max(1, Math.min(Math.round(part * frameLength) - 2 * edge, length - first))] as const
  }
  const [left, width] = span(pixels.info.width, crop.left, crop.width, frame.width)
  const [top, height] = span(pixels.info.height, crop.top, crop.height, frame.height)
  return { left, top, width, height }
}

/** The pixels of an upright picture in sRGB as they are adjusted. Those that are given may be changed. */
export const adjustPixels = async (whole: Pixels, adjustment: Adjustment): Promise<Pixels> => {
  const { rotation, angle, crop } = adjustment
  let pixels = whole
  if (angle !== 0) pixels = await toPixels(rotated(fromPixels(pixels), rotation + angle))
  else if (rotation !== 0) pixels = await toPixels(fromPixels(pixels).rotate(rotation))
  if (angle !== 0 || crop)
    pixels = await toPixels(fromPixels(pixels).extract(cutOf(pixels, whole, adjustment)))
  // sharp's own operations multiply the numbers that stand for light, and not the light, or cut it to bytes in between.
  changeLight(pixels.data, pixels.info.channels, adjustment)
  return pixels
}
