import { newName } from '../../shared/domain/random-ids.ts'
import type { Connection } from './connection.ts'

/** Whoever holds a lease and dies gives it up after this time, in milliseconds. */
const leaseMs = 6000

const takeScript = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`

const releaseScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

/** What one of several servers does at a time. Taken by the program's own account, which alone may run scripts of its own. */
export class Lease {
  readonly #redis: Connection
  readonly #key: string
  readonly #token = newName()
  #until = 0

  constructor(redis: Connection, key: string) {
    this.#redis = redis
    this.#key = key
  }

  /** Whether it is surely held, by the clock of this process, which nobody can set. */
  get isHeld() {
    return performance.now() < this.#until
  }

  /** Takes it, or holds it for longer; false where another has it. To be called every two seconds or so. */
  async take(): Promise<boolean> {
    const begun = performance.now()
    const taken = await this.#redis.eval(takeScript, 1, this.#key, this.#token, leaseMs)
    // An answer that came late tells of a time that is over.
    this.#until = taken === 1 ? begun + leaseMs : 0
    return this.isHeld
  }

  /** Gives it up, so that another need not wait. */
  async release(): Promise<void> {
    this.#until = 0
    await this.#redis.eval(releaseScript, 1, this.#key, this.#token)
  }
}

/** Whether it is this server's turn to do what one of several is to do once in so many milliseconds. */
export const takeTurn = async (redis: Connection, key: string, milliseconds: number): Promise<boolean> =>
  (await redis.set(key, newName(), 'PX', milliseconds, 'NX')) === 'OK'
