import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'

/** How long it is waited for to know whether a session still stands, in milliseconds. */
const settleTimeoutMs = 2000

/** A caller: everything that the core does for somebody is done on that person's own Redis connection. */
export interface Session {
  redis: Connection
  keys: Keys
  account: string
  displayName: string
  administrator: boolean
  guest: boolean
  /** Somebody with a share link, who sees one album. */
  share: boolean
  /** What the ids of albums begin with that the account makes as its own; null where it may make none. */
  ownIdPrefix: string | null
  /** The program's own account on a server, which follows its folders. */
  service: boolean
  /** When a share link ends, in milliseconds since 1970; null for accounts. */
  expires: number | null
  /** This machine, as photos name the place of their originals. */
  host: string
  /** Names this session among those of its account. */
  id: string
  /** The account may not log in any more, or an administrator has signed this session out. */
  ended: AbortSignal
  /** Resolves when it is known whether a session that lost its connection still stands, or after two seconds. */
  settled: () => Promise<void>
}

/**
 * Watches the connection of a session: where it was cut, it is asked whether somebody has signed the session out, and where
 * the account is not let in again, the session has ended.
 */
export const watchSession = (
  session: Omit<Session, 'ended' | 'settled'>,
): Pick<Session, 'ended' | 'settled'> => {
  const { redis, keys, account, id, guest } = session
  const ended = new AbortController()
  let settled: Promise<void> | null = null
  const end = () => {
    ended.abort()
    redis.disconnect()
  }
  const look = async () => {
    const signedOut = await redis.sismember(keys.ended(account), id).catch(() => 0)
    if (signedOut) end()
  }
  if (!guest)
    redis.on('close', () => {
      // While Redis is away every try to come back ends in another `close`.
      settled ??= new Promise<void>((resolve) => {
        redis.once('ready', () => void look().then(resolve))
        ended.signal.addEventListener('abort', () => resolve(), { once: true })
      }).then(() => void (settled = null))
    })
  redis.on('error', (error: Error) => {
    if (!guest && /^(WRONGPASS|NOAUTH)/.test(error.message)) end()
  })
  return {
    ended: ended.signal,
    settled: async () => {
      // Where Redis is away it is not known; the call itself then says so.
      if (settled) await Promise.race([settled, wait(settleTimeoutMs, undefined, { ref: false })])
    },
  }
}

/** Reads again what the gallery says of the account: another role, another name. */
export const refreshSession = async (session: Session): Promise<void> => {
  const { redis, keys, account, guest } = session
  const record = guest ? {} : await redis.hgetall(keys.account(account))
  session.displayName = record['displayName'] || account
  session.administrator = record['role'] === 'administrator'
  session.share = record['role'] === 'share'
  session.service = record['service'] === '1'
  session.expires = record['expires'] ? Date.parse(record['expires']) || 0 : null
  session.ownIdPrefix = record['role'] === 'member' && record['makes'] ? (record['stem'] ?? null) : null
}
