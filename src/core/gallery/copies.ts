import { forgetCopies, parseCopies } from '../redis/copies.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from './session.ts'

/**
 * How many other machines must have a change before it counts as made; 0: none. What has to be known of its price and of what can
 * be lost without: docs/operations.md.
 */
export const readCopies = ({ redis, keys }: Pick<Session, 'redis' | 'keys'>): Promise<number> =>
  onRedis(async () => parseCopies(await redis.hget(keys.meta, 'copies')))

/** Says so, for this session at once and for all others within ten seconds. Administrators. */
export const setCopies = ({ redis, keys }: Session, copies: number): Promise<void> =>
  onRedis(async () => {
    await redis.hset(keys.meta, 'copies', String(copies))
    forgetCopies(redis)
  })
