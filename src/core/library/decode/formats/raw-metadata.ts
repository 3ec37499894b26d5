import { jpegFrame } from './jpeg.ts'

const magic = Buffer.from('II*\0', 'latin1')

/** Values of a TIFF's fields that stand apart, by their type's size in bytes. */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** Fields of one directory that are copied: more is no camera's. */
const maxFields = 400

/** The fields of a little-endian TIFF's first directory, as they will have to be when it stands `by` bytes further on. */
const movedFields = (tiff: Buffer, by: number): Buffer[] => {
  const at = tiff.readUInt32LE(4)
  const count = at + 2 <= tiff.length ? Math.min(tiff.readUInt16LE(at), maxFields) : 0
  return Array.from({ length: count }, (_, i) => {
    const entry = Buffer.alloc(12)
    tiff.copy(entry, 0, at + 2 + 12 * i, at + 14 + 12 * i)
    const bytes = (sizes[entry.readUInt16LE(2)] ?? 1) * entry.readUInt32LE(4)
    if (bytes > 4) entry.writeUInt32LE((entry.readUInt32LE(8) + by) >>> 0, 8)
    return entry
  })
}

const pointer = (tag: number, to: number) => {
  const entry = Buffer.alloc(12)
  entry.writeUInt16LE(tag)
  entry.writeUInt16LE(4, 2)
  entry.writeUInt32LE(1, 4)
  entry.writeUInt32LE(to, 8)
  return entry
}

const directory = (fields: Buffer[]) => {
  const sorted = fields.toSorted((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0))
  const count = Buffer.alloc(2)
  count.writeUInt16LE(sorted.length)
  return Buffer.concat([count, ...sorted, Buffer.alloc(4)])
}

const isTiff = (bytes: Buffer) => bytes.length >= 8 && bytes.subarray(0, 4).equals(magic)

/** Where Canon keeps each directory of a CR3, and the tag that points to it in a TIFF. */
const boxes: [box: string, tag: number][] = [
  ['CMT2', 0x8769],
  ['CMT4', 0x8825],
]

const boxOf = (bytes: Buffer, name: string): Buffer | null => {
  const at = bytes.indexOf(name, 0, 'latin1')
  const size = at >= 4 ? bytes.readUInt32BE(at - 4) : 0
  const box = size > 8 ? Buffer.from(bytes.subarray(at + 4, at - 4 + size)) : null
  return box && isTiff(box) ? box : null
}

/** The directories of a CR3, each a TIFF of its own there, as one TIFF. */
const ofCr3 = (bytes: Buffer): Buffer | null => {
  const head = bytes.subarray(0, 1024 ** 2)
  const first = boxOf(head, 'CMT1')
  if (!first) return null
  const parts = [Buffer.from('II*\0\0\0\0\0', 'latin1'), first]
  let at = 8 + first.length
  const fields = movedFields(first, 8)
  for (const [box, tag] of boxes) {
    const tiff = boxOf(head, box)
    if (!tiff) continue
    const moved = directory(movedFields(tiff, at))
    parts.push(tiff, moved)
    fields.push(pointer(tag, at + tiff.length))
    at += tiff.length + moved.length
  }
  parts[0]?.writeUInt32LE(at, 4)
  return Buffer.concat([...parts, directory(fields)])
}

/** The first JPEG in the file that has EXIF: Fujifilm and Sigma keep it nowhere else. */
const jpegWithExif = (bytes: Buffer): Buffer | null => {
  const at = bytes.indexOf('\xff\xd8\xff\xe1', 0, 'latin1')
  return at >= 0 && jpegFrame(bytes, at) ? bytes.subarray(at) : null
}

/** The same TIFF under the usual mark: Olympus and Panasonic have marks of their own. */
const underUsualMark = (bytes: Buffer) => Buffer.concat([magic, bytes.subarray(4)])

const ofMinolta = (bytes: Buffer) => {
  const at = bytes.indexOf('\0TTW', 0, 'latin1')
  return at < 0 ? null : bytes.subarray(at + 8)
}

/** What a reader of metadata is given of a file: of a RAW of a structure of its own the part that holds EXIF. */
export const metadataPart = (bytes: Buffer, type: string): Buffer => {
  const little = bytes[0] === 0x49
  const parts: Partial<Record<string, () => Buffer | null>> = {
    'image/x-canon-cr3': () => ofCr3(bytes),
    'image/x-fujifilm-raf': () => jpegWithExif(bytes),
    'image/x-sigma-x3f': () => jpegWithExif(bytes),
    'image/x-minolta-mrw': () => ofMinolta(bytes),
    'image/x-olympus-orf': () => (little ? underUsualMark(bytes) : null),
    // The speed stands in the JPEG alone.
    'image/x-panasonic-rw2': () => jpegWithExif(bytes) ?? underUsualMark(bytes),
  }
  return parts[type]?.() ?? bytes
}
