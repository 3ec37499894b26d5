import { once } from 'node:events'
import { Redis, ReplyError } from 'ioredis'
import { setTimeout as wait } from 'node:timers/promises'
import { errorText } from '../../../shared/errors.ts'
import { stewardRules } from '../../redis/acl/acl-rules.ts'
import { redisUser, stewardLogin, stewardName } from '../../redis/acl/redis-users.ts'
import type { Keys } from '../../redis/keys.ts'
import { isLoginRefused } from '../../redis/patience.ts'
import { admit, type NodeOptions } from './admit.ts'
import { bringInStep, clearUsers, takeUsers, type Step } from './bring-in-step.ts'
import { placeName, type Place } from './topology.ts'
import type { WantedUsers } from './wanted-users.ts'

/** A node that says nothing for so long counts as away, in milliseconds. */
const silenceMs = 1500
/** One that was replaced is to be reached before anybody else reaches it: it is knocked at more often, in milliseconds. */
const hurriedMs = 300
/** How long the other nodes wait for the look at one, in milliseconds. */
const lookTimeoutMs = 500
/** Between two tries to reach a node that is away, in milliseconds. */
const retryMs = 100
/** How soon a node that refused the program's login is asked again whether it takes the first one, in milliseconds. */
const admitIntervalMs = 2000

/** How a node stands: it has the users that it should have, it cannot be reached, or why it does not have them. */
export type Standing = { state: 'in step' } | { state: 'away' | 'behind'; why: string }

/** The program's own connection to one node, whoever is primary. */
export class NodeLink {
  /** Where the node is, as `host:port`. */
  readonly name: string
  readonly host: string
  readonly port: number
  readonly redis: Redis
  /**
   * A second connection, which is kept while the node says nothing: what is sent on it is the first that a node reads when it goes on after it
   * stood still, before anybody can log in.
   */
  readonly #patient: Redis
  standing: Standing = { state: 'away', why: 'not reached yet' }
  serves: boolean
  readonly #keys: Keys
  readonly #options: NodeOptions
  #step: Step | null = null
  /** Since when it takes no changes as its disk is full, by the clock of this process, in milliseconds; null: it takes them. */
  fullSince: number | null = null
  /** The program's own account has the rules of this version there. */
  #ruled = false
  /** Without any account of the gallery, as far as is known. */
  #cleared = false
  /** It was told, while it said nothing, that its users are to go. */
  #told = false
  /** Whom a node may have that was replaced while it said nothing. */
  #users: ReadonlySet<string> = new Set()
  #running: Promise<void> | null = null
  #admitAfter = 0

  constructor(place: Place, keys: Keys, options: NodeOptions) {
    this.name = placeName(place)
    this.host = place.host
    this.port = place.port
    this.serves = place.serves
    this.#keys = keys
    this.#options = options
    const shared = {
      ...options,
      ...stewardLogin(keys, options.password),
      connectTimeout: silenceMs,
      maxRetriesPerRequest: 0,
      retryStrategy: () => retryMs,
      enableReadyCheck: false,
      disableClientInfo: true,
      lazyConnect: true,
    }
    this.redis = new Redis({ ...shared, socketTimeout: silenceMs })
    this.#patient = new Redis(shared)
    this.#patient.on('error', () => undefined) // the other one tells
    this.redis.on('error', (error: Error) => void this.#refused(error))
    this.redis.on('ready', () => this.#takeUsersAtOnce())
    this.redis.on('close', () => {
      this.#cleared = false
      this.#ruled = false
    })
    // They go on trying; `standing` says how it is.
    for (const link of [this.redis, this.#patient]) void link.connect().catch(() => undefined)
  }

  async #refused(error: Error) {
    if (!isLoginRefused(error) || performance.now() < this.#admitAfter) return
    this.#admitAfter = performance.now() + admitIntervalMs
    await admit(this.#options, this.#keys)
  }

  /** Whether it says nothing, another has taken over from it, and it is to let nobody in when it goes on. */
  get isReplaced() {
    return this.#told
  }

  /** Whether commands can be sent without waiting for a connection. */
  get isReady() {
    return this.redis.status === 'ready'
  }

  /**
   * Sees to it that the node has the users that it should have: those of the record where it takes changes, none where it does not.
   * One look at a time: a node that hangs holds up no other.
   */
  look(wanted: WantedUsers | null): Promise<void> {
    return (this.#running ??= this.#look(wanted).finally(() => (this.#running = null)))
  }

  async #look(wanted: WantedUsers | null) {
    try {
      if (!this.isReady) {
        // A login that is refused is another matter than silence.
        if (this.standing.state !== 'away') this.standing = { state: 'away', why: 'cannot be reached' }
        if (!this.serves) this.#takeUsersLater(wanted)
        return
      }
      await this.#lookAtDisk()
      await this.#ruleOneself()
      // It has answered: one that stands still can be connected to.
      this.#told = false
      this.#users = new Set()
      if (this.serves && wanted) {
        this.#cleared = false
        this.#step = await bringInStep(this.redis, this.#keys, wanted, this.#step)
        this.standing = { state: 'in step' }
      } else if (!this.serves) {
        this.#step = null
        if (!this.#cleared) await clearUsers(this.redis, this.#keys)
        this.#cleared = true
        this.standing = { state: 'in step' }
      }
    } catch (error) {
      this.standing = { state: 'behind', why: errorText(error) }
    }
  }

  /** Another node has taken over from one that says nothing: were it to go on, it would let in whose rights were taken meanwhile. */
  #takeUsersLater(wanted: WantedUsers | null) {
    if (this.#told || !this.#step || !wanted) return
    this.redis.options.connectTimeout = hurriedMs
    // Those that were set by whoever made the change, and are not noted here yet, too.
    this.#users = new Set([...this.#step.given.keys(), ...wanted.users.keys()])
    if (this.#patient.status !== 'ready') return
    this.#told = true
    void takeUsers(this.#patient, this.#keys, this.#users).catch(() => undefined) // it is gone, and its memory with it
  }

  /** The first that is said to one that could not be reached, and was replaced. */
  #takeUsersAtOnce() {
    this.redis.options.connectTimeout = silenceMs
    if (!this.serves && this.#users.size > 0)
      void takeUsers(this.redis, this.#keys, this.#users).catch(() => undefined)
  }

  /** A node that another version let the program in to has that one's rules for it. */
  async #ruleOneself() {
    if (this.#ruled) return
    await this.redis.call('ACL', 'SETUSER', redisUser(this.#keys, stewardName), ...stewardRules(this.#keys))
    this.#ruled = true
  }

  /** A primary that cannot write its file refuses changes, and PING with them. Throws where it does not answer. */
  async #lookAtDisk() {
    const refused = await this.redis.ping().then(
      () => '',
      (error: unknown) => {
        if (error instanceof ReplyError) return errorText(error)
        throw error
      },
    )
    if (!refused.startsWith('MISCONF')) this.fullSince = null
    else this.fullSince ??= performance.now()
  }

  /** Resolves once the present look is over; one at a node that hangs is not waited for. */
  async settled(): Promise<void> {
    await Promise.race([this.#running, wait(lookTimeoutMs, undefined, { ref: false })])
  }

  /** Resolves once the node answers, or has had its time. */
  async reached(): Promise<void> {
    if (this.isReady) return
    const over = new AbortController()
    const ready = once(this.redis, 'ready', { signal: over.signal }).catch(() => undefined)
    await Promise.race([ready, wait(silenceMs)])
    over.abort()
  }

  close() {
    this.#patient.disconnect()
    this.redis.disconnect()
  }
}
