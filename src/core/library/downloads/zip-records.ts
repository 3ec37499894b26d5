/** The largest number that a zip file holds in 32 bits: from there on it stands in a field of 64. */
const max32 = 0xffff_ffff
const max16 = 0xffff

/** Names are UTF-8 (APPNOTE.TXT 4.4.4, bit 11); the checksum stands behind the content (bit 3), where it is known only then. */
const flags = { utf8: 0x0800, described: 0x0008 }

/** The version of the format that a reader has to know: with 64-bit sizes, and without. */
const versionOf = (isLarge: boolean) => (isLarge ? 45 : 20)

/** A usual file that its owner may write, as Unix says it, in the upper half of the attributes. */
const unixFile = { host: 3 << 8, attributes: 0o100_644 * 0x1_0000 }

/** What is written of a file besides its content. */
export interface ZipFile {
  /** UTF-8, with `/` between folders. */
  name: Buffer
  /** Bytes of the content, which stands as it is. */
  size: number
  /** As MS-DOS says it: `zipDate`. */
  date: number
  /** CRC-32 of the content; null where it is known behind it only. */
  crc: number | null
}

/** A file in its place in the zip file, with its checksum. */
export interface PlacedFile extends ZipFile {
  at: number
  isDescribed: boolean
}

/** The first and the last year that a zip file can say (APPNOTE.TXT 4.4.6). */
const zipYears = { first: 1980, last: 2107 }

/** A moment by this computer's clock, in steps of two seconds; the first that can be said for one that cannot. */
export const zipDate = (date: Date): number => {
  const year = date.getFullYear()
  if (!(year >= zipYears.first && year <= zipYears.last)) return 0x0021_0000
  const day = ((year - zipYears.first) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1)
  return day * 0x1_0000 + time
}

/** Little-endian numbers of 2, 4 or 8 bytes, one after the other. */
const fields = (...numbers: [bytes: 2 | 4 | 8, value: number][]): Buffer => {
  const record = Buffer.alloc(numbers.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of numbers) {
    if (bytes === 8) record.writeBigUInt64LE(BigInt(value), at)
    else record.writeUIntLE(value, at, bytes)
    at += bytes
  }
  return record
}

/** What does not fit into 32 bits, in the field for it. */
const largeField = (values: number[]): Buffer =>
  values.length === 0
    ? Buffer.alloc(0)
    : fields([2, 1], [2, 8 * values.length], ...values.map((value): [8, number] => [8, value]))

const isLargeSize = (size: number) => size >= max32

const flagsOf = (isDescribed: boolean) => flags.utf8 | (isDescribed ? flags.described : 0)

/** Stands before the content of a file. */
export const localHeader = ({ name, size, date, crc }: ZipFile): Buffer => {
  const isLarge = isLargeSize(size)
  const told = crc === null && !isLarge ? 0 : Math.min(size, max32)
  const extra = largeField(isLarge ? [size, size] : [])
  return Buffer.concat([
    fields([4, 0x0403_4b50], [2, versionOf(isLarge)], [2, flagsOf(crc === null)], [2, 0], [4, date]),
    fields([4, crc ?? 0], [4, told], [4, told], [2, name.length], [2, extra.length]),
    name,
    extra,
  ])
}

/** Stands behind the content of a file whose checksum was not known before. */
export const descriptor = (size: number, crc: number): Buffer => {
  const bytes = isLargeSize(size) ? 8 : 4
  return fields([4, 0x0807_4b50], [4, crc], [bytes, size], [bytes, size])
}

/** A file in the directory at the end. */
export const directoryEntry = ({ name, size, date, crc, at, isDescribed }: PlacedFile): Buffer => {
  const extra = largeField([...(isLargeSize(size) ? [size, size] : []), ...(isLargeSize(at) ? [at] : [])])
  const version = versionOf(extra.length > 0)
  return Buffer.concat([
    fields([4, 0x0201_4b50], [2, unixFile.host | version], [2, version], [2, flagsOf(isDescribed)], [2, 0]),
    fields([4, date], [4, crc ?? 0], [4, Math.min(size, max32)], [4, Math.min(size, max32)]),
    fields([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, unixFile.attributes]),
    fields([4, Math.min(at, max32)]),
    name,
    extra,
  ])
}

/** The bytes of a file's entry in the directory, without its content. */
export const directoryEntrySize = ({ name, size }: Pick<ZipFile, 'name' | 'size'>, at: number): number => {
  const large = (isLargeSize(size) ? 2 : 0) + (isLargeSize(at) ? 1 : 0)
  return 46 + name.length + (large > 0 ? 4 + 8 * large : 0)
}

/** The last bytes of a zip file. */
export const endOfZip = (files: number, directory: { at: number; size: number }): Buffer => {
  const { at, size } = directory
  const isLarge = files >= max16 || at >= max32 || size >= max32
  const large = isLarge
    ? [
        fields([4, 0x0606_4b50], [8, 44], [2, unixFile.host | 45], [2, 45], [4, 0], [4, 0]),
        fields([8, files], [8, files], [8, size], [8, at]),
        fields([4, 0x0706_4b50], [4, 0], [8, at + size], [4, 1]),
      ]
    : []
  const counted = Math.min(files, max16)
  return Buffer.concat([
    ...large,
    fields([4, 0x0605_4b50], [2, 0], [2, 0], [2, counted], [2, counted]),
    fields([4, Math.min(size, max32)], [4, Math.min(at, max32)], [2, 0]),
  ])
}
