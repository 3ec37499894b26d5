import type { Sharp } from 'sharp'
import { jpegFrame, withOrientation } from './formats/jpeg.ts'
import { thumbSize, toPixels } from './image.ts'
import { sharp } from './sharp.ts'
import type { Pixels } from './thumbhash.ts'
import { fieldOf, TiffReader } from './formats/tiff-fields.ts'

interface Size {
  width: number
  height: number
}

/** Smaller ones tell less than the placeholder does, in pixels of the longest side. */
const leastSide = 100
/** Larger ones are no thumbnails of a camera. */
const mostSide = 1024

const tags = { orientation: 274, place: 513, length: 514 }

/** Shapes that differ by less are the same: cameras round. */
const tolerance = 0.02
/** The brightest that a row or column of black bars is on average, of 255: JPEG spreads the picture's edge. */
const blackest = 24

/** What an EXIF block holds for a first look: its small picture, as it is stored, and how pictures are turned. */
const storedIn = (tiff: Buffer): SmallJpeg => {
  const reader = new TiffReader(tiff)
  const first = reader.directory(reader.number(4, 4))
  const small = reader.directory(first.next).fields
  const [at = 0, length = 0] = [fieldOf(small, tags.place), fieldOf(small, tags.length)]
  const jpeg = tiff.subarray(at, at + length)
  const said = fieldOf(first.fields, tags.orientation) ?? 1
  return { jpeg: at > 0 ? jpeg : Buffer.alloc(0), orientation: said >= 1 && said <= 8 ? said : 1 }
}

const isAlike = (a: Size, b: Size) => Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= tolerance

/** Where a picture of the shape of `size` lies in the middle of a box, one pixel within what is beside it. */
const middleOf = ({ width, height }: Size, size: Size) => {
  const inner =
    width * size.height < height * size.width
      ? { width, height: Math.round((width * size.height) / size.width) - 2 }
      : { width: Math.round((height * size.width) / size.height) - 2, height }
  return { ...inner, left: (width - inner.width) >> 1, top: (height - inner.height) >> 1 }
}

type Box = ReturnType<typeof middleOf>

const brightness = ({ data, info }: Pixels, x: number, y: number) => {
  const at = (y * info.width + x) * info.channels
  const green = info.channels < 3 ? 0 : 1
  return data[at + green] ?? 0
}

/** Lines on each side of a box that may be of either, as sizes are rounded and JPEG blurs. */
const blurred = 2

/** Whether all that lies around a box, but for its edge, is black. */
const isInBars = (pixels: Pixels, { left, top, width, height }: Box): boolean => {
  const { info } = pixels
  const across = left === 0
  const [lines, length] = across ? [info.height, info.width] : [info.width, info.height]
  const [from, to] = across ? [top, top + height] : [left, left + width]
  for (let line = 0; line < lines; line++) {
    if (line >= from - blurred && line < to + blurred) continue
    let sum = 0
    for (let n = 0; n < length; n++) sum += across ? brightness(pixels, n, line) : brightness(pixels, line, n)
    if (sum / length > blackest) return false
  }
  return true
}

const cut = ({ data, info }: Pixels, { left, top, width, height }: Box): Pixels => {
  const { channels } = info
  const rows = Array.from({ length: height }, (_, row) => {
    const at = ((top + row) * info.width + left) * channels
    return data.subarray(at, at + width * channels)
  })
  return { data: Buffer.concat(rows), info: { width, height, channels } }
}

/** A small picture, and how it has to be turned, as EXIF counts it. */
export interface SmallJpeg {
  jpeg: Buffer
  orientation: number
}

/** Each step that is not asked for costs a tenth of the whole. */
const decoded = ({ jpeg, orientation }: SmallJpeg, side: number): Sharp => {
  const options = { failOn: 'warning' } as const
  const upright =
    orientation === 1 ? sharp(jpeg, options) : sharp(withOrientation(jpeg, orientation), options).autoOrient()
  return side > thumbSize ? upright.resize(thumbSize, thumbSize, { fit: 'inside' }) : upright
}

/**
 * The pixels of a small picture that a camera put into a file, the right way up and without the black bars by which cameras fill it up.
 * Null where it is damaged, too small or too large, or of another shape than the picture: then it shows something else.
 *
 * @param size of the picture the right way up, in pixels
 */
export const smallPicture = async ({ jpeg, orientation }: SmallJpeg, size: Size): Promise<Pixels | null> => {
  const frame = jpegFrame(jpeg)
  if (!frame?.viewable || frame.components > 3) return null
  const side = Math.max(frame.width, frame.height)
  if (side < leastSide || side > mostSide) return null
  const pixels = await toPixels(decoded({ jpeg, orientation }, side)).catch(() => null)
  if (!pixels || isAlike(pixels.info, size)) return pixels
  const box = middleOf(pixels.info, size)
  const isLarge = Math.min(box.width, box.height) >= leastSide / 2
  return isLarge && isInBars(pixels, box) ? cut(pixels, box) : null
}

/**
 * The small picture in the EXIF block of a JPEG, and the size of the picture the right way up. Null where there is none that shows it.
 *
 * @param tiff the EXIF block
 * @param stored the size of the picture as it is stored, in pixels
 */
export const embeddedPicture = async (
  tiff: Buffer,
  stored: Size,
): Promise<{ pixels: Pixels; size: Size } | null> => {
  const small = storedIn(tiff)
  const size = small.orientation >= 5 ? { width: stored.height, height: stored.width } : stored
  const pixels = await smallPicture(small, size)
  return pixels && { pixels, size }
}
