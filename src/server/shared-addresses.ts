import type { Connection } from '../core/redis/connection.ts'
import type { Keys } from '../core/redis/keys.ts'
import {
  isOldDay,
  maxAgeDays,
  maxPerAccount,
  networkDigest,
  thisDay,
  type AddressBook,
} from './known-addresses.ts'

/** The same as KnownAddresses, kept in Redis for all servers of a gallery. */
export class SharedAddresses implements AddressBook {
  readonly #redis: Connection
  readonly #keys: Keys
  readonly #secret: Buffer

  /** `redis`: of the program's own account, as no other may read where users log in from. */
  constructor(redis: Connection, keys: Keys, secret: Buffer) {
    this.#redis = redis
    this.#keys = keys
    this.#secret = secret
  }

  async has(account: string, network: string): Promise<boolean> {
    const key = this.#keys.addresses(account)
    const day = await this.#redis.zscore(key, this.#digest(account, network)).catch(() => null)
    return day !== null && !isOldDay(Number(day))
  }

  /** That it cannot be written costs nothing but the memory of it. */
  remember(account: string, network: string): Promise<void> {
    return this.#write(account, network).catch(() => undefined)
  }

  async #write(account: string, network: string) {
    const key = this.#keys.addresses(account)
    await this.#redis.zadd(key, thisDay(), this.#digest(account, network))
    const surplus = await this.#redis.zrange(key, 0, String(-(maxPerAccount + 1)))
    if (surplus.length > 0) await this.#redis.zrem(key, ...surplus)
    await this.#redis.expire(key, maxAgeDays * 24 * 60 * 60)
  }

  #digest(account: string, network: string) {
    return networkDigest(this.#secret, account, network)
  }
}
