import { results } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { redisTime } from './access-record.ts'

/*
 * A browser's session outlives its connections (server/sessions/sessions.ts), so signing an account out everywhere cannot reach each of its
 * sessions by a connection. The account's record says since when none counts that began before.
 */

/** The field of an account's record: a time in milliseconds since 1970 by the clock of Redis, and the one session that stays. */
const field = 'signedOut'

/** No session of an account counts any more that began until now, but for one. Administrators. */
export const markSignedOut = async (
  { redis, keys }: Pick<Session, 'redis' | 'keys'>,
  account: string,
  spared = '',
): Promise<void> => {
  if (await redis.exists(keys.account(account)))
    await redis.hset(keys.account(account), field, `${await redisTime(redis)} ${spared}`)
}

/** Whether a session was signed out: itself, or with all that began until some moment. `begun`: by the clock of Redis. */
export const wasSignedOut = async (
  { redis, keys, account }: Pick<Session, 'redis' | 'keys' | 'account'>,
  { id, begun }: { id: string; begun: number },
): Promise<boolean> => {
  const asked = redis.pipeline().sismember(keys.ended(account), id).hget(keys.account(account), field)
  const [ended, mark] = results(await asked.exec()) as [number, string | null]
  const [until, spared] = (mark ?? '0').split(' ')
  return ended === 1 || (begun <= Number(until) && id !== spared)
}
