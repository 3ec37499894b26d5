import { hash } from 'node:crypto'
import type { Sharp } from 'sharp'
import { jpegFrame } from './formats/jpeg.ts'
import { damageBy, refusalBy, tellsOfLoss, type Damage } from './picture-error.ts'
import { pixelLimit } from './pixel-limit.ts'
import { openPicture, plainJpeg, type PictureSource } from './picture-source.ts'
import { placeholderOf, type Pixels } from './thumbhash.ts'
import { sharp } from './sharp.ts'
import { wrapAsTiff } from './formats/tiff-wrap.ts'

/** Longest side of a thumbnail, in pixels. */
export const thumbSize = 320
/** Longest side of a RAW's preview that is shown in place of the RAW, in pixels: below it is demosaiced. */
const previewSize = 1600
/** A browser holds four bytes for each pixel of what it shows: larger pictures are converted to this many pixels. */
const maxShownPixels = 160_000_000

export interface Picture {
  /** Pixels, the right way up. */
  width: number
  height: number
  /** WebP. */
  thumb: Buffer
  /** Lower-case hexadecimal SHA-256 of the thumbnail's bytes. */
  thumbName: string
  /** ThumbHash in base64. */
  placeholder: string
  /** What a part of the picture is missing by. */
  damage: Damage | null
}

type FailOn = 'warning' | 'error' | 'none'

export const open = ({ bytes, shrinks }: PictureSource, failOn: FailOn, ignoreIcc = false) =>
  sharp(bytes, { failOn, ignoreIcc, limitInputPixels: shrinks ? false : pixelLimit, sequentialRead: true })

const saidOf = async (source: PictureSource) => source.said ?? open(source, 'none').metadata()

/**
 * The colour space in which the numbers of a picture belong to its profile; null where sharp itself minds the profile, or
 * there is none. sharp takes 16 bits for Display P3, and minds no profile of 16-bit greys.
 *
 * @see https://github.com/lovell/sharp/blob/v0.35.5/src/pipeline.cc, `processingProfile`
 */
export const profiledSpace = async (source: PictureSource) => {
  const { space, icc, hasProfile } = await saidOf(source)
  if (!hasProfile || !icc) return null
  if (space === 'rgb16' || space === 'srgb') return { icc, name: 'srgb', deep: space === 'rgb16' }
  return space === 'grey16' || space === 'b-w' ? { icc, name: 'b-w', deep: space === 'grey16' } : null
}

export const toPixels = (image: Sharp): Promise<Pixels> => image.raw().toBuffer({ resolveWithObject: true })

/** Few pixels are brought into sRGB sooner than many: the profile is applied after the picture was shrunk. */
const shrink = async (source: PictureSource, size: number, failOn: FailOn): Promise<Pixels> => {
  const space = await profiledSpace(source)
  const image = open(source, failOn, space !== null)
    .autoOrient()
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
  if (!space) return toPixels(image)
  const { data, info } = await toPixels(image.toColourspace(space.name))
  return toPixels(sharp(wrapAsTiff({ data, ...info, icc: space.icc })))
}

/** The thumbnail that shows these pixels, as they are. */
export const toThumb = async (
  pixels: Pixels,
): Promise<Pick<Picture, 'thumb' | 'thumbName' | 'placeholder'>> => {
  const { width, height, channels } = pixels.info
  const raw = { width, height, channels: channels as 3 }
  const thumb = await sharp(pixels.data, { raw }).webp({ quality: 70, effort: 1 }).toBuffer()
  return { thumb, thumbName: hash('sha256', thumb, 'hex'), placeholder: placeholderOf(pixels) }
}

/**
 * A picture whose longest side is as long as `size`, in sRGB; a smaller one as it is. Strictly first; then a damaged picture as far
 * as it goes, and a whole one of which a decoder only had something to say. Throws PictureError.
 */
export const shrinkAnyhow = async (
  source: PictureSource,
  size: number,
): Promise<{ pixels: Pixels; damage: Picture['damage'] }> => {
  try {
    return { pixels: await shrink(source, size, 'warning'), damage: null }
  } catch (strict) {
    if (!tellsOfLoss(strict)) {
      const pixels = await shrink(source, size, 'error').catch(() => null)
      if (pixels) return { pixels, damage: null }
    }
    const pixels = await shrink(source, size, 'none').catch(() => {
      throw refusalBy(strict)
    })
    return { pixels, damage: damageBy(strict) }
  }
}

/** How large a picture is the right way up, by what became of it; a square does not tell. */
const turnedAs = async ({ info }: Pixels, { bytes, width, height }: PictureSource) => {
  if (info.width === info.height) return openPicture(bytes, 'image/jpeg', thumbSize)
  const isTurned = info.width > info.height !== width > height
  return isTurned ? { width: height, height: width } : { width, height }
}

/** Decodes a picture of any kind that the gallery takes in. Throws PictureError. */
export const readPicture = async (bytes: Buffer, type: string): Promise<Picture> => {
  const plain = plainJpeg(bytes, type)
  const source = plain ?? (await openPicture(bytes, type, thumbSize))
  const { pixels, damage } = await shrinkAnyhow(source, thumbSize)
  const { width, height } = plain ? await turnedAs(pixels, plain) : source
  return {
    width,
    height,
    ...(await toThumb(pixels)),
    damage: source.damaged ? 'cut' : damage,
  }
}

/** Scaled so that it has no more pixels than a browser may be asked to show. */
const bounded = (image: Sharp, { width, height }: { width: number; height: number }) => {
  const scale = Math.sqrt(maxShownPixels / (width * height))
  return scale >= 1
    ? image
    : image.resize(Math.floor(width * scale), Math.floor(height * scale), { fit: 'fill' })
}

/** A preview that a camera made is not encoded anew. */
const isShownAsItIs = ({ bytes }: PictureSource) => {
  const frame = jpegFrame(bytes)
  return frame !== null && frame.components < 4 && frame.width * frame.height <= maxShownPixels
}

/** The picture the right way up and in its own size, unless it is `scaled`. Of 16 bits with a profile, its pixels are held in memory. */
export const upright = async (
  source: PictureSource,
  scaled: typeof bounded = (image) => image,
): Promise<Sharp> => {
  const space = await profiledSpace(source)
  if (!space?.deep) return scaled(open(source, 'none').autoOrient(), source)
  const image = scaled(open(source, 'none', true).autoOrient(), source)
  const { data, info } = await toPixels(image.toColourspace(space.name))
  return sharp(wrapAsTiff({ data, ...info, icc: space.icc }))
}

/**
 * A picture in a kind that every browser shows, the right way up, in sRGB, and at full size as far as a browser can show
 * that. Throws PictureError.
 */
export const convertPicture = async (
  bytes: Buffer,
  type: string,
): Promise<{ type: string; bytes: Buffer }> => {
  const source = await openPicture(bytes, type, previewSize)
  if (source.bytes !== bytes && isShownAsItIs(source)) return { type: 'image/jpeg', bytes: source.bytes }
  try {
    const image = await upright(source, bounded)
    const { hasAlpha } = await saidOf(source)
    if (hasAlpha) return { type: 'image/png', bytes: await image.png({ compressionLevel: 3 }).toBuffer() }
    // Better tables would keep all coefficients of the picture in memory.
    const options = { quality: 92, optimiseCoding: false }
    return { type: 'image/jpeg', bytes: await image.jpeg(options).toBuffer() }
  } catch (error) {
    throw refusalBy(error)
  }
}
