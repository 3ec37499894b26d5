import { exifBlocks } from '../formats/jpeg.ts'
import { isTiff, TiffReader, type Directory } from '../formats/tiff-fields.ts'
import { addTag, type TagSet } from './tag-set.ts'

/** A maker's own directory: its fields, and how one below it is read. */
interface Notes {
  fields: Directory
  below: (tag: number) => Directory
}

type NotesReader = (tiff: Buffer, at: number) => Notes

/** More fields than these are the sign of a number that is read from the wrong end. */
const maxFields = 255

/** A directory whose offsets count from `base`, in the order of bytes that `little` says. */
const directoryAt = (tiff: Buffer, base: number, at: number, little = tiff[0] === 0x49): Notes => {
  const bytes = tiff.subarray(base)
  const usual = new TiffReader(bytes, little)
  // Programs that write EXIF in the other order of bytes leave the notes as they are.
  const reader = usual.number(at, 2) > maxFields ? new TiffReader(bytes, !little) : usual
  const below = (tag: number) => {
    const place = reader.placeOf(at, tag)
    if (place === undefined) return new Map<number, never>()
    // Either the directory is the field's own value, or the value says where it is.
    const fields = reader.directory(place).fields
    return fields.size > 0 ? fields : reader.directory(reader.number(place, 4)).fields
  }
  return { fields: reader.directory(at).fields, below }
}

const text = (fields: Directory, tag: number) => {
  const value = fields.get(tag)
  return typeof value === 'string' ? value.trim() : undefined
}

const numbers = (fields: Directory, tag: number): number[] => {
  const value = fields.get(tag)
  return Array.isArray(value) ? value : []
}

/** What Canon's first digital cameras say of the film's speed: entries of their menu. */
const canonIsos: Partial<Record<number, number>> = { 16: 50, 17: 100, 18: 200, 19: 400, 20: 800 }

/** By the menu, else by what the camera chose, in 32ths of a stop, for which the menu says `auto`. */
const canonIso = (setting: number, [, auto = 0, base = 0]: number[]): number | undefined => {
  if (setting & 0x4000) return setting & 0x3fff
  return canonIsos[setting] ?? (base > 0 ? Math.round(2 ** ((auto + base) / 32) * (100 / 32)) : undefined)
}

const addCanon = (tags: TagSet, { fields }: Notes) => {
  addTag(tags, 'MakerNotes:LensModel', text(fields, 0x0095))
  const settings = numbers(fields, 0x0001)
  // They begin with their length in bytes: otherwise a program has moved the notes, and the offsets lead elsewhere.
  if (settings[0] !== 2 * settings.length) return
  addTag(tags, 'MakerNotes:ISO', canonIso(settings[16] ?? 0, numbers(fields, 0x0004)))
  const [longest = 0, shortest = 0, unit = 0] = settings.slice(23, 26)
  if (unit > 0) addTag(tags, 'MakerNotes:LensInfo', [shortest / unit, longest / unit])
}

const addNikon = (tags: TagSet, { fields }: Notes) => {
  addTag(tags, 'MakerNotes:LensInfo', numbers(fields, 0x0084))
  addTag(tags, 'MakerNotes:ISO', numbers(fields, 0x0002)[1])
}

const addOlympus = (tags: TagSet, { below }: Notes) => {
  addTag(tags, 'MakerNotes:LensModel', text(below(0x2010), 0x0203))
}

const addPanasonic = (tags: TagSet, { fields }: Notes) => {
  addTag(tags, 'MakerNotes:LensType', text(fields, 0x0051))
}

const addFujifilm = (tags: TagSet, { fields }: Notes) => {
  addTag(tags, 'MakerNotes:Rating', numbers(fields, 0x1431)[0])
  const [shortest = 0, longest = 0, open = 0, close = 0] = [0x1404, 0x1405, 0x1406, 0x1407].map(
    (tag) => numbers(fields, tag)[0],
  )
  addTag(tags, 'MakerNotes:LensInfo', [shortest, longest, open, close])
}

/** What the two files of a live photo share. */
const addApple = (tags: TagSet, { fields }: Notes) => {
  addTag(tags, 'MakerNotes:ContentIdentifier', text(fields, 0x0011))
}

const nikonOfOwnTiff: NotesReader = (tiff, at) => {
  const own = tiff.subarray(at + 10)
  return directoryAt(own, 0, new TiffReader(own).number(4, 4))
}

const fromTiff =
  (head: number): NotesReader =>
  (tiff, at) =>
    directoryAt(tiff, 0, at + head)

const fromItself =
  (head: number): NotesReader =>
  (tiff, at) =>
    directoryAt(tiff, at, head, tiff[at + 8] === 0x49)

const fujifilm: NotesReader = (tiff, at) =>
  directoryAt(tiff, at, at + 12 <= tiff.length ? tiff.readUInt32LE(at + 8) : 0, true)

/** How notes begin, how they are read, and what in them is read. Canon's begin with nothing of the kind. */
const makers: [mark: string, read: NotesReader, add: (tags: TagSet, notes: Notes) => void][] = [
  ['Nikon\0\x02', nikonOfOwnTiff, addNikon],
  ['Apple iOS\0', fromItself(14), addApple],
  ['OLYMPUS\0', fromItself(12), addOlympus],
  ['OM SYSTEM\0\0\0', fromItself(16), addOlympus],
  ['OLYMP\0', fromTiff(8), addOlympus],
  ['Panasonic\0', fromTiff(12), addPanasonic],
  ['FUJIFILM', fujifilm, addFujifilm],
]

/** The TIFF within a file in which its EXIF stands; null where there is none. */
const tiffOf = (bytes: Buffer): Buffer | null => {
  if (isTiff(bytes)) return bytes
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return exifBlocks(bytes).next().value?.tiff ?? null
  for (const [mark, skipped] of [
    ['Exif\0\0', 6],
    ['eXIf', 4],
    ['EXIF', 8],
  ] as const) {
    const at = bytes.indexOf(mark, 0, 'latin1')
    if (at >= 0 && isTiff(bytes, at + skipped)) return bytes.subarray(at + skipped)
  }
  return null
}

const tags = { exif: 0x8769, make: 0x010f, notes: 0x927c }

/**
 * Adds what makers write into their own notes alone: lenses, the ISO's speed of old cameras, stars given in the camera, what binds
 * the files of a live photo together.
 * What is broken adds nothing.
 *
 * @see https://exiftool.org/makernote_types.html and the tables of each maker there
 */
export const readMakerNotes = (found: TagSet, bytes: Buffer): void => {
  const tiff = tiffOf(bytes)
  if (!tiff) return
  const reader = new TiffReader(tiff)
  const first = reader.number(4, 4)
  const exif = reader.placeOf(first, tags.exif)
  const at = exif === undefined ? undefined : reader.placeOf(reader.number(exif, 4), tags.notes)
  if (at === undefined || at >= tiff.length) return
  const start = tiff.toString('latin1', at, at + 12)
  const known = makers.find(([mark]) => start.startsWith(mark))
  if (known) return known[2](found, known[1](tiff, at))
  const make = text(reader.directory(first).fields, tags.make) ?? ''
  if (/^canon/i.test(make)) addCanon(found, directoryAt(tiff, 0, at))
  else if (/^nikon/i.test(make)) addNikon(found, directoryAt(tiff, 0, at))
}
