import type { FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { Home } from '../gallery/local-settings.ts'
import { identityOf, type FileIdentity } from '../library/index/file-identity.ts'
import { fetchEntry } from '../library/recognition/locate-photo.ts'
import { Holders } from '../library/recognition/holders.ts'
import type { Entry, FileIndex } from '../library/index/file-index.ts'
import { openRegistered } from '../library/open-file.ts'
import { innermost } from '../library/roots/registered-roots.ts'
import { isPicture, sniff, sniffBytes } from '../library/decode/file-type.ts'
import { filmIn, type Film } from '../library/decode/video/film-in-photo.ts'
import { isVideo } from '../library/decode/video/video-type.ts'
import { noteEntries } from '../library/index/index-writer.ts'
import { onRedis } from '../redis/errors.ts'
import { isStranger, type Session } from '../gallery/session.ts'

/** An original that is open for reading. The caller closes it. */
export interface Original {
  file: FileHandle
  /** Real path of the file: below a registered root of this host. */
  path: string
  /** The path under which the index has it. */
  indexed: string
  identity: FileIdentity
  /** MIME type by the file's own first bytes, of a kind that is taken in. */
  type: string
  /** What the index says of the file. */
  entry: Entry
  /** The file is still the one that was taken in, by its size and date. */
  unchanged: boolean
  /** The session that took it in, which may write what becomes of it. */
  host: Session
}

/** An original as the index has it. */
export type KnownOriginal = Pick<Original, 'indexed' | 'entry'>

/** The originals that this host has taken in, for callers of any account. */
export interface Originals {
  /**
   * Opens the original of a photo that the caller can read. FORBIDDEN where Redis gives the caller no record of it;
   * NOT_FOUND, always in the same words, where this host has no original to show for it.
   */
  open: (caller: Session, album: string, photo: string) => Promise<Original>
  /**
   * Where the original of a photo is that the caller can read, and what it holds, as the index says: without a look at the disk, so
   * that its drive may be away. Refuses as `open` does.
   */
  known: (caller: Session, album: string, photo: string) => Promise<KnownOriginal>
  /** Photos were moved by this process: the index follows. */
  moved: (photos: string[], from: string, to: string) => Promise<void>
}

/** Of a motion photo the film alone. NOT_FOUND, and its file closed, where there is none in it. */
export const filmOf = async (original: Original): Promise<Original & { film: Film }> => {
  const film = isVideo(original.type) ? null : filmIn(original.file.fd, original.identity.size)
  if (film) return { ...original, film }
  await original.file.close()
  throw notHere()
}

/** One answer for whatever is amiss, so that no caller learns from it what this host has on its disk. */
const notHere = () => new GalleryError('NOT_FOUND', 'noOriginal')

/** Where there is no library, there are no originals. */
export const noOriginals: Originals = {
  open: () => Promise.reject(notHere()),
  known: () => Promise.reject(notHere()),
  moved: () => Promise.resolve(),
}

interface Parts {
  /** The session that follows the folders of this host, and whose file index says what was taken in. */
  host: Session
  home: Home
  fileIndex: FileIndex
}

type Take<T> = (indexed: string) => Promise<T | null>

class HostOriginals implements Originals {
  readonly #parts: Parts
  readonly #holders: Holders

  constructor(parts: Parts) {
    this.#parts = parts
    this.#holders = new Holders(parts.host)
  }

  open = (caller: Session, album: string, photo: string): Promise<Original> =>
    this.#find(caller, album, photo, (indexed) => this.#open(indexed))

  known = (caller: Session, album: string, photo: string): Promise<KnownOriginal> =>
    this.#find(caller, album, photo, (indexed) => Promise.resolve(this.#known(indexed)))

  /** What `take` makes of the first path of a photo for which it makes anything. */
  async #find<T>(caller: Session, album: string, photo: string, take: Take<T>): Promise<T> {
    const { redis, keys } = caller
    if (!(await onRedis(() => redis.exists(keys.photo(album, photo))))) throw notHere()
    for (const path of this.#parts.fileIndex.pathsOfPhoto(photo)) {
      const found = await this.#takeAs(caller, album, path, take)
      if (found) return found
    }
    const path = await this.#learn(caller, album, photo)
    const found = path === null ? null : await this.#takeAs(caller, album, path, take)
    if (!found) throw notHere()
    return found
  }

  moved = async (photos: string[], from: string, to: string): Promise<void> => {
    const { fileIndex, host } = this.#parts
    const changed = new Map<string, Entry>()
    for (const photo of photos)
      for (const path of fileIndex.pathsOfPhoto(photo)) {
        const entry = fileIndex.entries.get(path)
        if (entry?.album === from) changed.set(path, { ...entry, album: to })
      }
    for (const [path, entry] of changed) fileIndex.set(path, entry)
    await noteEntries(host, changed)
  }

  /**
   * Another process of this host may have taken the file in, or found it elsewhere: the index in Redis is asked for the
   * path that the record names. What the record says is only where to look: the entry there must be this photo's. Visitors are shown no
   * path, so the host's own session looks for them.
   */
  async #learn(caller: Session, album: string, photo: string): Promise<string | null> {
    const { host, fileIndex } = this.#parts
    const { redis, keys } = isStranger(caller) ? host : caller
    const path = await redis.hget(keys.photo(album, photo), 'path').catch(() => null)
    const entry = path ? await fetchEntry(host, path) : null
    if (!path || entry?.photo !== photo) return null
    fileIndex.set(path, entry)
    return path
  }

  async #takeAs<T>(caller: Session, album: string, indexed: string, take: Take<T>): Promise<T | null> {
    const entry = this.#parts.fileIndex.entries.get(indexed)
    if (!entry) return null
    const served = await this.#holders.serves(caller, album, entry)
    if (served === 'no') return null
    if (served === 'moved') await this.moved([entry.photo], entry.album, album)
    return take(indexed)
  }

  /** Only below what is registered now, as for its file. */
  #known(indexed: string): KnownOriginal | null {
    const { host, home, fileIndex } = this.#parts
    const entry = fileIndex.entries.get(indexed)
    return entry && innermost(home.roots(host.keys.gallery), indexed) ? { indexed, entry } : null
  }

  async #open(indexed: string): Promise<Original | null> {
    const { host, home, fileIndex } = this.#parts
    const opened = await openRegistered(home, host.keys.gallery, indexed)
    if (!opened) return null
    const { file, stats, path } = opened
    const type = await typeOf(file, path).catch(() => null)
    const entry = fileIndex.entries.get(indexed)
    if (type === null || !entry) {
      await file.close()
      return null
    }
    const unchanged = stats.size === entry.size && Math.trunc(stats.mtimeMs) === entry.mtime
    return { file, path, indexed, identity: identityOf(stats), type, entry, unchanged, host }
  }
}

/** Kind of picture or video by the file's own bytes; null where it is none that is taken in. */
const typeOf = async (file: FileHandle, path: string): Promise<string | null> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0)
  const type = sniff(buffer.subarray(0, bytesRead), basename(path))
  return type !== null && (isPicture(type) || isVideo(type)) ? type : null
}

/** The originals in the file index of a host's session. */
export const createOriginals = (parts: Parts): Originals => new HostOriginals(parts)

/** The answer of the first one that has the original. */
const askEach = async <T>(all: Originals[], ask: (originals: Originals) => Promise<T>): Promise<T> => {
  for (const originals of all) {
    try {
      return await ask(originals)
    } catch (error) {
      if (!hasCode(error, 'NOT_FOUND')) throw error
    }
  }
  throw notHere()
}

/** Several as one: each is asked in turn. */
export const firstOf = (all: Originals[]): Originals => ({
  open: (...asked) => askEach(all, (originals) => originals.open(...asked)),
  known: (...asked) => askEach(all, (originals) => originals.known(...asked)),
  moved: async (photos, from, to) => {
    for (const originals of all) await originals.moved(photos, from, to)
  },
})
