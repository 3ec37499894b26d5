import { basename } from 'node:path'
import { foldTag } from '../../../shared/domain/tags.ts'
import type { ReadPhoto } from '../decode/read-photo.ts'
import { onlyState, type FileState } from '../index/file-identity.ts'
import { encodeEntry, readerVersion, type Entry } from '../index/file-index.ts'

/** Fields that come from what a file and its sidecars tell. */
export const toldFields = [
  'orientation',
  'taken',
  'guessed',
  'named',
  'creator',
  'copyright',
  'camera',
  'lens',
  'aperture',
  'exposure',
  'iso',
  'focal',
  'lat',
  'lon',
  'alt',
]

/** Fields that come from the file's content: a changed file that does not tell of one no longer has it. */
const contentFields = [
  ...toldFields,
  'type',
  'width',
  'height',
  'placeholder',
  'damage',
  'duration',
  'codecs',
  'drawn',
  'film',
]

export interface NewPhoto {
  path: string
  read: ReadPhoto
}

/** What an entry says of a photo that is written as it was read. */
export const asRead = ({ read: { bytes: size, mtime, ctime, ino, beside, digest, live } }: NewPhoto) => ({
  ...onlyState({ size, mtime, ctime, ino, beside }),
  digest,
  live,
  reader: readerVersion,
})

/** As a file was when it was read, which may be later than when it was found. */
export const readState = ({ read: { bytes: size, mtime, ctime, ino } }: NewPhoto): FileState =>
  onlyState({ size, mtime, ctime, ino })

/** What is kept of what a file tells: that its pixels lie as they are seen is so of nearly all, and goes without saying. */
export const keptOf = (fields: Record<string, string>): Record<string, string> => {
  const { orientation, ...others } = fields
  return orientation === undefined || orientation === '1' ? others : fields
}

/** What a photo's hash says of its file, where it lies and what is in it. */
export const fieldsOf = ({ path, read }: NewPhoto, host: string): Record<string, string> => ({
  name: basename(path),
  host,
  path,
  digest: read.digest,
  bytes: String(read.bytes),
  mtime: String(read.mtime),
  thumb: read.thumbName,
  ...keptOf(read.fields),
})

/** What a file says, as the functions of Redis take it (includes/said.lua). */
export const saidArgs = ({ said }: Pick<ReadPhoto, 'said'>): string[] => [
  ...[said.title, said.caption, said.rating, said.flag, said.label],
  said.tags.map(foldTag).join('\n'),
  said.tags.join('\n'),
]

interface Read {
  set: Record<string, string>
  /** What the file says now, as saidArgs gives it; null where it was not read. */
  said: string[] | null
  remove: string[]
}

/** What was read of a file, as the functions of Redis take it (includes/follow.lua). */
export const readArgs = ({ set, said, remove }: Read) => {
  const fields = Object.entries(set)
  return [...[fields.length, ...fields.flat()], ...(said ? [1, ...said] : [0]), ...[remove.length, ...remove]]
}

/** The same of one whose whole file was read: what it tells, and what it no longer has. */
export const contentOf = (photo: NewPhoto, host: string) => {
  const set = fieldsOf(photo, host)
  const remove = [...contentFields.filter((name) => !(name in set)), 'missing']
  return { set, remove, said: saidArgs(photo.read) }
}

/** What a photo that has this content is to have, and to have no longer. */
export const completionArgs = (photo: NewPhoto, entry: Entry, host: string) => [
  ...[entry.photo, photo.path, encodeEntry(entry), photo.read.time],
  ...readArgs(contentOf(photo, host)),
]
