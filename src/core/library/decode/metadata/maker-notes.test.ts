import { expect, test } from 'vitest'
import { readMetadata } from '../metadata.ts'

type Field = [tag: number, type: number, values: number[] | string]

const little = { short: 3, long: 4, fraction: 5, text: 2, bytes: 7 }
const widths: Partial<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 }

const bytesOf = (type: number, values: number[] | string): Buffer => {
  if (typeof values === 'string') return Buffer.from(values, 'latin1')
  const width = widths[type] ?? 1
  const bytes = Buffer.alloc(width * values.length)
  for (const [i, value] of values.entries())
    if (type === little.fraction) {
      bytes.writeUInt32LE(Math.round(value * 10), i * width)
      bytes.writeUInt32LE(10, i * width + 4)
    } else bytes.writeUIntLE(value, i * width, width)
  return bytes
}

/** A directory that stands at `at` from where its offsets count, and its values behind it. */
const directory = (at: number, fields: Field[]): Buffer => {
  const head = Buffer.alloc(2 + 12 * fields.length + 4)
  head.writeUInt16LE(fields.length)
  const values: Buffer[] = []
  let next = at + head.length
  for (const [i, [tag, type, value]] of fields.entries()) {
    const bytes = bytesOf(type, value)
    const entry = 2 + 12 * i
    head.writeUInt16LE(tag, entry)
    head.writeUInt16LE(type, entry + 2)
    head.writeUInt32LE(bytes.length / (widths[type] ?? 1), entry + 4)
    if (bytes.length <= 4) bytes.copy(head, entry + 8)
    else {
      head.writeUInt32LE(next, entry + 8)
      values.push(bytes)
      next += bytes.length
    }
  }
  return Buffer.concat([head, ...values])
}

const tiffHead = Buffer.from('II*\0\x08\0\0\0', 'latin1')

/** Where the notes stand in what `withNotes` makes. */
const notesAt = 100

/** A TIFF of this make whose EXIF has nothing but the maker's notes. */
const withNotes = (make: string, notes: Buffer): Buffer => {
  const exifAt = 70
  const first = directory(8, [
    [0x010f, little.text, `${make}\0`],
    [0x8769, little.long, [exifAt]],
  ])
  const exif = Buffer.alloc(18)
  exif.writeUInt16LE(1)
  exif.writeUInt16LE(0x927c, 2)
  exif.writeUInt16LE(little.bytes, 4)
  exif.writeUInt32LE(Math.max(notes.length, 5), 6)
  exif.writeUInt32LE(notesAt, 10)
  const tiff = Buffer.alloc(notesAt)
  Buffer.concat([tiffHead, first]).copy(tiff)
  exif.copy(tiff, exifAt)
  return Buffer.concat([tiff, notes])
}

const fieldsOf = (make: string, notes: Buffer) => readMetadata(withNotes(make, notes)).fields

test("Canon's lens by its name, or by its focal lengths; the speed by the menu, or as the camera chose it", () => {
  const settings: number[] = Array.from({ length: 26 }, (_, i) => (i === 0 ? 52 : 0))
  settings.splice(23, 3, 135, 28, 1)
  settings[16] = 17
  const range: Field = [1, little.short, settings]
  expect(fieldsOf('Canon', directory(notesAt, [range]))).toMatchObject({ lens: '28-135mm', iso: '100' })
  const named: Field = [0x95, little.text, 'EF35mm f/2 IS USM\0']
  const auto: Field = [4, little.short, [0, 0, 128]]
  settings[16] = 15
  const chosen = fieldsOf('Canon', directory(notesAt, [[1, little.short, settings], auto, named]))
  expect(chosen).toMatchObject({ lens: 'EF35mm f/2 IS USM', iso: '50' })
})

test("Canon's numbers are not believed where the notes have been moved, so that they are those of something else", () => {
  const settings = Array.from({ length: 26 }, () => 7)
  expect(fieldsOf('Canon', directory(notesAt, [[1, little.short, settings]]))).not.toHaveProperty('lens')
})

test("Nikon's lens and speed stand in a TIFF of their own", () => {
  const own = directory(8, [
    [2, little.short, [0, 200]],
    [0x84, little.fraction, [18, 70, 3.5, 4.5]],
  ])
  const notes = Buffer.concat([Buffer.from('Nikon\0\x02\x10\0\0', 'latin1'), tiffHead, own])
  expect(fieldsOf('NIKON CORPORATION', notes)).toMatchObject({ lens: '18-70mm f/3.5-4.5', iso: '200' })
})

test("Olympus's lens stands in a directory below, whose offsets count from the notes", () => {
  const belowAt = 12 + 2 + 12 + 4
  const below = directory(belowAt, [[0x203, little.text, 'OLYMPUS M.12-40mm F2.8\0']])
  const notes = Buffer.concat([
    Buffer.from('OLYMPUS\0II\x03\0', 'latin1'),
    directory(12, [[0x2010, little.long, [belowAt]]]),
    below,
  ])
  expect(fieldsOf('OLYMPUS IMAGING CORP.', notes)).toMatchObject({ lens: 'OLYMPUS M.12-40mm F2.8' })
})

test("Panasonic's lens by its name", () => {
  const own = directory(notesAt + 12, [[0x51, little.text, 'LUMIX G VARIO 12-32/F3.5-5.6\0']])
  const notes = Buffer.concat([Buffer.from('Panasonic\0\0\0', 'latin1'), own])
  expect(fieldsOf('Panasonic', notes)).toMatchObject({ lens: 'LUMIX G VARIO 12-32/F3.5-5.6' })
})

test("Fujifilm's lens by its numbers, and the stars that the camera gave", () => {
  const own = directory(12, [
    [0x1404, little.fraction, [18]],
    [0x1405, little.fraction, [55]],
    [0x1406, little.fraction, [2.8]],
    [0x1407, little.fraction, [4]],
    [0x1431, little.long, [4]],
  ])
  const notes = Buffer.concat([Buffer.from('FUJIFILM\x0c\0\0\0', 'latin1'), own])
  const { fields, said } = readMetadata(withNotes('FUJIFILM', notes))
  expect(fields).toMatchObject({ lens: '18-55mm f/2.8-4' })
  expect(said.rating).toBe('4')
})

test('notes that are cut off, or point anywhere, add nothing', () => {
  const marks = ['Nikon\0\x02\x10\0\0II*\0\xff\xff\xff\xff', 'OLYMPUS\0II\x03\0', 'FUJIFILM\xff\xff\xff\xff']
  for (const mark of [...marks, 'Panasonic\0\0\0\xff\xff', 'FUJIFILM', ''])
    expect(fieldsOf('Canon', Buffer.from(mark, 'latin1'))).not.toHaveProperty('lens')
})
