import { setTimeout as wait } from 'node:timers/promises'
import { Cluster } from 'ioredis'
import { guestName } from '../redis/acl/redis-users.ts'
import { noteCaller } from '../redis/call-function.ts'
import { isSpread } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import { keysShownTo, type Keys } from '../redis/keys.ts'
import { isLoginRefused } from '../redis/patience.ts'

/** How long it is waited for to know whether a session still stands, in milliseconds. */
const settleTimeoutMs = 2000

/** What the gallery says of an account, as it was read at one moment. It only helps to ask Redis for what it will allow. */
export interface Identity {
  readonly displayName: string
  readonly administrator: boolean
  /** A share link, which reads one album. */
  readonly share: boolean
  /** What the ids of albums begin with that the account makes as its own; null where it may make none. */
  readonly ownIdPrefix: string | null
  /** Whose token it is; null where it is none. */
  readonly tokenOf: string | null
  /** It reads some albums alone, and is not told which others are public. */
  readonly limited: boolean
  /** It reads every album that there is, as a token of an administrator. */
  readonly readsAll: boolean
  /** The program's own account on a server, which follows its folders. */
  readonly service: boolean
  /** When a share link or token ends, in milliseconds since 1970; null for accounts. */
  readonly expires: number | null
  /** A share link whose visitors may add photos to its album. */
  readonly uploads?: boolean
}

/** A caller: everything that the core does for a caller is done on the caller's own Redis connection. */
export interface Session {
  redis: Connection
  /** Those of albums are, for guests and visitors of a share link, the keys of what they are shown. */
  keys: Keys
  account: string
  guest: boolean
  /** As it was read last: `refreshIdentity` replaces it whole, so its holders see one moment. */
  identity: Identity
  /** This machine, as photos name the place of their originals. */
  host: string
  /** Names this session among those of its account. */
  id: string
  /** The account may not log in any more, or an administrator has signed this session out. */
  ended: AbortSignal
  /** Resolves when it is known whether a session that lost its connection still stands, or after two seconds. */
  settled: () => Promise<void>
}

/** Whether nobody knows who it is: a guest, or whoever has a share link. */
export const isStranger = ({ guest, identity }: Pick<Session, 'guest' | 'identity'>): boolean =>
  guest || identity.share

/**
 * Watches the connection of a session: where it was cut, Redis is asked whether the session was signed out meanwhile, and where
 * the account is not let in again, the session has ended.
 */
const watchSession = (
  session: Pick<Session, 'redis' | 'keys' | 'account' | 'id' | 'guest'>,
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
  let looking = false
  const lookOnce = () => {
    if (looking) return
    looking = true
    void look().finally(() => (looking = false))
  }
  if (!guest)
    redis.on('close', () => {
      // While Redis is away every try to come back ends in another `close`.
      settled ??= new Promise<void>((resolve) => {
        redis.once('ready', () => void look().then(resolve))
        ended.signal.addEventListener('abort', () => resolve(), { once: true })
      }).then(() => void (settled = null))
    })
  // A connection to a node that was cut, one among those to a cluster.
  if (!guest && redis instanceof Cluster) redis.on('-node', lookOnce)
  if (!guest && isSpread(redis)) redis.on('refused', end)
  else
    redis.on('error', (error: Error) => {
      if (!guest && isLoginRefused(error)) end()
    })
  return {
    ended: ended.signal,
    settled: async () => {
      // Where Redis is away it is not known; the call itself then says so.
      if (settled) await Promise.race([settled, wait(settleTimeoutMs, undefined, { ref: false })])
    },
  }
}

/** Reads what the gallery says of an account. */
const readIdentity = async ({
  redis,
  keys,
  account,
  guest,
}: Pick<Session, 'redis' | 'keys' | 'account' | 'guest'>): Promise<Identity> => {
  const record = guest ? {} : await redis.hgetall(keys.account(account))
  const tokenOf = record['role'] === 'token' ? (record['of'] ?? '') : null
  const limited = record['role'] === 'share' || (tokenOf !== null && record['albums'] !== undefined)
  // A token without albums of its own reads what its person does.
  const person = tokenOf !== null && !limited ? await redis.hgetall(keys.account(tokenOf)) : record
  return {
    tokenOf,
    limited,
    readsAll: tokenOf !== null && person['role'] === 'administrator',
    displayName: record['displayName'] || account,
    administrator: record['role'] === 'administrator',
    share: record['role'] === 'share',
    service: record['service'] === '1',
    expires: record['expires'] ? Date.parse(record['expires']) || 0 : null,
    uploads: Number(record['uploads']) > 0,
    ownIdPrefix: person['role'] === 'member' && person['makes'] ? (person['stem'] ?? null) : null,
  }
}

/** Reads it again for a session: an administrator may have changed it. */
export const refreshIdentity = async (session: Session): Promise<Identity> =>
  (session.identity = await readIdentity(session))

/**
 * Begins the session of an account on a connection that is logged in as it. `identity`: of the program itself, which has no account
 * in the gallery.
 */
export const beginSession = async (
  caller: Pick<Session, 'redis' | 'keys' | 'account' | 'host' | 'id'>,
  identity?: Identity,
): Promise<Session> => {
  const { redis, keys, account } = caller
  const begun = { ...caller, guest: account === guestName }
  const watched = watchSession(begun)
  noteCaller(redis, { calls: keys.calls(account), meta: keys.meta })
  const known = identity ?? (await onRedis(() => readIdentity(begun)))
  const shown = isStranger({ guest: begun.guest, identity: known }) ? keysShownTo(keys, account) : keys
  return { ...begun, ...watched, keys: shown, identity: known }
}
