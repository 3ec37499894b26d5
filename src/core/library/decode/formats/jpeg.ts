import { TiffReader } from './tiff-fields.ts'

/** What the frame header of a JPEG says. */
export interface JpegFrame {
  width: number
  height: number
  /** 1 grey, 3 colour, 4 CMYK. */
  components: number
  /** Its picture comes in several scans, all of which a decoder keeps in memory. */
  progressive: boolean
  /** Of 8 bits and with losses, as all pictures for viewing are; the others are data of a RAW. */
  viewable: boolean
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** More than the head of a scan can be, in bytes. */
const scanHeadBytes = 32
/** Segments before the frame header: beyond these it is no JPEG that a camera wrote. */
const maxSegments = 400

/** Place, marker and length of each segment from the start of a JPEG to its pixels, or as far as they make sense. */
export function* jpegSegments(bytes: Buffer, from = 0) {
  let at = from + 2
  for (let n = 0; n < maxSegments && at + 4 <= bytes.length && bytes[at] === 0xff; n++) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1 // a fill byte
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || marker === 0xd9 || marker === 0xda) return
    yield { at, marker, length }
    at += 2 + length
  }
}

/**
 * The frame header of the JPEG that begins at `from`; null where there is none.
 *
 * @see ITU-T T.81, B.2.2
 */
export const jpegFrame = (bytes: Buffer, from = 0): JpegFrame | null => {
  if (bytes[from] !== 0xff || bytes[from + 1] !== 0xd8) return null
  for (const { at, marker, length } of jpegSegments(bytes, from)) {
    if (!isFrame(marker)) continue
    if (length < 8 || at + 10 > bytes.length) return null
    return {
      height: bytes.readUInt16BE(at + 5),
      width: bytes.readUInt16BE(at + 7),
      components: bytes[at + 9] ?? 0,
      progressive: marker === 0xc2,
      viewable: marker <= 0xc2 && bytes[at + 4] === 8,
    }
  }
  return null
}

/**
 * A JPEG up to its first scan, behind which there is nothing that a reader of metadata looks at; all of it where it is not
 * built as it should be.
 */
export const jpegHead = (bytes: Buffer): Buffer => {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return bytes
  let end = 2
  for (const { at, length } of jpegSegments(bytes)) end = at + 2 + length
  const isScan = bytes[end] === 0xff && bytes[end + 1] === 0xda
  return isScan ? bytes.subarray(0, end + scanHeadBytes) : bytes
}

/** Whether a JPEG says in what colours its numbers are. */
export const hasProfile = (bytes: Buffer): boolean => {
  for (const { at, marker } of jpegSegments(bytes))
    if (marker === 0xe2 && bytes.toString('latin1', at + 4, at + 15) === 'ICC_PROFILE') return true
  return false
}

/** What stands before the TIFF of an EXIF block. */
export const exifMark = Buffer.from('Exif\0\0', 'latin1')

/** The EXIF blocks of a JPEG: the TIFF in each, and where its segment begins and ends. */
export function* exifBlocks(jpeg: Buffer) {
  for (const { at, marker, length } of jpegSegments(jpeg)) {
    if (marker !== 0xe1 || !jpeg.subarray(at + 4, at + 10).equals(exifMark)) continue
    yield { tiff: jpeg.subarray(at + 10, at + 2 + length), from: at, to: at + 2 + length }
  }
}

/** An APP1 segment that says nothing but the orientation. */
const orientationSegment = (orientation: number) => {
  const tiff = Buffer.from('II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0', 'latin1')
  tiff.writeUInt16LE(orientation, 18)
  const head = Buffer.from([0xff, 0xe1, 0, exifMark.length + tiff.length + 2])
  return Buffer.concat([head, exifMark, tiff])
}

/** What the length of a segment can say, in bytes. */
const maxSegmentBytes = 65_533

/** A JPEG without EXIF with this block; as it is where the block, with or without its mark, does not fit into a segment. */
export const withExifBlock = (jpeg: Buffer, block: Buffer): Buffer => {
  const isMarked = block.subarray(0, exifMark.length).equals(exifMark)
  const data = isMarked ? block : Buffer.concat([exifMark, block])
  if (data.length > maxSegmentBytes) return jpeg
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)])
}

/** The same JPEG, not encoded anew, with this orientation in the place of whatever it said of itself. */
export const withOrientation = (jpeg: Buffer, orientation: number): Buffer => {
  const parts = [jpeg.subarray(0, 2), orientationSegment(orientation)]
  let kept = 2
  for (const { from, to } of exifBlocks(jpeg)) {
    parts.push(jpeg.subarray(kept, from))
    kept = to
  }
  return Buffer.concat([...parts, jpeg.subarray(kept)])
}

/**
 * Takes the small picture out of the EXIF block of a JPEG, in place: it shows what the picture was before it was changed.
 * The link from the block's first directory to that of the small picture is cut.
 *
 * @see TIFF 6.0, section 2; Exif 3.0, 4.5.5
 */
export const dropThumbnail = (jpeg: Buffer): void => {
  for (const { tiff } of exifBlocks(jpeg)) {
    if (tiff.length < 8) continue
    const reader = new TiffReader(tiff)
    const first = reader.number(4, 4)
    const link = first + 2 + 12 * reader.number(first, 2)
    if (link + 4 <= tiff.length) tiff.fill(0, link, link + 4)
  }
}

/** The pictures for viewing among the JPEGs that lie in a file of whatever structure, in their order. */
export function* jpegsIn(bytes: Buffer) {
  for (let at = bytes.indexOf('\xff\xd8\xff', 0, 'latin1'); at >= 0;) {
    const frame = jpegFrame(bytes, at)
    if (frame?.viewable) yield { at, frame }
    at = bytes.indexOf('\xff\xd8\xff', at + 3, 'latin1')
  }
}

/** The largest of them; null where there is none. */
export const largestJpeg = (bytes: Buffer): Buffer | null => {
  let best = { at: -1, pixels: 0 }
  for (const { at, frame } of jpegsIn(bytes)) {
    const pixels = frame.width * frame.height
    if (pixels > best.pixels) best = { at, pixels }
  }
  return best.at < 0 ? null : bytes.subarray(best.at)
}
