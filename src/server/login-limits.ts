import { createHmac } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Connection } from '../core/redis/connection.ts'
import type { Keys } from '../core/redis/keys.ts'

const windowSeconds = 300

/** Makes a limit of so many wrong logins in five minutes, or in so many seconds. */
export type MakeLimit = (name: string, points: number, seconds?: number) => RateLimiterAbstract

/** Counted by this server alone. */
export const limitInMemory: MakeLimit = (name, points, duration = windowSeconds) =>
  new RateLimiterMemory({ keyPrefix: name, points, duration })

/** Digests only, as addresses tell where users live. */
class DigestedLimit extends RateLimiterRedis {
  readonly #secret: Buffer

  constructor(options: ConstructorParameters<typeof RateLimiterRedis>[0], secret: Buffer) {
    super(options)
    this.#secret = secret
  }

  override getKey(key: string | number): string {
    return super.getKey(createHmac('sha256', this.#secret).update(String(key)).digest('hex').slice(0, 32))
  }
}

/** Counted in Redis by all servers of a gallery together; while Redis is away each counts for itself. */
export const limitInRedis =
  (steward: Connection, keys: Keys, secret: Buffer): MakeLimit =>
  (name, points, duration = windowSeconds) =>
    new DigestedLimit(
      {
        storeClient: steward,
        keyPrefix: keys.attempts(name),
        points,
        duration,
        rejectIfRedisNotReady: true,
        insuranceLimiter: limitInMemory(name, points, duration),
      },
      secret,
    )
