import type { FileHandle } from 'node:fs/promises'
import { heifFacts, heifOrientation } from '../library/decode/formats/heif.ts'
import { jpegFrame } from '../library/decode/formats/jpeg.ts'
import { pixelLimit } from '../library/decode/pixel-limit.ts'
import { isVideo } from '../library/decode/video/video-type.ts'
import { fieldOf, tiffDirectories } from '../library/decode/formats/tiff-fields.ts'

/** Kinds of originals that every browser shows; the others are converted. Videos are sent as they are, whether a browser plays them or not. */
const shown = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'])

/** The frame header of a JPEG stands behind its metadata, in bytes; one that does not is shown as it is. */
const jpegHeadBytes = 1024 ** 2

/** A larger AVIF is shown as it is, in bytes: its EXIF may lie anywhere in it. */
const maxAvifBytes = 32 * 1024 ** 2

/** Chunks of a WebP, and bytes of its EXIF, that are looked at. */
const webpLimits = { chunks: 64, exif: 65_536 }

const readAt = async (file: FileHandle, from: number, count: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, from)
  return buffer.subarray(0, bytesRead)
}

/** Browsers guess at the inks of a CMYK, and hold every pixel of a large picture in memory. */
const isPlainJpeg = async (file: FileHandle): Promise<boolean> => {
  const frame = jpegFrame(await readAt(file, 0, jpegHeadBytes))
  return frame === null || (frame.components < 4 && frame.width * frame.height <= pixelLimit)
}

const isUpright = (exif: Buffer): boolean => {
  const tiff = exif.subarray(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0)
  return (fieldOf(tiffDirectories(tiff)[0], 274) ?? 1) <= 1
}

/**
 * Chromium does not turn a WebP by its EXIF, as it turns a JPEG. A moving one is shown as it is all the same: converted, it
 * would not move.
 *
 * @see https://developers.google.com/speed/webp/docs/riff_container, VP8X
 */
const isPlainWebp = async (file: FileHandle): Promise<boolean> => {
  const head = await readAt(file, 0, 30)
  const flags = head.toString('latin1', 12, 16) === 'VP8X' ? (head[20] ?? 0) : 0
  const [hasExif, moves] = [(flags & 8) !== 0, (flags & 2) !== 0]
  if (!hasExif || moves) return true
  let at = 12
  for (let n = 0; n < webpLimits.chunks; n++) {
    const chunk = await readAt(file, at, 8)
    if (chunk.length < 8) return true
    const size = chunk.readUInt32LE(4)
    if (chunk.toString('latin1', 0, 4) === 'EXIF')
      return isUpright(await readAt(file, at + 8, Math.min(size, webpLimits.exif)))
    at += 8 + size + (size % 2)
  }
  return true
}

/** Chromium minds the transformations of the container, as sharp does, and not EXIF. */
const isPlainAvif = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat()
  if (size > maxAvifBytes) return true
  const bytes = await readAt(file, 0, size)
  return heifOrientation(bytes, heifFacts(bytes)) === 1
}

/** Whether browsers show an original as the gallery's own thumbnail does: turned alike, and in the same colours. */
export const isShownAsItIs = async (file: FileHandle, type: string): Promise<boolean> => {
  if (type === 'image/jpeg') return isPlainJpeg(file)
  if (type === 'image/webp') return isPlainWebp(file)
  if (type === 'image/avif') return isPlainAvif(file)
  return shown.has(type) || isVideo(type)
}
