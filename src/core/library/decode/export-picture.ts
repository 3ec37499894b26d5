import { hash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Exif, Sharp } from 'sharp'
import { systemCode } from '../../../shared/errors.ts'
import type { Adjustment } from '../../../shared/domain/adjustments.ts'
import { shownSize } from '../../../shared/domain/adjusted-view.ts'
import type { ExportFormat } from '../../../shared/domain/export-formats.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import type { Conversion } from '../../../shared/schemas/export.ts'
import type { FileIdentity } from '../index/file-identity.ts'
import { adjustPixels } from './adjust-picture.ts'
import { open, profiledSpace, shrinkAnyhow, toPixels } from './image.ts'
import { dropThumbnail, withExifBlock } from './formats/jpeg.ts'
import { PictureError, refusalBy } from './picture-error.ts'
import { pixelLimit } from './pixel-limit.ts'
import { openPicture, type PictureSource } from './picture-source.ts'
import { withPngXmp } from './formats/png-xmp.ts'
import { withPicture } from './read-photo.ts'
import { sharp } from './sharp.ts'
import { withTiffExif } from './formats/tiff-exif.ts'
import { wrapAsTiff } from './formats/tiff-wrap.ts'
import { visitorMark } from './visitor-mark.ts'
import { watermarkOf } from './watermark.ts'

/** A copy to be made of a photo's original. */
export interface ExportOrder {
  convert: Conversion
  /** Where it is written: nothing may be there. */
  part: string
  /** How long a RAW's preview has to be to stand for it, in pixels. */
  enough: number
  /** How the photo is shown, of which the copy is made. */
  adjustment: Adjustment | null
  /** Words all over the copy, for visitors; null for none. */
  mark: string | null
  /** What is written of the photo, as an XMP packet; null for nothing. */
  xmp: string | null
  /** EXIF of a copy whose original's own cannot be kept. */
  exif: Exif
  /** EXIF that users entered, in the place of the original's own. */
  entered: Exif
}

/** What came of an order. */
export type ExportedFile =
  /** It is on the disk, and was read back. `digest`: SHA-256, base64url. */
  | { kind: 'made'; digest: string; bytes: number }
  | { kind: 'failed'; text: Text }
  /** The system refused to write it, by its code. */
  | { kind: 'unwritten'; code: string }

/** Of AVIF, 0 to 9: more takes a large picture longer than it is worth. */
const avifEffort = 2
/** Mild, of the finest details: what a smaller size takes from them. */
const sharpening = { sigma: 0.8, m1: 0.5, m2: 1.5 }

/** The longest side that a format can hold, in pixels. */
const maxSides: Record<ExportFormat, number> = {
  jpeg: 65_535,
  webp: 16_383,
  avif: 16_384,
  png: Number.MAX_SAFE_INTEGER,
  tiff: Number.MAX_SAFE_INTEGER,
}

/** The box that the picture must fit into; null where it does as it is. */
const boxOf = ({ width, height }: Size, { size, format }: Conversion) => {
  const side = Math.min(size ?? Number.MAX_SAFE_INTEGER, maxSides[format])
  const scale = Math.min(side / Math.max(width, height), Math.sqrt(pixelLimit / (width * height)))
  if (scale >= 1) return null
  const scaled = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: scaled(width), height: scaled(height) }
}

type Size = Pick<PictureSource, 'width' | 'height'>

/** The size of the copy in pixels, but for rounding. */
const sizeIn = ({ width, height }: Size, box: Size | null): Size => {
  const scale = box ? Math.min(1, box.width / width, box.height / height) : 1
  return { width: Math.floor(width * scale), height: Math.floor(height * scale) }
}

/** The picture upright and in its size. `own`: the EXIF block of the file itself, out of which it comes; null where sharp finds none. */
interface Sized extends Size {
  image: Sharp
  own: Buffer | null
  hasAlpha: boolean
  /** Its numbers still belong to the profile of the original. */
  kept: boolean
}

/**
 * The same as it is adjusted, of which the pixels are held in memory: of a picture that becomes smaller no more than it will have. A
 * profile of its own would belong to other numbers than these. The EXIF of the file tells of another picture.
 */
const adjustedOf = async (
  source: PictureSource,
  convert: Conversion,
  adjustment: Adjustment,
): Promise<Sized> => {
  const shown = shownSize(source, adjustment)
  const box = boxOf(shown, convert)
  const scale = box ? Math.min(1, box.width / shown.width, box.height / shown.height) : 1
  const size = Math.max(1, Math.round(scale * Math.max(source.width, source.height)))
  const { pixels } = await shrinkAnyhow(source, size)
  const { data, info } = await adjustPixels(pixels, adjustment)
  const { width, height, channels } = info
  const image = sharp(data, { raw: { width, height, channels: channels as 3 }, limitInputPixels: false })
  return { image, own: null, hasAlpha: channels % 2 === 0, kept: false, width, height }
}

const sizedOf = async (
  source: PictureSource,
  bytes: Buffer,
  { convert, adjustment }: ExportOrder,
): Promise<Sized> => {
  if (adjustment) return adjustedOf(source, convert, adjustment)
  const facts = await open(source, 'none').metadata()
  const space = await profiledSpace({ ...source, said: facts })
  const kept = convert.colour === 'kept' && space?.name === 'srgb'
  const apart = space?.deep === true && !kept
  const box = boxOf(source, convert)
  const turned = open(source, 'none', apart).autoOrient()
  const image = box ? turned.resize({ ...box, fit: 'inside', withoutEnlargement: true }) : turned
  const { hasAlpha } = facts
  const size = sizeIn(facts.autoOrient, box)
  const own = source.bytes === bytes ? (facts.exif ?? null) : null
  if (!apart) return { image, own, hasAlpha, kept, ...size }
  // sharp takes 16 bits for another profile than theirs: they are told apart first.
  const { data, info } = await toPixels(image.toColourspace(space.name))
  const image8 = sharp(wrapAsTiff({ data, ...info, icc: space.icc }))
  return { image: image8, own: null, hasAlpha, kept: false, width: info.width, height: info.height }
}

const encoded = (image: Sharp, { format, quality }: Conversion): Sharp => {
  if (format === 'jpeg') return image.flatten({ background: '#fff' }).jpeg({ quality })
  if (format === 'webp') return image.webp({ quality })
  if (format === 'avif') return image.avif({ quality, effort: avifEffort })
  return format === 'png' ? image.png() : image.tiff({ compression: 'deflate', predictor: 'horizontal' })
}

const withMetadata = (
  image: Sharp,
  own: Buffer | null,
  { convert, xmp, exif, entered }: ExportOrder,
): Sharp => {
  if (convert.strip === 'all') return image
  const described = xmp === null || convert.format === 'png' ? image : image.withXmp(xmp)
  // A place may stand in any corner of the original's own EXIF, in makers' notes too.
  return own && convert.strip === 'none'
    ? described.keepExif().withExifMerge(entered)
    : described.withExif({ ...exif, IFD2: { ...exif.IFD2, ...entered.IFD2 } })
}

/** The EXIF block that sharp writes into copies of all other kinds than TIFF, by way of the smallest of them. */
const exifBlockOf = async (own: Buffer | null, order: ExportOrder): Promise<Buffer | undefined> => {
  const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
    .jpeg()
    .toBuffer()
  const carrier = own ? withExifBlock(dot, own) : dot
  const written = withMetadata(sharp(carrier), own, { ...order, xmp: null })
  return (await sharp(await written.jpeg().toBuffer()).metadata()).exif
}

/** The same copy with what sharp does not write into its kind. */
const completed = async (copy: Buffer, own: Buffer | null, order: ExportOrder): Promise<Buffer> => {
  const { format, strip } = order.convert
  if (format === 'png' && order.xmp !== null) return withPngXmp(copy, order.xmp)
  const exif = format === 'tiff' && strip !== 'all' ? await exifBlockOf(own, order) : undefined
  return exif ? withTiffExif(copy, exif) : copy
}

/** Makes a copy of a picture, in memory. Throws PictureError. */
const renderExport = async (bytes: Buffer, type: string, order: ExportOrder): Promise<Buffer> => {
  const { convert } = order
  try {
    if (type === 'image/jpeg') dropThumbnail(bytes)
    const source = await openPicture(bytes, type, order.enough)
    const { own, kept, hasAlpha, ...sized } = await sizedOf(source, bytes, order)
    let image = convert.sharpen ? sized.image.sharpen(sharpening) : sized.image
    const laidOver = [
      ...(convert.watermark.trim() === '' ? [] : await watermarkOf(convert.watermark, sized)),
      ...(order.mark === null ? [] : await visitorMark(order.mark, sized)),
    ]
    if (laidOver.length > 0) {
      image = image.composite(laidOver)
      if (!hasAlpha) image = image.removeAlpha()
    }
    image = kept ? image.keepIccProfile() : image.withIccProfile('srgb')
    const copy = await encoded(withMetadata(image, own, order), convert).toBuffer()
    return await completed(copy, own, order)
  } catch (error) {
    throw refusalBy(error)
  }
}

/** Onto the disk itself, and read back. */
const writeBytes = (bytes: Buffer, part: string): ExportedFile => {
  const digest = hash('sha256', bytes, 'base64url')
  const file = openSync(part, 'wx')
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return hash('sha256', readFileSync(part), 'base64url') === digest
    ? { kind: 'made', digest, bytes: bytes.length }
    : { kind: 'failed', text: { id: 'copyDiffers' } }
}

/** Makes a copy of a photo's original and writes it. Where that fails nothing is left. */
export const exportFile = async (
  path: string,
  identity: FileIdentity,
  order: ExportOrder,
): Promise<ExportedFile> => {
  try {
    const bytes = await withPicture(path, identity, (picture, type) => renderExport(picture, type, order))
    const written = writeBytes(bytes, order.part)
    if (written.kind !== 'made') rmSync(order.part, { force: true })
    return written
  } catch (error) {
    rmSync(order.part, { force: true })
    if (error instanceof PictureError) return { kind: 'failed', text: error.text }
    const code = systemCode(error)
    if (code === undefined) throw error
    return { kind: 'unwritten', code }
  }
}
