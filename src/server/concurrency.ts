import { isStranger, type Session } from '../core/gallery/session.ts'

/** A name under which is counted what goes on at the same time, and how much of it may. */
export interface CountedLimit {
  name: string
  limit: number
}

/**
 * Streams of events, of which a window has one, and only while it is seen. Each has a connection to Redis of its own.
 * Guests and visitors of share links are counted apart, so that they take none away from accounts at the same address;
 * an address is a network (visitor.ts), as a whole office or household comes from one.
 */
const maxStreamsPerAccount = 64
const maxStreamsPerAddress = 128
const maxStrangerStreamsPerAccount = 256
const maxStrangerStreamsPerAddress = 32

/** Requests that wait for their answer, streams included. A proxy that speaks HTTP/2 passes on a whole page of images at once. */
const maxPendingPerAccount = 1000

export const streamLimits = (session: Session, network: string): CountedLimit[] => {
  const stranger = isStranger(session)
  return [
    {
      name: `stream of ${session.account}`,
      limit: stranger ? maxStrangerStreamsPerAccount : maxStreamsPerAccount,
    },
    {
      name: `stream from ${network} as ${stranger ? 'stranger' : 'account'}`,
      limit: stranger ? maxStrangerStreamsPerAddress : maxStreamsPerAddress,
    },
  ]
}

/** Guests share one account: they are told apart by where they are. */
export const pendingLimits = (session: Session, network: string): CountedLimit[] => [
  {
    name: isStranger(session) ? `call from ${network}` : `call of ${session.account}`,
    limit: maxPendingPerAccount,
  },
]

/** Counts what goes on at the same time. */
export class Concurrency {
  readonly #counts = new Map<string, number>()

  /** Takes one of each of the limits until the signal is aborted; false, and nothing is taken, where one has none left. */
  take(limits: CountedLimit[], until: AbortSignal): boolean {
    const release = this.hold(limits)
    if (release && until.aborted) release()
    else if (release) until.addEventListener('abort', release, { once: true })
    return release !== null
  }

  /** The same until the function is called that it returns; null, and nothing is taken, where one has none left. */
  hold(limits: CountedLimit[]): (() => void) | null {
    if (limits.some(({ name, limit }) => (this.#counts.get(name) ?? 0) >= limit)) return null
    for (const { name } of limits) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    return () => limits.forEach(({ name }) => this.#giveBack(name))
  }

  #giveBack(name: string) {
    const left = (this.#counts.get(name) ?? 0) - 1
    if (left > 0) this.#counts.set(name, left)
    else this.#counts.delete(name)
  }
}
