import type { Metadata } from 'sharp'
import { heifFacts, heifOrientation } from './formats/heif.ts'
import { isRawType } from './file-type.ts'
import { hasProfile, jpegFrame } from './formats/jpeg.ts'
import { magickPixels, magickSize, type MagickFormat } from './formats/magick.ts'
import { PictureError, refusalBy } from './picture-error.ts'
import { pixelLimit } from './pixel-limit.ts'
import { readRaw } from './formats/raw.ts'
import { sharp } from './sharp.ts'
import { fieldOf, tiffDirectories } from './formats/tiff-fields.ts'
import { wrapAsTiff, type Bitmap } from './formats/tiff-wrap.ts'

/** A picture in a form that sharp reads, which knows by its own metadata how it has to be turned. */
export interface PictureSource {
  bytes: Buffer
  /** In pixels, the right way up: of the whole picture, of which `bytes` may be a preview. */
  width: number
  height: number
  /** It shrinks while it is decoded, so that its pixels are never in memory all at once. */
  shrinks: boolean
  /** Only a small preview is left of it. */
  damaged: boolean
  /** What sharp says of `bytes`, where that is known. */
  said?: Pick<Metadata, 'icc' | 'hasProfile' | 'hasAlpha'> & { space?: Metadata['space'] }
}

const withinLimit = (size: { width: number; height: number }) => {
  const { width, height } = size
  if (width * height > pixelLimit) throw new PictureError({ id: 'tooManyPixels', blanks: { width, height } })
}

/** A progressive JPEG is held in memory whole, whatever becomes of it. */
const canShrink = (bytes: Buffer) => jpegFrame(bytes)?.progressive === false

const forSharp = async (bytes: Buffer): Promise<PictureSource> => {
  const shrinks = canShrink(bytes)
  const said = await sharp(bytes, { failOn: 'none', limitInputPixels: false }).metadata()
  const { width, height, pageHeight, orientation } = said
  const tall = pageHeight ?? height
  if (!shrinks) withinLimit({ width, height: tall })
  const turned = orientation !== undefined && orientation >= 5 && orientation <= 8
  const size = turned ? { width: tall, height: width } : { width, height: tall }
  return { bytes, ...size, shrinks, damaged: false, said }
}

/**
 * A JPEG as it is stored, not the right way up, in which no profile has to be minded: all that is known of it without asking
 * sharp, which takes as long as a tenth of its decoding. Null for all other pictures.
 */
export const plainJpeg = (bytes: Buffer, type: string): PictureSource | null => {
  const frame = type === 'image/jpeg' ? jpegFrame(bytes) : null
  if (!frame?.viewable || frame.width * frame.height === 0 || hasProfile(bytes)) return null
  const { width, height, progressive } = frame
  if (progressive) withinLimit(frame)
  const said = { hasProfile: false, hasAlpha: false } as const
  return { bytes, width, height, shrinks: !progressive, damaged: false, said }
}

const ofBitmap = (bitmap: Bitmap): PictureSource => {
  const { width, height, orientation = 1 } = bitmap
  const size = orientation >= 5 ? { width: height, height: width } : { width, height }
  return { bytes: wrapAsTiff(bitmap), ...size, shrinks: false, damaged: false }
}

const byMagick = async (bytes: Buffer, format: MagickFormat): Promise<Bitmap> => {
  withinLimit(await magickSize(bytes, format))
  return magickPixels(bytes, format)
}

/** Display P3 in the numbers of ITU-T H.273. */
const displayP3 = 12

/** The ICC profile of Display P3, as libvips has it. */
const p3Profile = async (): Promise<Buffer | null> => {
  const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
  const { icc } = await sharp(await dot.withIccProfile('p3').png().toBuffer()).metadata()
  return icc ?? null
}

/** What the decoder says of a coding that it was not built for, as opposed to one that makes no sense. */
const unknownCoding = /not been built in|unsupported image type/i

const ofHeif = async (bytes: Buffer, format: MagickFormat): Promise<PictureSource> => {
  const facts = heifFacts(bytes)
  const bitmap = await byMagick(bytes, format).catch((error: unknown) => {
    const unknown = error instanceof Error && unknownCoding.test(error.message)
    const blanks = { coding: facts?.coding ?? format }
    throw unknown ? new PictureError({ id: 'heifCoding', blanks }, false, error) : error
  })
  const icc = bitmap.icc ?? (facts?.primaries === displayP3 ? await p3Profile() : null)
  return ofBitmap({ ...bitmap, icc, orientation: heifOrientation(bytes, facts) })
}

/** sharp minds the container's transformations alone. */
const ofAvif = async (bytes: Buffer): Promise<PictureSource> => {
  const source = await forSharp(bytes)
  const orientation = heifOrientation(bytes, heifFacts(bytes))
  if (orientation === 1) return source
  const { icc } = await sharp(bytes).metadata()
  const image = sharp(bytes, { ignoreIcc: true, limitInputPixels: pixelLimit })
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return ofBitmap({ data, width, height, channels, icc: icc ?? null, orientation })
}

const tiffTags = { bits: 258, compression: 259, samples: 277 }
const sharpDepths = [1, 2, 4, 8, 16, 32, 64]
const oldJpegCompression = 6

/** Depths of 10, 12 and 14 bits, nibbles of several channels, and JPEG as TIFF 6.0 had it, are beyond sharp. */
const isOddTiff = (bytes: Buffer) => {
  const isBig = bytes[2] === 43 || bytes[3] === 43
  const first = isBig ? undefined : tiffDirectories(bytes)[0]
  if (!first) return false
  const bits = fieldOf(first, tiffTags.bits) ?? 1
  const isNibbles = bits < 8 && (fieldOf(first, tiffTags.samples) ?? 1) > 1
  return (
    !sharpDepths.includes(bits) || isNibbles || fieldOf(first, tiffTags.compression) === oldJpegCompression
  )
}

const ofRaw = async (bytes: Buffer, enough: number): Promise<PictureSource> => {
  const raw = await readRaw(bytes, enough)
  if (!raw) throw new PictureError({ id: 'rawUnreadable' }, true)
  return { ...raw, shrinks: canShrink(raw.bytes) }
}

const magickFormats: Partial<Record<string, MagickFormat>> = {
  'image/bmp': 'BMP',
  'image/jxl': 'JXL',
  'image/qoi': 'QOI',
  'image/x-tga': 'TGA',
}

/** More channels than Photoshop itself allows, and its readers read. @see Adobe Photoshop File Formats, "File Header Section" */
const maxChannels = 56

const photoshopFormat = (bytes: Buffer): MagickFormat => {
  const channels = bytes.length < 14 ? 0 : bytes.readUInt16BE(12)
  if (channels > maxChannels)
    throw new PictureError({ id: 'tooManyChannels', blanks: { channels, most: maxChannels } })
  return bytes[5] === 2 ? 'PSB' : 'PSD'
}

const formatOf = (bytes: Buffer, type: string): MagickFormat | undefined => {
  if (type === 'image/vnd.adobe.photoshop') return photoshopFormat(bytes)
  if (type === 'image/tiff') return isOddTiff(bytes) ? 'TIFF' : undefined
  if (type === 'image/jp2') return bytes[0] === 0xff ? 'J2K' : 'JP2'
  return magickFormats[type]
}

/**
 * Opens a picture of any kind that the gallery takes in. Of a RAW, `enough` is how many pixels long its preview should be.
 * Throws PictureError.
 */
export const openPicture = async (bytes: Buffer, type: string, enough: number): Promise<PictureSource> => {
  try {
    if (isRawType(type)) return await ofRaw(bytes, enough)
    if (type === 'image/heic') return await ofHeif(bytes, 'HEIC')
    // Short files of the brand mif3 are beyond sharp.
    if (type === 'image/avif') return await ofAvif(bytes).catch(() => ofHeif(bytes, 'AVIF'))
    const format = formatOf(bytes, type)
    return format ? ofBitmap(await byMagick(bytes, format)) : await forSharp(bytes)
  } catch (error) {
    throw refusalBy(error)
  }
}
