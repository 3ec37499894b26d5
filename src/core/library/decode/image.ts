import { hash } from 'node:crypto'
import type { Sharp } from 'sharp'
import { english } from '../../../shared/i18n/english.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import { placeholderOf, type Pixels } from './thumbhash.ts'
import { sharp } from './sharp.ts'

/** Longest side of a thumbnail, in pixels. */
const thumbSize = 320
/** 268 million pixels: what a picture may unfold to in memory. A picture that claims more is not decoded at all. */
const pixelLimit = 16383 * 16383

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
  /** What the decoder complained of, where the picture could be read all the same. */
  damage: string | null
}

/** A picture that cannot be shown; the text says why. */
export class PictureError extends Error {
  readonly text: Text
  /** A file that is not whole yet would look like this. */
  readonly maybeCut: boolean

  constructor(text: Text, maybeCut = false) {
    super(english(text))
    this.text = text
    this.maybeCut = maybeCut
  }
}

const open = (bytes: Buffer, failOn: 'warning' | 'none') =>
  sharp(bytes, { failOn, limitInputPixels: pixelLimit, sequentialRead: true })

const sizeOf = async (bytes: Buffer) => {
  const { width, height, pageHeight, orientation } = await sharp(bytes, {
    failOn: 'none',
    limitInputPixels: false,
  }).metadata()
  const tall = pageHeight ?? height
  if (width * tall > pixelLimit) {
    throw new PictureError({ id: 'tooManyPixels', blanks: { width, height: tall } })
  }
  const turned = orientation !== undefined && orientation >= 5 && orientation <= 8
  return { width: turned ? tall : width, height: turned ? width : tall }
}

/** The pixels of a thumbnail: the WebP and the placeholder are both made from them. */
const shrink = (image: Sharp): Promise<Pixels> =>
  image
    .autoOrient()
    .resize(thumbSize, thumbSize, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })

const toWebp = ({ data, info: { width, height, channels } }: Pixels) =>
  sharp(data, { raw: { width, height, channels: channels as 3 } })
    .webp({ quality: 70, effort: 1 })
    .toBuffer()

/** The decoder's words for users: without the names of its own parts, and without what only says that it stopped. */
const complaint = (error: unknown) => {
  const words = error instanceof Error ? error.message : String(error)
  const lines = words
    .split('\n')
    .map((line) =>
      line.replace(/\b(Input buffer has corrupt header|VipsJpeg|\w+2vips|\w+load_buffer|\w+): ?/g, ''),
    )
  const telling = lines.find((line) => line.trim() && !line.startsWith('Warning treated as error'))
  return (telling ?? 'its content makes no sense')
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 200)
}

/** Strictly first; a damaged picture then as far as it goes, with what was wrong with it. */
const shrinkAnyhow = async (bytes: Buffer): Promise<{ pixels: Pixels; damage: string | null }> => {
  try {
    return { pixels: await shrink(open(bytes, 'warning')), damage: null }
  } catch (error) {
    const damage = complaint(error)
    const pixels = await shrink(open(bytes, 'none')).catch(() => {
      throw new PictureError({ id: 'pictureDamaged', blanks: { complaint: damage } }, true)
    })
    return { pixels, damage }
  }
}

/** Decodes a picture of any kind that the gallery takes in. Throws PictureError. */
export const readPicture = async (bytes: Buffer): Promise<Picture> => {
  const size = await sizeOf(bytes).catch((error: unknown) => {
    throw error instanceof PictureError
      ? error
      : new PictureError({ id: 'pictureDamaged', blanks: { complaint: complaint(error) } }, true)
  })
  const { pixels, damage } = await shrinkAnyhow(bytes)
  const thumb = await toWebp(pixels)
  return {
    ...size,
    thumb,
    thumbName: hash('sha256', thumb, 'hex'),
    placeholder: placeholderOf(pixels),
    damage,
  }
}

/** A picture at full size in a kind that every browser shows, the right way up. */
export const convertPicture = async (bytes: Buffer): Promise<{ type: string; bytes: Buffer }> => {
  const image = open(bytes, 'none').autoOrient()
  const { hasAlpha } = await image.metadata()
  return hasAlpha
    ? { type: 'image/png', bytes: await image.png({ compressionLevel: 3 }).toBuffer() }
    : { type: 'image/jpeg', bytes: await image.jpeg({ quality: 92 }).toBuffer() }
}
