import { readText } from '../../../shared/i18n/english.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import { PhotoId, AlbumId } from '../../../shared/schemas/ids.ts'
import { isWrongType, onRedis } from '../../redis/errors.ts'
import type { Session } from '../../gallery/session.ts'
import type { FileState } from './file-identity.ts'
import { isFirst } from './first-digest.ts'
import { liveIdPattern } from './live-id.ts'
import { PathIndex } from './path-index.ts'
import { stampPattern } from '../sidecars.ts'

/** Grows with each version of Cimaise that can read more: what an older one could not read is then tried again. */
export const decoderVersion = 3

/** Grows with each version of Cimaise that reads more of what files tell: known files are then read for that once more. */
export const readerVersion = 2

/** What this host has taken in from one path. */
export interface Entry {
  photo: string
  /** Where the photo was when this was written: a hint, as others may have moved it since. */
  album: string
  size: number
  /** Milliseconds since 1970. */
  mtime: number
  /** SHA-256 of the content, base64url. */
  digest: string
  missing: boolean
  /** When the file's content or name last changed by the system's own clock, in milliseconds since 1970; 0 where unknown. */
  ctime?: number
  /** Its number on its disk; some disks number anew each time they are mounted. */
  ino?: number
  /** The stamp of its sidecars when they were read (sidecars.ts). */
  beside?: string
  /** The version of the reader by which the photo's metadata were read; absent in what older versions wrote. */
  reader?: number
  /** What its file shares with the other one of a live photo (live-id.ts). */
  live?: string | undefined
  /**
   * When its folder or drive was first seen to be away with it, in milliseconds since 1970: what is found under its name from then
   * on may be another drive's. Absent where the file was there at the last look.
   */
  away?: number
  /** The same of a file that was met again as it was, and has not changed since: what went when it did came back with it. */
  back?: number
}

/** An entry whose file was found, as it is now. */
export const atHand = (
  { away: _away, back: _back, ...entry }: Entry,
  state: Partial<FileState> = {},
): Entry => ({
  ...entry,
  ...state,
  missing: false,
})

export interface FailedFile {
  size: number
  mtime: number
  /** In English. */
  reason: string
  /** The same for other languages; what an older Cimaise wrote has none. */
  text?: Text
  decoder: number
}

const flagOf = ({ missing, away, back }: Entry) =>
  missing ? 'missing' : away !== undefined ? `away ${away}` : back !== undefined ? `back ${back}` : ''

export const encodeEntry = (entry: Entry): string => {
  const { photo, album, size, mtime, digest, ctime, ino, reader, beside, live } = entry
  const stamp = ctime === undefined ? ['', ''] : [ctime, ino ?? 0]
  const more = [flagOf(entry), ...stamp, reader ?? '', beside ?? '', live ?? '']
  return [photo, album, size, mtime, digest, ...more].join('\t').replace(/\t+$/, '')
}

/** What versions up to 0.1.0 wrote has no stamp: such a file is compared by size and date alone until it is read again. */
const readStamp = (ctime: string | undefined, ino: string | undefined) =>
  /^-?\d{1,15}$/.test(ctime ?? '') && /^\d{1,20}$/.test(ino ?? '')
    ? { ctime: Number(ctime), ino: Number(ino) }
    : {}

const readAway = (flag: string | undefined) => {
  const [, what, moment] = /^(away|back) (\d{1,15})$/.exec(flag ?? '') ?? []
  return what === 'away' || what === 'back' ? { [what]: Number(moment) } : {}
}

const readReading = (reader: string | undefined, beside: string | undefined, live: string | undefined) => ({
  ...(/^\d{1,6}$/.test(reader ?? '') ? { reader: Number(reader) } : {}),
  ...(beside !== undefined && stampPattern.test(beside) ? { beside } : {}),
  ...(live !== undefined && liveIdPattern.test(live) ? { live } : {}),
})

/** Reads an entry; null for what no Cimaise has written, as Redis's contents are not trusted. */
export const parseEntry = (text: string): Entry | null => {
  const [photo, album, size, mtime, digest, flag, ctime, ino, reader, beside, live] = text.split('\t')
  if (!PhotoId.safeParse(photo).success || !AlbumId.safeParse(album).success) return null
  if (!/^\d+$/.test(size ?? '') || !/^-?\d+$/.test(mtime ?? '') || !/^[\w-]{43}$/.test(digest ?? ''))
    return null
  return {
    photo: photo ?? '',
    album: album ?? '',
    size: Number(size),
    mtime: Number(mtime),
    digest: digest ?? '',
    missing: flag === 'missing',
    ...readAway(flag),
    ...readStamp(ctime, ino),
    ...readReading(reader, beside, live),
  }
}

/** Reads what a host noted of a file; null for what no Cimaise has written. */
export const parseFailure = (json: string): FailedFile | null => {
  try {
    const { size, mtime, reason, decoder, ...more } = JSON.parse(json) as Record<keyof FailedFile, unknown>
    if (typeof reason !== 'string') return null
    const text = readText(more.text)
    const failure = { size: Number(size), mtime: Number(mtime), reason, decoder: Number(decoder) }
    return text ? { ...failure, text } : failure
  } catch {
    return null
  }
}

/** All fields of a hash, in parts, so that a large one does not hold up other clients. */
const readHash = async ({ redis }: Session, key: string, each: (field: string, value: string) => void) => {
  let cursor = '0'
  do {
    const [next, flat] = await onRedis(() => redis.hscan(key, cursor, 'COUNT', 2000)).catch(
      (error: unknown) => {
        if (isWrongType(error)) return ['0', []] as [string, string[]] // it gives way to the first file that is taken in
        throw error
      },
    )
    for (let i = 0; i < flat.length; i += 2) each(flat[i] ?? '', flat[i + 1] ?? '')
    cursor = next
  } while (cursor !== '0')
}

/** Paths that are looked at for one digest or one photo: where many files are alike, asking the disk for each takes too long. */
const maxPaths = 8
/** So many alike are all looked at. */
const maxAllPaths = 64

/**
 * Where a photo is kept whose content is nowhere just now, as another photo's has taken its path. No file has such a name,
 * and the place that it had can be read from it.
 */
export const parkedPath = (path: string, photo: string): string => `${placeOf(path)}\0${photo}`

export const isParked = (path: string): boolean => path.includes('\0')

/** The path of a file, as it is or as it was before its photo was parked. */
export const placeOf = (path: string): string => path.split('\0', 1)[0] ?? path

/** How many files have each size. */
class Counts {
  readonly #counts = new Map<number, number>()

  add(size: number, files: 1 | -1) {
    const count = (this.#counts.get(size) ?? 0) + files
    if (count > 0) this.#counts.set(size, count)
    else this.#counts.delete(size)
  }

  has(size: number): boolean {
    return this.#counts.has(size)
  }
}

/**
 * What this host has taken in, in memory: what comes from the disk is compared with it without asking Redis. It is this
 * host's own file index too: only the account that follows the folders, and administrators, can write it.
 */
export class FileIndex {
  entries = new Map<string, Entry>()
  failures = new Map<string, FailedFile>()
  #pathsByDigest = new PathIndex()
  #pathsByPhoto = new PathIndex()
  /** Of photos that are missing, whose content is waited for. */
  #lostByDigest = new PathIndex()
  #sizes = new Counts()
  /** Of files that have been read whole. */
  #wholeSizes = new Counts()

  /** Reads it anew from Redis, as other processes of this host write it too; until then the old one holds. */
  async load(session: Session): Promise<void> {
    const { keys, account, host } = session
    const fresh = new FileIndex()
    await readHash(session, keys.library(account, host), (path, text) => {
      const entry = parseEntry(text)
      if (entry) fresh.set(path, entry)
    })
    await readHash(session, keys.failures(account, host), (path, text) => {
      const failure = parseFailure(text)
      if (failure) fresh.failures.set(path, failure)
    })
    this.entries = fresh.entries
    this.failures = fresh.failures
    this.#pathsByDigest = fresh.#pathsByDigest
    this.#pathsByPhoto = fresh.#pathsByPhoto
    this.#lostByDigest = fresh.#lostByDigest
    this.#sizes = fresh.#sizes
    this.#wholeSizes = fresh.#wholeSizes
  }

  set(path: string, entry: Entry) {
    this.delete(path)
    this.entries.set(path, entry)
    this.#pathsByDigest.add(entry.digest, path)
    this.#pathsByPhoto.add(entry.photo, path)
    if (entry.missing) this.#lostByDigest.add(entry.digest, path)
    this.#sizes.add(entry.size, 1)
    if (!isFirst(entry.digest)) this.#wholeSizes.add(entry.size, 1)
  }

  delete(path: string) {
    const entry = this.entries.get(path)
    if (!entry) return
    this.entries.delete(path)
    this.#pathsByDigest.delete(entry.digest, path)
    this.#pathsByPhoto.delete(entry.photo, path)
    this.#lostByDigest.delete(entry.digest, path)
    this.#sizes.add(entry.size, -1)
    if (!isFirst(entry.digest)) this.#wholeSizes.add(entry.size, -1)
  }

  /** Whether some photo's file had this size: only then its content can be known. */
  hasSize(size: number): boolean {
    return this.#sizes.has(size)
  }

  /** The same of files that have been read whole: of the others a first look tells the content as well. */
  hasWholeSize(size: number): boolean {
    return this.#wholeSizes.has(size)
  }

  /** The paths that had this content, some of them where there are many, those of missing photos first. */
  pathsOf(digest: string): string[] {
    const lost = this.#lostByDigest.of(digest, maxPaths)
    const alike = this.#pathsByDigest.count(digest)
    return [...new Set([...lost, ...this.#pathsByDigest.of(digest, alike > maxAllPaths ? maxPaths : alike)])]
  }

  /** The paths that were taken in as this photo: one, unless processes were at odds. */
  pathsOfPhoto(photo: string): string[] {
    return this.#pathsByPhoto.of(photo, maxPaths)
  }
}

/** The file index for what only reads it. */
export type KnownFiles = Pick<FileIndex, 'pathsOf' | 'pathsOfPhoto'> & {
  readonly entries: ReadonlyMap<string, Entry>
  readonly failures: ReadonlyMap<string, FailedFile>
}
