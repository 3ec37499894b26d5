import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { newName } from '../../shared/domain/random-ids.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Session } from '../gallery/session.ts'
import { isPasswordDigest, passwordDigest } from '../redis/acl/passwords.ts'
import { onRedis, results } from '../redis/errors.ts'
import { noteRequest } from './audit-log.ts'
import { setPasswords } from './kept-logins.ts'
import { isAllowed } from './request-allowance.ts'
import { endConnections, type Spared } from './sessions.ts'

/*
 * Codes that change every half minute, which an account is asked for after its password. As long as they are on, the Redis user of the
 * account does not take the password any more: only the key by which a server lets the account in, and it does so after both (ADR 39).
 */

const Record = z.object({ sealed: z.string().max(1024), since: z.string() })

/** What is kept of a recovery code, which has 80 bits of chance. */
const digestOf = (account: string, code: string) =>
  createHash('sha256').update(`recovery ${account} ${code}`).digest('base64url')

/** Whether a key is the one of an account's password. Administrators. */
export const isPassword = ({ redis, keys }: Session, account: string, key: string): Promise<boolean> =>
  onRedis(async () => {
    const digest = (await redis.hget(keys.logins, account)) ?? undefined
    return isPasswordDigest(digest) && timingSafeEqual(Buffer.from(digest), Buffer.from(passwordDigest(key)))
  })

/** What the codes of an account are made from, as the server sealed it, and since when; null where it has none. Administrators. */
export const readLoginCodes = ({ redis, keys }: Session, account: string) =>
  onRedis(async () => {
    const text = await redis.hget(keys.loginCodes, account)
    if (text === null) return null
    try {
      return Record.parse(JSON.parse(text))
    } catch {
      return { sealed: '', since: '' }
    }
  })

/** How many recovery codes an account has left. Administrators. */
export const countRecovery = ({ redis, keys }: Session, account: string): Promise<number> =>
  onRedis(() => redis.scard(keys.recovery(account)))

/** Gives an account other recovery codes. Administrators. */
export const setRecovery = (
  { redis, keys }: Session,
  account: string,
  codes: readonly string[],
): Promise<void> =>
  onRedis(async () => {
    const key = keys.recovery(account)
    const digests = codes.map((code) => digestOf(account, code))
    results(
      await redis
        .multi()
        .del(key)
        .sadd(key, ...digests)
        .exec(),
    )
  })

/** Uses up a recovery code; false where it is none. Administrators. */
export const takeRecovery = ({ redis, keys }: Session, account: string, code: string): Promise<boolean> =>
  onRedis(async () => (await redis.srem(keys.recovery(account), digestOf(account, code))) === 1)

/** Whether a counter is higher than all that were used before; it is used from then on. Administrators. */
export const takeCounter = ({ redis, keys }: Session, what: string, counter: number): Promise<boolean> =>
  onRedis(async () => (await redis.zadd(keys.loginCounters, 'GT', 'CH', counter, what)) === 1)

/** Of the codes of an account, among the counters. */
export const codesOf = (account: string) => `code ${account}`

/** Counts something that an account changes about its own login. CONFLICT where that was too often. Administrators. */
export const countOwnChange = async (session: Session, account: string, kind: 'codes' | 'passkey') => {
  if (!(await isAllowed(session, account, kind, newName())))
    throw new GalleryError('CONFLICT', 'askedTooOften')
}

/**
 * Asks an account for a code from now on, and ends its other sessions, which came in without one. Its kept key has to be there
 * (kept-logins.ts). Administrators.
 */
export const turnCodesOn = (
  session: Session,
  account: string,
  { sealed, spared }: { sealed: string; spared: Spared },
): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    const since = new Date().toISOString()
    await redis.hset(keys.loginCodes, account, JSON.stringify({ sealed, since }))
    await setPasswords(session, account)
    await endConnections(session, account, spared)
    await noteRequest(session, account, 'codes-on')
  })

/** Asks an account for no code any more: its password opens Redis again. Administrators. */
export const turnCodesOff = (session: Session, account: string): Promise<void> =>
  onRedis(async () => {
    await forgetCodes(session, account)
    await setPasswords(session, account)
  })

/** Takes codes away from an account, whose Redis user is left as it is. Administrators. */
export const forgetCodes = async ({ redis, keys }: Session, account: string): Promise<void> => {
  await redis.hdel(keys.loginCodes, account)
  await redis.del(keys.recovery(account))
  await redis.zrem(keys.loginCounters, codesOf(account))
}
