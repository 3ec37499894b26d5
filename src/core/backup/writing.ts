import { GalleryError } from '../../shared/errors.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'
import { isThumb, notWhole, type KeyEntry, type ThumbEntry } from './format.ts'

/** Writes that are under way at once. */
const batchEntries = 500
const batchBytes = 4 * 1024 * 1024
/** Bytes of entries that are kept in memory until rights are set. */
const maxLateBytes = 32 * 1024 * 1024

/** Writes what a backup holds into Redis. */
export class Writing {
  readonly #redis: Connection
  readonly #keys: Keys
  #batch: (KeyEntry | ThumbEntry)[] = []
  #bytes = 0
  #meta: KeyEntry | null = null
  readonly #late: KeyEntry[] = []
  #lateBytes = 0

  constructor(redis: Connection, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  async add(entry: KeyEntry | ThumbEntry) {
    if (!isThumb(entry)) {
      const key = entry.key.toString()
      if (key === this.#keys.meta) {
        this.#meta = entry
        return
      }
      // Of Redis's own users, which are made anew, and of the servers that they are on.
      if (key === this.#keys.applied || key === this.#keys.steward) return
      if (this.#isLate(key, entry)) return
    }
    this.#batch.push(entry)
    this.#bytes += isThumb(entry) ? entry.webp.length : entry.dump.length
    if (this.#batch.length >= batchEntries || this.#bytes >= batchBytes) await this.#flush()
  }

  /** Everything but `meta` is written, which comes back: with it the gallery is whole. */
  async end(): Promise<KeyEntry> {
    await this.#flush()
    if (!this.#meta) throw notWhole('wholeNameless')
    return this.#meta
  }

  /** Writes what rights being set has added to. */
  async restoreLate() {
    this.#batch = this.#late
    await this.#flush()
  }

  /** What accounts are told of their rights: setting those adds to it. */
  #isLate(key: string, entry: KeyEntry) {
    const ownIdPrefix = this.#keys.pattern.user('').replace(/:\*$/, '')
    const name = key.startsWith(ownIdPrefix) ? key.slice(ownIdPrefix.length, -':events'.length) : ''
    const late = name !== '' && !name.includes(':') && key === this.#keys.accountEvents(name)
    if (!late || this.#lateBytes + entry.dump.length > maxLateBytes) return false
    this.#lateBytes += entry.dump.length
    return this.#late.push(entry) > 0
  }

  async #flush() {
    const batch = this.#batch
    this.#batch = []
    this.#bytes = 0
    // Commands of one turn go out together; on a cluster each to the server that its key belongs to.
    const outcomes = await Promise.allSettled(batch.map((entry) => this.#write(entry)))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw this.#inWords(outcome.reason)
  }

  #write(entry: KeyEntry | ThumbEntry) {
    if (!isThumb(entry)) return this.#redis.restore(entry.key, entry.ttl, entry.dump, 'REPLACE')
    const key = this.#keys.thumb(entry.thumb)
    return entry.ttl > 0
      ? this.#redis.set(key, entry.webp, 'PX', entry.ttl)
      : this.#redis.set(key, entry.webp)
  }

  #inWords(error: unknown): unknown {
    if (!(error instanceof Error && /DUMP payload|Bad data format/.test(error.message))) return error
    return new GalleryError('INVALID', 'backupRecordRefused', {}, { cause: error })
  }
}
