import { exifMark } from './jpeg.ts'
import { isTiff, TiffReader } from './tiff-fields.ts'

/** A field of a directory. `value`: its bytes, the lowest of each number first, or four bytes that say where they are. */
interface Field {
  tag: number
  type: number
  count: number
  value: Buffer
}

const codes = { exif: 0x8769, gps: 0x8825, text: 2, long: 4 }

/** What a first directory says of a photo, rather than of how its pixels are stored: words, camera, dates, people and stars. */
const told = new Set([
  ...[0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x8298, 0x4746, 0x4749],
  ...[0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f],
])

/**
 * What is not copied from below it: makers' notes, whose offsets lead nowhere once they have moved; the size and the order of colours of
 * the picture that the block came from; and a directory that says which rules its names follow.
 */
const left = new Set([0x9101, 0x927c, 0xa002, 0xa003, 0xa005])

/** The bytes of one number of each type, and of the parts of which these consist. */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const parts = [0, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8]

const maxFields = 512

/** The fields of a directory in a TIFF of either order of bytes; one whose value lies outside is left out. */
const fieldsIn = (tiff: Buffer, at: number): Field[] => {
  const reader = new TiffReader(tiff)
  const isLittle = tiff[0] === 0x49
  const found = Math.min(reader.number(at, 2), maxFields)
  return Array.from({ length: found }, (_, i) => at + 2 + 12 * i).flatMap((entry) => {
    const [tag, type] = [reader.number(entry, 2), reader.number(entry + 2, 2)]
    const count = reader.number(entry + 4, 4)
    const length = (sizes[type] ?? 0) * count
    const from = length > 4 ? reader.number(entry + 8, 4) : entry + 8
    if (length === 0 || from + length > tiff.length) return []
    const value = Buffer.from(tiff.subarray(from, from + length))
    const part = parts[type] ?? 1
    if (!isLittle) for (let n = 0; n < length; n += part) value.subarray(n, n + part).reverse()
    return { tag, type, count, value }
  })
}

/** A text with one NUL, at its end: of others libtiff warns, which strict readers take for damage. */
const asOneText = (field: Field): Field => {
  if (field.type !== codes.text) return field
  const text = field.value.toString('latin1').replace(/\0+$/, '').replaceAll('\0', ' ')
  const value = Buffer.from(`${text}\0`, 'latin1')
  return { ...field, count: value.length, value }
}

/** The fields of the first directory of a little-endian TIFF as they stand there: their values stay where they are. */
const standing = (tiff: Buffer): { fields: Field[]; next: number } => {
  const at = tiff.readUInt32LE(4)
  const count = tiff.readUInt16LE(at)
  const fields = Array.from({ length: count }, (_, i) => at + 2 + 12 * i).map((entry) => ({
    tag: tiff.readUInt16LE(entry),
    type: tiff.readUInt16LE(entry + 2),
    count: tiff.readUInt32LE(entry + 4),
    value: tiff.subarray(entry + 8, entry + 12),
  }))
  return { fields, next: tiff.readUInt32LE(at + 2 + 12 * count) }
}

/** A directory that begins at `at`, and the values that do not fit into it. */
const directory = (at: number, fields: Field[], next = 0): Buffer => {
  const table = Buffer.alloc(2 + 12 * fields.length + 4)
  const apart: Buffer[] = []
  let free = at + table.length
  table.writeUInt16LE(fields.length)
  fields
    .toSorted((a, b) => a.tag - b.tag)
    .forEach(({ tag, type, count, value }, i) => {
      const entry = 2 + 12 * i
      table.writeUInt16LE(tag, entry)
      table.writeUInt16LE(type, entry + 2)
      table.writeUInt32LE(count, entry + 4)
      if (value.length <= 4) return value.copy(table, entry + 8)
      table.writeUInt32LE(free, entry + 8)
      // Values begin at even places.
      apart.push(value, Buffer.alloc(value.length % 2))
      free += value.length + (value.length % 2)
    })
  table.writeUInt32LE(next, table.length - 4)
  return Buffer.concat([table, ...apart])
}

const pointer = (tag: number, to: number): Field => {
  const value = Buffer.alloc(4)
  value.writeUInt32LE(to)
  return { tag, type: codes.long, count: 1, value }
}

/**
 * A TIFF, little-endian as libvips writes it, with what an EXIF block says in its directories, as cameras and other programs have it
 * there: libvips writes none. What the TIFF says itself stays.
 *
 * @see TIFF 6.0, section 2; Exif 3.0, 4.6.3
 */
export const withTiffExif = (tiff: Buffer, block: Buffer): Buffer => {
  const exif = block.subarray(0, exifMark.length).equals(exifMark) ? block.subarray(exifMark.length) : block
  if (!isTiff(exif) || !isTiff(tiff) || tiff[0] !== 0x49) return tiff
  const reader = new TiffReader(exif)
  const first = reader.number(4, 4)
  const { fields, next } = standing(tiff)
  const known = new Set(fields.map(({ tag }) => tag))
  const added = fieldsIn(exif, first)
    .filter(({ tag }) => told.has(tag) && !known.has(tag))
    .map(asOneText)
  const pieces = [tiff, Buffer.alloc(tiff.length % 2)]
  let end = tiff.length + (tiff.length % 2)
  for (const tag of [codes.exif, codes.gps]) {
    const place = reader.placeOf(first, tag)
    const below = place === undefined ? [] : fieldsIn(exif, reader.number(place, 4))
    const kept = below.filter((field) => !left.has(field.tag))
    if (kept.length === 0) continue
    const piece = directory(end, kept)
    added.push(pointer(tag, end))
    pieces.push(piece)
    end += piece.length
  }
  const whole = Buffer.concat([...pieces, directory(end, [...fields, ...added], next)])
  whole.writeUInt32LE(end, 4)
  return whole
}
