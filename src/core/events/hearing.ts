import { duplicate } from '../redis/create-connection.ts'
import type { Connection } from '../redis/connection.ts'
import type { WatchedKeys } from '../redis/watched-keys.ts'
import { watchedKeysOf } from '../photos/shared-reader.ts'
import type { Session } from '../gallery/session.ts'
import { maxEntries, readStreams, type StreamReply } from './stream-fields.ts'

/** How long one blocking read waits before it looks whether the caller still listens, in milliseconds. */
const blockTimeoutMs = 15_000

/** The streams that a session follows, where it has got to in each, and of which album each is; '' for the others. */
export interface Following {
  albums: Map<string, string>
  /** Of which collection each stream is that is one's. */
  collections: Map<string, string>
  positions: Map<string, string>
  /** Streams that hold no stream just now, with the time at which they are looked at again, in milliseconds since 1970. */
  quarantine: Map<string, number>
}

/**
 * Hears what comes in the streams that a session follows. Where Redis tells the process which keys are changed (watched-keys.ts),
 * an album's stream is read once it is told of; elsewhere all are named in one read that blocks, which costs Redis the more,
 * the more albums there are. Either way the caller's own connection reads, so that Redis refuses what it may not.
 */
export class Hearing {
  readonly #session: Session
  #blocking: Connection
  /** A read that blocks, with the streams that it waits for. */
  #pending: { streams: string; reply: Promise<StreamReply> } | null = null
  #watched: WatchedKeys | null = null
  #leave: () => void = () => undefined
  /** Streams that were told of; null where any may have something new. */
  #told: Set<string> | null = new Set()
  #wake: () => void = () => undefined
  #now: Following | null = null
  /** The streams of what is followed that are no album's. */
  #control: string[] = []

  /** From now on it is noted what is told. */
  constructor(session: Session) {
    this.#session = session
    this.#blocking = duplicate(session.redis)
    this.#watch(watchedKeysOf(session))
  }

  close(): void {
    this.#leave()
    this.#blocking.disconnect()
  }

  /** What has come since the positions of what is followed, once there is something, or nothing after a while. */
  async next(now: Following): Promise<StreamReply> {
    const watched = watchedKeysOf(this.#session)
    if (watched !== this.#watched) {
      this.#watch(watched)
      this.#told = null // some may have come in between
    }
    this.#follow(now)
    if (!this.#watched) return this.#waitForAll(now)
    const told = this.#told ?? new Set(now.positions.keys())
    this.#told = new Set()
    const streams = [...told].filter((key) => now.positions.has(key) && now.albums.get(key) !== '')
    return streams.length > 0 ? this.#read(now, streams) : this.#wait(now)
  }

  #watch(watched: WatchedKeys | null) {
    this.#leave()
    this.#watched = watched
    this.#leave =
      watched?.onChange((keys) => {
        if (!keys) this.#told = null
        else if (!this.#note(keys)) return
        this.#wake()
      }) ?? (() => undefined)
  }

  /** Whether any of the keys is a stream that is followed. */
  #note(keys: readonly string[]): boolean {
    const own = keys.filter((key) => key.endsWith(':events') && this.#now?.positions.has(key) !== false)
    for (const key of own) this.#told?.add(key)
    return own.length > 0
  }

  /** Of streams that it did not follow before, all is new that there is. */
  #follow(now: Following) {
    const before = this.#now
    if (before === now) return
    this.#now = now
    this.#control = [...now.positions.keys()].filter((key) => now.albums.get(key) === '')
    if (before) for (const key of now.positions.keys()) if (!before.positions.has(key)) this.#told?.add(key)
  }

  async #read({ positions }: Following, streams: string[]): Promise<StreamReply> {
    try {
      const asked = new Map(streams.map((key) => [key, positions.get(key) ?? '']))
      const heard = await readStreams(this.#session.redis, asked, null)
      for (const [key, entries] of heard) if (entries.length >= maxEntries) this.#told?.add(key)
      return heard
    } catch (error) {
      this.#told = null
      throw error
    }
  }

  #waitForAll({ positions }: Following): Promise<StreamReply> {
    if (this.#pending) this.#renew()
    return readStreams(this.#blocking, positions, blockTimeoutMs)
  }

  /** Waits for what is no album's, and to be told of one that is. */
  async #wait({ positions }: Following): Promise<StreamReply> {
    const streams = this.#control.join(' ')
    // A read that waits for others would keep this one waiting.
    if (this.#pending && this.#pending.streams !== streams) this.#renew()
    const waked = new Promise<null>((resolve) => (this.#wake = () => resolve(null)))
    const asked = new Map(this.#control.map((key) => [key, positions.get(key) ?? '']))
    this.#pending ??= { streams, reply: readStreams(this.#blocking, asked, blockTimeoutMs) }
    const { reply } = this.#pending
    reply.catch(() => undefined) // it may fail while nothing waits for it; the next one that does is told
    const heard = await Promise.race([reply, waked]).catch((error: unknown) => {
      this.#pending = null
      throw error
    })
    if (heard) this.#pending = null
    return heard ?? []
  }

  #renew() {
    this.#pending = null
    this.#blocking.disconnect()
    this.#blocking = duplicate(this.#session.redis)
  }
}
