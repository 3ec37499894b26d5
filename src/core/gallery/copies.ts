import { noteCaller } from '../redis/call-function.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from './session.ts'

/** More replicas than that no gallery waits for. */
const maxCopies = 5

/**
 * How many other machines must have a change before it counts as made; 0: none. What has to be known of its price and of what can
 * be lost without: docs/operations.md.
 */
export const readCopies = ({ redis, keys }: Pick<Session, 'redis' | 'keys'>): Promise<number> =>
  onRedis(async () => {
    const copies = Number(await redis.hget(keys.meta, 'copies'))
    return Number.isInteger(copies) && copies > 0 ? Math.min(copies, maxCopies) : 0
  })

/** Says so, for this session at once and for all that begin later. Administrators. */
export const setCopies = ({ redis, keys, account }: Session, copies: number): Promise<void> =>
  onRedis(async () => {
    await redis.hset(keys.meta, 'copies', String(copies))
    noteCaller(redis, { calls: keys.calls(account), copies })
  })
