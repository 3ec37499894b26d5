import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { BackupCounts } from '../../shared/schemas/backup.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Connection } from '../redis/connection.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { serversOf } from '../redis/clients.ts'
import { scanKeyBytes } from '../redis/scan-keys.ts'
import { countedAs, encodeKey, encodeThumb, type ThumbEntry } from './format.ts'
import type { Spool } from './spool.ts'
import { inStillness } from './stillness.ts'
import { lineOf, type ArchiveWriter } from './write-archive.ts'

/** Keys asked for at once, so that Redis answers others in between. */
const keysPerCall = 1000
const thumbsPerCall = 100
/** Thumbnails that writers may be held up for; while more come than this, they are read without holding writers up. */
const maxThumbsInPause = 200
const maxThumbRounds = 10
/** Readings of the metadata, where something else writes in between. */
const maxAttempts = 10

export interface SnapshotOptions {
  onprogress?: ((done: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Reads everything of a gallery: thumbnails while all sessions go on, metadata while none writes. */
export class Snapshot {
  readonly #keys: Keys
  readonly #servers: Redis[]
  readonly #options: SnapshotOptions
  /** Names, so that a thumbnail stands in the file once: about 100 bytes of memory for each. */
  readonly #thumbs = new Set<string>()
  #counts: BackupCounts = { keys: 0, thumbnails: 0, photos: 0, albums: 0 }

  constructor(redis: Connection, keys: Keys, options: SnapshotOptions) {
    this.#keys = keys
    this.#servers = serversOf(redis)
    this.#options = options
  }

  /** Writes everything, with the metadata of one moment. `spool`: holds it meanwhile. */
  async write(archive: ArchiveWriter, spool: Spool): Promise<BackupCounts> {
    const add = (thumb: ThumbEntry) => archive.line(encodeThumb(thumb))
    // They are named by their own digest and never change, so it does not matter when they are read.
    for (let round = 0; round < maxThumbRounds; round++)
      if ((await this.#readThumbs(add)) <= maxThumbsInPause) break
    await this.#readMetadata(spool)
    for await (const bytes of spool.read()) await archive.lines(bytes)
    return { ...this.#counts, thumbnails: this.#thumbs.size }
  }

  async #readMetadata(spool: Spool) {
    const known = new Set(this.#thumbs)
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      await spool.clear()
      this.#counts = { keys: 0, thumbnails: 0, photos: 0, albums: 0 }
      for (const name of this.#thumbs) if (!known.has(name)) this.#thumbs.delete(name)
      const still = await inStillness(this.#servers, async (renew) => {
        for (const server of this.#servers) await this.#dumpKeys(server, spool, renew)
        await this.#readThumbs((thumb) => spool.add(lineOf(encodeThumb(thumb))), renew)
      })
      if (still) return
    }
    throw new GalleryError('UNAVAILABLE', 'redisKeepsWriting')
  }

  async #dumpKeys(server: Redis, spool: Spool, renew: () => Promise<void>) {
    const seen = new Set<string>()
    for await (const part of scanKeyBytes(server, this.#keys.pattern.everything)) {
      const fresh = part.filter((key) => {
        const name = key.toString('latin1')
        // The servers' own password is theirs, not the gallery's, and so is what they share.
        const isServers = name === this.#keys.steward || name.startsWith(this.#keys.servers)
        return !isServers && !this.#isCopy(name) && !seen.has(name) && seen.add(name)
      })
      for (let start = 0; start < fresh.length; start += keysPerCall) {
        await this.#step(renew)
        await this.#dump(server, fresh.slice(start, start + keysPerCall), spool)
      }
    }
  }

  /** What visitors are shown is made again from the albums, by whoever opens the gallery first. */
  #isCopy(name: string) {
    const isBelow = (all: string) => name.startsWith(all) && /^[^:]+:shown(:|$)/.test(name.slice(all.length))
    return (
      name === this.#keys.shown || isBelow(this.#keys.albumKeys('')) || isBelow(this.#keys.collectionKeys(''))
    )
  }

  async #dump(server: Redis, part: Buffer[], spool: Spool) {
    const asked = server.pipeline()
    for (const key of part) asked.dumpBuffer(key).pttl(key)
    const answers = results<Buffer | number | null>(await asked.exec())
    for (const [i, key] of part.entries()) {
      const [dump, ttl] = [answers[2 * i], answers[2 * i + 1]]
      if (!Buffer.isBuffer(dump)) continue // its time to live is over
      await spool.add(lineOf(encodeKey({ key, ttl: Math.max(0, Number(ttl)), dump })))
      const kind = countedAs(key, this.#keys)
      if (kind) this.#counts[kind]++
      this.#counts.keys++
    }
  }

  /** Reads the thumbnails that were not read yet, and tells how many those were. */
  async #readThumbs(add: (thumb: ThumbEntry) => Promise<void>, renew?: () => Promise<void>) {
    const ownIdPrefix = this.#keys.thumb('').length
    let came = 0
    for (const server of this.#servers)
      for await (const part of scanKeyBytes(server, this.#keys.pattern.thumbs)) {
        const names = part.map((key) => key.toString('latin1').slice(ownIdPrefix))
        const fresh = names.filter((name) => /^[0-9a-f]{64}$/.test(name) && !this.#thumbs.has(name))
        for (let start = 0; start < fresh.length; start += thumbsPerCall) {
          await this.#step(renew)
          came += await this.#fetch(server, fresh.slice(start, start + thumbsPerCall), add)
        }
      }
    return came
  }

  async #fetch(server: Redis, names: string[], add: (thumb: ThumbEntry) => Promise<void>) {
    const asked = server.pipeline()
    for (const name of names) asked.getBuffer(this.#keys.thumb(name)).pttl(this.#keys.thumb(name))
    const answers = results<Buffer | number | null>(await asked.exec())
    let came = 0
    for (const [i, thumb] of names.entries()) {
      const [webp, ttl] = [answers[2 * i], answers[2 * i + 1]]
      // Bytes that are not what their name says are no thumbnail, whichever account put them there.
      if (!Buffer.isBuffer(webp) || createHash('sha256').update(webp).digest('hex') !== thumb) continue
      if (this.#thumbs.has(thumb)) continue
      await add({ thumb, ttl: Math.max(0, Number(ttl)), webp })
      this.#thumbs.add(thumb)
      came++
    }
    return came
  }

  async #step(renew?: () => Promise<void>) {
    this.#options.signal?.throwIfAborted()
    this.#options.onprogress?.(this.#thumbs.size + this.#counts.keys)
    await renew?.()
  }
}
