import type { Session } from '../gallery/session.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'

/** How often the album of a link was opened, and on which day last, `2026-11-27` in UTC; null where it never was. */
export interface Visits {
  visits: number
  lastVisit: string | null
}

const dayField = (name: string) => `${name} day`

/**
 * Counts one visit of a link, when its visitor logs in: no name, no address, no time of day. `self`: a session that may, as those of the
 * program and of administrators; of others nothing is counted.
 */
export const countVisit = ({ redis, keys, identity }: Session, name: string): Promise<void> =>
  onRedis(async () => {
    if (!identity.administrator && !identity.service) return
    await redis.hincrby(keys.visits, name, 1)
    await redis.hset(keys.visits, dayField(name), new Date().toISOString().slice(0, 10))
  })

/** The visits of links, by their names. Administrators. */
export const readVisits = async (redis: Connection, keys: Keys): Promise<(name: string) => Visits> => {
  const counted = await redis.hgetall(keys.visits)
  return (name) => ({ visits: Number(counted[name]) || 0, lastVisit: counted[dayField(name)] ?? null })
}

/** Forgets those of a link that is gone. */
export const forgetVisits = async (redis: Connection, keys: Keys, name: string): Promise<void> => {
  await redis.hdel(keys.visits, name, dayField(name))
}
