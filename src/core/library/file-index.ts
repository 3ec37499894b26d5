import { readText } from '../../shared/i18n/english.ts'
import type { Text } from '../../shared/i18n/text.ts'
import { PhotoId, AlbumId } from '../../shared/schemas/ids.ts'
import { isWrongType, onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { PathIndex } from './path-index.ts'

/** Grows with each version of Cimaise that can read more: what an older one could not read is then tried again. */
export const decoderVersion = 2

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
}

export interface FailedFile {
  size: number
  mtime: number
  /** In English. */
  reason: string
  /** The same for other languages; what an older Cimaise wrote has none. */
  text?: Text
  decoder: number
}

export const encodeEntry = ({ photo, album, size, mtime, digest, missing }: Entry): string =>
  [photo, album, size, mtime, digest, ...(missing ? ['missing'] : [])].join('\t')

/** Reads an entry; null for what no Cimaise has written, as Redis's contents are not trusted. */
export const parseEntry = (text: string): Entry | null => {
  const [photo, album, size, mtime, digest, missing] = text.split('\t')
  if (!PhotoId.safeParse(photo).success || !AlbumId.safeParse(album).success) return null
  if (!/^\d+$/.test(size ?? '') || !/^-?\d+$/.test(mtime ?? '') || !/^[\w-]{43}$/.test(digest ?? ''))
    return null
  return {
    photo: photo ?? '',
    album: album ?? '',
    size: Number(size),
    mtime: Number(mtime),
    digest: digest ?? '',
    missing: missing === 'missing',
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

/**
 * What this host has taken in, in memory: what comes from the disk is compared with it without asking Redis. It is this
 * host's own file index too: only the account that follows the folders, and administrators, can write it.
 */
export class FileIndex {
  entries = new Map<string, Entry>()
  failures = new Map<string, FailedFile>()
  #pathsByDigest = new PathIndex()
  #pathsByPhoto = new PathIndex()

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
  }

  set(path: string, entry: Entry) {
    this.delete(path)
    this.entries.set(path, entry)
    this.#pathsByDigest.add(entry.digest, path)
    this.#pathsByPhoto.add(entry.photo, path)
  }

  delete(path: string) {
    const entry = this.entries.get(path)
    if (!entry) return
    this.entries.delete(path)
    this.#pathsByDigest.delete(entry.digest, path)
    this.#pathsByPhoto.delete(entry.photo, path)
  }

  /** The paths that had this content, some of them where there are many. */
  pathsOf(digest: string): string[] {
    return this.#pathsByDigest.of(digest, maxPaths)
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
