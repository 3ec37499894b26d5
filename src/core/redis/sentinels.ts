import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { RedisAddress } from './address.ts'
import './heard-streams.ts'
import { fieldsOf } from './pairs.ts'

/** A Sentinel that says nothing for so long is asked no more, in milliseconds. */
const silenceMs = 1000

/** What a Sentinel says of servers that it watches: the fields of the primary, and of each replica. */
export interface SentinelView {
  primary: Map<string, string>
  replicas: Map<string, string>[]
}

/** What a Sentinel says of the primary. */
interface Word {
  /** Where it sends those who ask for the primary: to a server that is about to become it, too. */
  named: string
  /** The primary as it was before the failover that is under way, or as it is, and what the Sentinel thinks of it. */
  primary: string
  flags: string
  epoch: number
}

/** The connections to the Sentinels of a gallery, which know who is its primary. */
export class Sentinels {
  readonly #links: Redis[]
  readonly #name: string
  /** Those that have said something since they were connected: one that stands still can be connected to. */
  readonly #answering = new Set<Redis>()
  /** The round of questions that is under way, and the one that begins after it. */
  #asking: Promise<Word[]> | null = null
  #next: Promise<Word[]> | null = null

  constructor({ nodes, primary, tls, certificates, sentinelLogin }: RedisAddress) {
    this.#name = primary
    this.#links = nodes.map((node) => {
      const link = new Redis({
        ...node,
        ...(tls ? { tls: { ...certificates } } : {}),
        ...sentinelLogin,
        connectTimeout: silenceMs,
        socketTimeout: silenceMs,
        maxRetriesPerRequest: 0,
        retryStrategy: () => silenceMs,
        enableReadyCheck: false,
        disableClientInfo: true,
      })
      link.on('error', () => undefined) // it goes on trying
      link.on(
        'ready',
        () =>
          void link.ping().then(
            () => this.#answering.add(link),
            () => undefined,
          ),
      )
      link.on('close', () => this.#answering.delete(link))
      return link
    })
  }

  get #ready() {
    return this.#links.filter((link) => this.#answering.has(link))
  }

  /** What one says. Its epoch is read first: what it names afterwards is of that epoch or of a later one. */
  async #wordOf(link: Redis): Promise<Word> {
    const [reply, address] = await Promise.all([
      link.call('SENTINEL', 'MASTER', this.#name),
      link.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', this.#name),
    ])
    const fields = fieldsOf(reply)
    return {
      named: Array.isArray(address) ? address.join(':') : '',
      primary: `${fields.get('ip')}:${fields.get('port')}`,
      flags: fields.get('flags') ?? '',
      epoch: Number(fields.get('config-epoch') ?? 0),
    }
  }

  /** What each of them says that answers. */
  async views(): Promise<SentinelView[]> {
    const asked = this.#ready.map(async (link): Promise<SentinelView> => {
      const [primary, replicas] = await Promise.all([
        link.call('SENTINEL', 'MASTER', this.#name),
        link.call('SENTINEL', 'REPLICAS', this.#name),
      ])
      return { primary: fieldsOf(primary), replicas: Array.isArray(replicas) ? replicas.map(fieldsOf) : [] }
    })
    return answersOf(asked)
  }

  /** One round of questions serves all who ask before it begins: one that has begun may be older than what is asked about. */
  #words(): Promise<Word[]> {
    const ask = async () => {
      await this.#asking
      this.#next = null
      return (this.#asking = answersOf(this.#ready.map((link) => this.#wordOf(link))))
    }
    return (this.#next ??= ask())
  }

  /** Whether a server is the primary, and no other is about to take over. `place`: `host:port`, as Sentinels name it. */
  async areSettledOn(place: string): Promise<boolean> {
    return isSettled(await this.#words(), place, this.#links.length)
  }

  /** Has a replica take over from the primary. Rejects where none can. */
  async changeOver(): Promise<void> {
    await this.#ready[0]?.call('SENTINEL', 'FAILOVER', this.#name)
  }

  /** Resolves once one of them answers, or all have had their time. */
  async reached(): Promise<void> {
    for (
      const deadline = performance.now() + silenceMs;
      performance.now() < deadline && this.#ready.length === 0;
    )
      await wait(20)
  }

  close(): void {
    for (const link of this.#links) link.disconnect()
  }
}

/**
 * Whether Sentinels are settled on a primary: more than half of them answer and take it for well, and none is about to put another in its
 * place. A failover needs more than half to agree: one that begins later finds all that replicas have by now.
 * Of two that disagree the one with the higher epoch knows more. `total`: how many Sentinels there are.
 */
export const isSettled = (words: Word[], place: string, total: number): boolean => {
  const epoch = Math.max(...words.map((word) => word.epoch))
  const isPromoted = ({ named, primary }: Word) => named === place && primary !== place
  const doubts = words.some(
    (word) =>
      (word.epoch === epoch && word.named !== place) ||
      (word.primary === place && /o_down|failover_in_progress/.test(word.flags)),
  )
  const agree = words.filter(
    (word) => isPromoted(word) || word.epoch < epoch || !word.flags.includes('s_down'),
  )
  return !doubts && agree.length * 2 > total
}

const answersOf = async <T>(asked: Promise<T>[]): Promise<T[]> =>
  (await Promise.allSettled(asked)).flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
