import { jpegHead } from '../formats/jpeg.ts'
import { boxIn } from './boxes.ts'
import { bytesOf } from './file-bytes.ts'
import { videoTypeOf } from './video-type.ts'

/** The film in a motion photo: the bytes of its file from one offset to another, and their MIME type. */
export interface Film {
  from: number
  to: number
  type: string
}

/** The XMP of a JPEG stands behind its EXIF, each in a segment of 64 KiB at most, in bytes. */
const headBytes = 256 * 1024
/** As much of a film as tells its type, in bytes. */
const typeBytes = 512
/** Samsung's directory of what it puts behind a JPEG has a few entries of 12 bytes. */
const maxDirectoryBytes = 4096

const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN)

/**
 * How far before the end of its file the film begins, by XMP: `Container:Directory` with the length of each item, of which the
 * film is one (Motion Photo 1.0); `MicroVideoOffset` before that. NaN where neither is there.
 *
 * @see https://developer.android.com/media/platform/motion-photo-format
 */
const distanceByXmp = (xmp: string): number => {
  const items = xmp.match(/<Container:Item\b[^>]*>/g) ?? []
  const at = items.findIndex((item) => /Item:Semantic="MotionPhoto"/.test(item))
  if (at < 0) return number(xmp, /MicroVideoOffset(?:="|>)(\d+)/)
  const behind = items.slice(at).map((item, n) => {
    const padding = n === 0 ? 0 : number(item, /Item:Padding="(\d+)"/) || 0
    return (number(item, /Item:Length="(\d+)"/) || 0) + padding
  })
  return behind.reduce((sum, length) => sum + length, 0)
}

/** Where Samsung's trailer has the film (`SEFH`, entries, `SEFT`), as ExifTool reads it; null where there is none. */
const bySamsung = (file: number, size: number): { from: number; to: number } | null => {
  const tail = bytesOf(file, Math.max(0, size - 8), size)
  if (tail.toString('latin1', 4) !== 'SEFT') return null
  const length = tail.readUInt32LE(0)
  const start = size - 8 - length
  if (length < 12 || length > maxDirectoryBytes || start < 0) return null
  const directory = bytesOf(file, start, size - 8)
  for (let at = 12; at + 12 <= directory.length; at += 12) {
    const [back, extent] = [directory.readUInt32LE(at + 4), directory.readUInt32LE(at + 8)]
    const block = start - back
    const head = block < 0 ? Buffer.alloc(0) : bytesOf(file, block, block + 24)
    if (head.toString('latin1', 8) === 'MotionPhoto_Data') return { from: block + 24, to: block + extent }
  }
  return null
}

/** One of these stands in the XMP of each motion photo: most photos have neither, and are not searched further. */
const marks = ['MotionPhoto', 'MicroVideoOffset']

const inJpeg = (file: number, size: number, bytes: Buffer) => {
  const head = jpegHead(bytes)
  const isMarked = marks.some((mark) => head.includes(mark, 0, 'latin1'))
  const distance = isMarked ? distanceByXmp(head.toString('latin1')) : Number.NaN
  return distance > 0 && distance < size ? { from: size - distance, to: size } : bySamsung(file, size)
}

/** A HEIF keeps it in a box of its own, `mpvd`. */
const inHeif = (file: number, size: number) => boxIn(file, 'mpvd', 0, size)

/**
 * The film in an open photo of this size; null where there is none, as in most. What the file claims is looked at.
 *
 * @param read the photo, where it has been read
 */
export const filmIn = (file: number, size: number, read?: Buffer): Film | null => {
  const head = read?.subarray(0, headBytes) ?? bytesOf(file, 0, Math.min(size, headBytes))
  const isJpeg = head.length > 3 && head.readUInt16BE(0) === 0xffd8
  const isHeif = head.toString('latin1', 4, 8) === 'ftyp'
  const found = isJpeg ? inJpeg(file, size, head) : isHeif ? inHeif(file, size) : null
  if (!found || found.from <= 0 || found.to > size || found.to - found.from < 16) return null
  const { from, to } = found
  const type = videoTypeOf(bytesOf(file, from, Math.min(to, from + typeBytes)))
  return type === null ? null : { from, to, type }
}
