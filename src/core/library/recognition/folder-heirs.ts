import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { hasCode, systemCode } from '../../../shared/errors.ts'
import { onRedis } from '../../redis/errors.ts'
import type { Session } from '../../gallery/session.ts'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Decoder } from '../decode/pool.ts'
import { isParked, type Entry, type KnownFiles } from '../index/file-index.ts'
import { hasGone, isTrueName } from './whereabouts.ts'
import { isContent } from '../index/first-digest.ts'

/** Which folders are gone is believed for this many times as long as it took to find out: a look costs a tenth at most. */
const beliefFactor = 10
/** Files of a folder that are read for one that may have been it: the first that agrees settles it. */
const maxRead = 8

/** A folder that feeds an album, by what is on record. */
export interface MappedFolder {
  folder: string
  album: string
}

export interface HeirParts {
  session: Session
  fileIndex: KnownFiles
  decoder: Pick<Decoder, 'digest'>
  rootOf: (path: string) => RegisteredRoot | null
}

const isFolderGone = async (folder: string): Promise<boolean> => {
  try {
    return !(await lstat(folder)).isDirectory() || !(await isTrueName(folder))
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')
  }
}

/** Tells which folder a new one was before it was renamed or moved, by what it holds. */
export class FolderHeirs {
  readonly #parts: HeirParts
  #gone: Promise<Map<string, string>> | null = null
  #believedUntil = 0

  constructor(parts: HeirParts) {
    this.#parts = parts
  }

  refresh() {
    this.#gone = null
  }

  /** The folder that has gone, most of whose photos are in this one; null where there is none. */
  async predecessor(folder: string): Promise<MappedFolder | null> {
    const gone = await this.#goneFolders()
    if (gone.size === 0) return null
    const names = new Set(await readdir(folder).catch(() => []))
    const votes = new Map<string, number>()
    const byAlbum = new Map([...gone].map(([from, album]) => [album, from]))
    const unread: { from: string; path: string; entry: Entry }[] = []
    for (const [path, entry] of this.#parts.fileIndex.entries) {
      if (isParked(path)) continue
      const at = dirname(path)
      const from = at === folder ? byAlbum.get(entry.album) : undefined
      if (from !== undefined) votes.set(from, (votes.get(from) ?? 0) + 1)
      else if (gone.has(at) && names.has(basename(path))) unread.push({ from: at, path, entry })
    }
    for (const { from, path, entry } of unread.slice(0, maxRead))
      if (await this.#holds(folder, path, entry)) votes.set(from, (votes.get(from) ?? 0) + 1)
    const [best] = [...votes].sort((a, b) => b[1] - a[1])
    return best ? { folder: best[0], album: gone.get(best[0]) ?? '' } : null
  }

  async #holds(folder: string, path: string, { size, digest }: Entry): Promise<boolean> {
    const found = join(folder, basename(path))
    const stats = await lstat(found).catch(() => null)
    if (stats?.size !== size || !(await hasGone(path, found, this.#parts))) return false
    const now = await this.#parts.decoder.digest(found)
    return now.kind === 'digest' && isContent(digest, now)
  }

  #goneFolders(): Promise<Map<string, string>> {
    if (this.#gone && Date.now() < this.#believedUntil) return this.#gone
    this.#believedUntil = Infinity
    const begin = Date.now()
    const reading = this.#readGone().finally(() => {
      this.#believedUntil = Date.now() + beliefFactor * (Date.now() - begin)
    })
    reading.catch(() => (this.#gone = null))
    this.#gone = reading
    return reading
  }

  async #readGone() {
    const { redis, keys, account, host } = this.#parts.session
    const mapped = await onRedis(() => redis.hgetall(keys.folders(account, host))).catch((error: unknown) => {
      if (hasCode(error, 'FORBIDDEN')) throw error
      return {}
    })
    const gone = new Map<string, string>()
    for (const [folder, album] of Object.entries(mapped))
      if (!folder.includes('\0') && (await isFolderGone(folder))) gone.set(folder, album)
    return gone
  }
}
