import { brotliDecompressSync } from 'node:zlib'
import { boxesFrom } from '../formats/boxes.ts'

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
  for (const { type, from, to } of boxesFrom(bytes, limits.boxes)) {
    try {
      const content = contentOf(type, bytes.subarray(from, to))
      if (content) found.push(content)
    } catch {
      // damaged, or far too long once it is inflated
    }
  }
  return found
}
