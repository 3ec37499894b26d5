import { Redis } from 'ioredis'
import { setTimeout as wait } from 'node:timers/promises'
import type { Machine } from './machine.ts'

/** Between two looks at a node, in milliseconds. */
const intervalMs = 50

interface Seen {
  node: string
  /** How long before a right had been taken, and that acknowledged, in milliseconds. */
  lateMs: number
  at: number
}

/**
 * Tries all the time, at every node that answers, to read by a member's own login what the member was shown for a time. What is read
 * after the right was taken, and that was acknowledged, is a breach.
 */
export class RightsWatch {
  readonly breaches: Seen[] = []
  reads = 0
  /** When the right was surely taken; null while the member may have it. */
  #takenAt: number | null = null
  readonly #stop = new AbortController()
  readonly #running: Promise<unknown>

  constructor(nodes: Machine[], album: string, key: string) {
    this.#running = Promise.all(nodes.map((node) => this.#watch(node, album, key)))
  }

  tell = (right: 'read' | 'none', sure: boolean) => {
    this.#takenAt = right === 'none' && sure ? performance.now() : null
  }

  async #watch({ address, place: { host, port } }: Machine, album: string, key: string) {
    while (!this.#stop.signal.aborted) {
      const before = this.#takenAt
      const redis = new Redis({
        ...{ host, port, username: 'mal', password: key, lazyConnect: true, enableReadyCheck: false },
        ...{ connectTimeout: 500, commandTimeout: 500, retryStrategy: null, maxRetriesPerRequest: 0 },
      })
      redis.on('error', () => undefined) // most of the time it is not let in
      const title = await redis
        .connect()
        .then(() => redis.hget(`{cimaise}:album:${album}:info`, 'title'))
        .catch(() => null)
      redis.disconnect()
      if (title !== null) this.reads++
      // The right was taken before this look began, and not given again while it went on.
      if (title !== null && before !== null && this.#takenAt === before)
        this.breaches.push({
          node: address,
          lateMs: Math.round(performance.now() - before),
          at: performance.now(),
        })
      await wait(intervalMs)
    }
  }

  async close() {
    this.#stop.abort()
    await this.#running
  }
}
