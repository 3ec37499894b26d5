import type { Redis } from 'ioredis'
import { noteCopy } from './clients.ts'

/*
 * Redis tells a connection which keys that begin in one way were changed, whoever changed them and however (CLIENT TRACKING with
 * BCAST). So what was read of a key is known until the key is told of.
 */

/** The channel of Redis by which a connection of RESP2 hears of changed keys; ioredis passes on no other kind. */
export const toldChannel = '__redis__:invalidate'

/** Values of one kind that are kept, some 200 bytes each; more, and all of them are read anew. */
const maxKnown = 100_000

/** What is called when keys were changed; without keys, any may have been. */
export type ChangeListener = (keys: readonly string[] | null) => void

/** What was read of keys of one single server, as long as it holds. It knows nothing of rights. */
export class WatchedKeys {
  readonly #redis: Redis
  readonly #prefixes: string[]
  readonly #known = new Map<string, Map<string, unknown>>()
  /** The keys that were told of while something is being read; null once any may have been changed. */
  readonly #readings = new Set<{ told: Set<string> | null }>()
  readonly #listeners = new Set<ChangeListener>()
  #isReady = false
  #settling: Promise<boolean> | null = null

  /** `original`: of a session that may read all keys that begin with one of `prefixes`; this ends with it. */
  constructor(original: Redis, prefixes: string[]) {
    this.#prefixes = prefixes
    this.#redis = original.duplicate({ protocol: 2, autoResubscribe: false, lazyConnect: true })
    noteCopy(original, this.#redis)
    this.#redis.on('error', () => undefined) // what is not told of is read anew
    this.#redis.on('messageBuffer', (_channel: Buffer, keys: Buffer[] | null) =>
      this.#tell(keys?.map(String) ?? null),
    )
    this.#redis.on('ready', () => void this.#listen())
    this.#redis.on('close', () => this.#lose())
    original.once('end', () => this.close())
    void this.#redis.connect().catch(() => undefined)
  }

  /** Whether it hears of changes just now. */
  get isReady(): boolean {
    return this.#isReady
  }

  close(): void {
    this.#redis.disconnect()
    this.#lose()
  }

  /** Has a listener told of changes until the function is called that it returns. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Resolves once all is told that was changed until now; false where that cannot be known. */
  settle(): Promise<boolean> {
    // Whoever asks before the question is sent shares its answer.
    return (this.#settling ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#settling = null
        void this.#ask().then(resolve)
      })
    }))
  }

  async #ask(): Promise<boolean> {
    if (!this.#isReady) return false
    try {
      await this.#redis.ping()
    } catch {
      return false
    }
    return this.#isReady
  }

  /**
   * Values of keys, in their order: those that are known, and the rest by `load`.
   *
   * @param kind what is read of the keys
   */
  async read<T extends string | number | object | null>(
    kind: string,
    keys: string[],
    load: (missing: string[]) => Promise<T[]>,
  ): Promise<T[]> {
    const known = this.#knownOf(kind)
    const found = keys.map((key) => known.get(key) as T | undefined)
    const missing = keys.filter((_, i) => found[i] === undefined)
    if (missing.length === 0) return found as T[]
    const reading = { told: this.#isReady ? new Set<string>() : null }
    this.#readings.add(reading)
    try {
      const values = await load(missing)
      this.#keep(known, missing, values, reading.told)
      let next = 0
      return found.map((value) => (value === undefined ? (values[next++] as T) : value))
    } finally {
      this.#readings.delete(reading)
    }
  }

  #knownOf(kind: string): Map<string, unknown> {
    const known = this.#known.get(kind) ?? new Map<string, unknown>()
    this.#known.set(kind, known)
    return known
  }

  #keep(known: Map<string, unknown>, keys: string[], values: unknown[], told: Set<string> | null) {
    if (!told) return
    if (known.size + keys.length > maxKnown) known.clear()
    if (keys.length > maxKnown) return
    keys.forEach((key, i) => {
      if (!told.has(key)) known.set(key, values[i])
    })
  }

  #tell(keys: readonly string[] | null) {
    if (!keys) {
      this.#lose(this.#isReady)
      return
    }
    for (const key of keys) for (const known of this.#known.values()) known.delete(key)
    for (const { told } of this.#readings) for (const key of keys) told?.add(key)
    for (const listener of this.#listeners) listener(keys)
  }

  /** Any key may have been changed. `isReady`: whether further changes are told. */
  #lose(isReady = false) {
    this.#isReady = isReady
    for (const known of this.#known.values()) known.clear()
    for (const reading of this.#readings) reading.told = null
    for (const listener of this.#listeners) listener(null)
  }

  async #listen() {
    try {
      const id = String(await this.#redis.call('CLIENT', 'ID'))
      await this.#redis.call(
        'CLIENT',
        'TRACKING',
        'ON',
        'REDIRECT',
        id,
        'BCAST',
        ...this.#prefixes.flatMap((prefix) => ['PREFIX', prefix]),
      )
      await this.#redis.subscribe(toldChannel)
      this.#lose(true)
    } catch {
      // Rules of an older version, or a server that cannot do this: all is read anew each time.
    }
  }
}
