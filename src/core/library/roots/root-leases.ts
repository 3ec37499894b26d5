import { createHash } from 'node:crypto'
import type { Session } from '../../gallery/session.ts'
import type { Connection } from '../../redis/connection.ts'
import { Lease } from '../../redis/lease.ts'
import { isIn } from './registered-roots.ts'

/** How often leases are taken or renewed, in milliseconds. */
const lookIntervalMs = 2000

interface Parts {
  session: Pick<Session, 'keys' | 'account' | 'host'>
  /** The program's own connection. */
  steward: Connection
  /** Paths of the registered roots, as they are now. */
  roots: () => string[]
  /** Roots are this server's from now on: another one may have followed them before. */
  taken: (roots: string[]) => Promise<void>
  /** Roots are another server's. */
  lost: (roots: string[]) => Promise<void>
}

/**
 * Divides the roots among servers with the same folders, host and account: each root, with those inside it, is followed by one of them.
 * When one dies, another takes its roots over within ten seconds.
 */
export class RootLeases {
  readonly #parts: Parts
  readonly #leases = new Map<string, Lease>()
  readonly #mine = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #closed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether a path lies in a root that is this server's now. */
  holds(path: string): boolean {
    return [...this.#mine].some((root) => isIn(path, root) && this.#leases.get(root)?.isHeld)
  }

  begin() {
    this.#timer = setInterval(() => void this.look(), lookIntervalMs).unref()
    void this.look()
  }

  /** Takes what is free, and renews what is held. One look at a time. */
  look(): Promise<void> {
    return (this.#looking = this.#looking.then(() => this.#look()))
  }

  async #look() {
    if (this.#closed) return
    const roots = this.#outermost()
    const [taken, lost]: [string[], string[]] = [[], []]
    for (const root of new Set([...roots, ...this.#mine])) {
      const held = this.#mine.has(root) && this.#leaseOf(root).isHeld
      const takes = roots.includes(root) && (await this.#take(root))
      // What was let slip may have been another's meanwhile.
      if (takes && !held) taken.push(root)
      if (!takes && this.#mine.has(root)) lost.push(root)
    }
    for (const root of taken) this.#mine.add(root)
    for (const root of lost) this.#mine.delete(root)
    for (const root of lost) if (!roots.includes(root)) await this.#giveUp(root)
    if (lost.length > 0) await this.#parts.lost(lost)
    if (taken.length > 0) await this.#parts.taken(taken)
  }

  /** Ends without anything being followed any more: another server goes on at once. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#looking
    for (const root of this.#mine) await this.#giveUp(root)
    this.#mine.clear()
  }

  /** While Redis is away, what is held stays so until its time is over. */
  async #take(root: string): Promise<boolean> {
    const lease = this.#leaseOf(root)
    return lease.take().catch(() => lease.isHeld)
  }

  #giveUp(root: string) {
    const lease = this.#leaseOf(root)
    this.#leases.delete(root)
    return lease.release().catch(() => undefined) // it ends by itself
  }

  #leaseOf(root: string): Lease {
    const { session, steward } = this.#parts
    const { keys, account, host } = session
    const digest = createHash('sha256').update(`${account}\n${host}\n${root}`).digest('hex').slice(0, 32)
    const lease = this.#leases.get(root) ?? new Lease(steward, keys.lease(digest))
    this.#leases.set(root, lease)
    return lease
  }

  #outermost() {
    const roots = this.#parts.roots()
    return roots.filter((root) => !roots.some((other) => other !== root && isIn(root, other)))
  }
}
