import { results } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { redisTime } from './access-record.ts'

/** Statuses are counted where they are set (statuses/carry-status.ts). */
export type RequestKind = 'password' | 'sign-out' | 'comments' | 'token' | 'token-end'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/** What an account has done for itself by a server (own-ways.ts) is counted with what it asks for. */
type CountedKind = RequestKind | 'codes' | 'passkey'

/** How many requests of each kind are carried out for an account within how many milliseconds. */
const allowances: Record<CountedKind, { within: number; most: number }[]> = {
  password: [
    { within: hourMs, most: 5 },
    { within: dayMs, most: 20 },
  ],
  'sign-out': [
    { within: hourMs, most: 5 },
    { within: dayMs, most: 20 },
  ],
  token: [{ within: dayMs, most: 40 }],
  'token-end': [{ within: dayMs, most: 60 }],
  codes: [{ within: dayMs, most: 20 }],
  passkey: [{ within: dayMs, most: 40 }],
  // What is asked beyond that is done with all others, from time to time.
  comments: [
    { within: hourMs, most: 60 },
    { within: dayMs, most: 200 },
  ],
}

/**
 * Counts a request, and tells whether it is to be carried out: in Redis, where only administrators write, and by the clock
 * of Redis, so that it holds for all their sessions together. Only what is carried out counts. Administrators.
 */
export const isAllowed = async (
  { redis, keys }: Session,
  account: string,
  kind: CountedKind,
  request: string,
): Promise<boolean> => {
  const key = keys.asked(account)
  const now = await redisTime(redis)
  const entry = `${kind} ${now} ${request}`
  const over = await redis.zrange(key, '-inf', String(now - dayMs), 'BYSCORE')
  if (over.length > 0) await redis.zrem(key, ...over)
  // Within one transaction, so that of two sessions that count at once each counts the other's.
  const counted = redis
    .multi()
    .zadd(key, now, entry)
    .expire(key, dayMs / 1000)
    .zrange(key, '0', '-1')
  const [, , entries] = results(await counted.exec()) as [unknown, unknown, string[]]
  const times = entries
    .map((one) => one.split(' '))
    .filter(([what]) => what === kind)
    .map(([, time]) => Number(time))
  const isOver = ({ within, most }: { within: number; most: number }) =>
    times.filter((time) => time > now - within).length > most
  if (!allowances[kind].some(isOver)) return true
  await redis.zrem(key, entry)
  return false
}
