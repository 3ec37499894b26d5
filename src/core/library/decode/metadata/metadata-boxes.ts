import { brotliDecompressSync } from 'node:zlib'

/** Boxes that are looked at; bytes of one, inflated, at most: metadata are shorter. */
const limits = { boxes: 1000, bytes: 16_000_000 }

const uuidBytes = 16

/** EXIF of JPEG XL begins with how far its TIFF is from there. */
const behindOffset = (data: Buffer) =>
  data.length < 4 ? data : data.subarray(Math.min(4 + data.readUInt32BE(0), data.length))

/** The content of a box that may hold metadata; null for the others. */
const contentOf = (type: string, data: Buffer): Buffer | null => {
  if (type === 'uuid') return data.subarray(uuidBytes)
  if (type === 'xml ') return data
  if (type === 'Exif') return behindOffset(data)
  if (type !== 'brob' || !['xml ', 'Exif'].includes(data.toString('latin1', 0, 4))) return null
  const inner = brotliDecompressSync(data.subarray(4), { maxOutputLength: limits.bytes })
  return contentOf(data.toString('latin1', 0, 4), inner)
}

/**
 * What the boxes of a JPEG 2000 or JPEG XL hold that may be metadata.
 *
 * @see ISO/IEC 15444-1, annex I (UUID boxes); ISO/IEC 18181-2 (Exif, xml, brob)
 */
export const metadataBoxes = (bytes: Buffer): Buffer[] => {
  const found: Buffer[] = []
  let at = 0
  for (let n = 0; n < limits.boxes && at + 8 <= bytes.length; n++) {
    const short = bytes.readUInt32BE(at)
    const isLong = short === 1 && at + 16 <= bytes.length
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short || bytes.length - at
    const head = isLong ? 16 : 8
    if (size < head) break
    const data = bytes.subarray(at + head, at + size)
    try {
      const content = contentOf(bytes.toString('latin1', at + 4, at + 8), data)
      if (content) found.push(content)
    } catch {
      // damaged, or far too long once it is inflated
    }
    at += size
  }
  return found
}
