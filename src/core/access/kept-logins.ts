import { hkdfSync, randomBytes } from 'node:crypto'
import { GalleryError } from '../../shared/errors.ts'
import type { Session } from '../gallery/session.ts'
import { passwordDigest } from '../redis/acl/passwords.ts'
import { ownerName } from '../redis/acl/redis-users.ts'
import { onRedis } from '../redis/errors.ts'
import { applyRights } from './apply-acl.ts'
import { parseKept } from './kept-digests.ts'

/*
 * Whoever logs in without a password has none from which a Redis login could be made. Their Redis user gets a second password, which only the
 * server can work out: from a secret of the server, and from a salt that stands in Redis where administrators alone read it (ADR 33).
 */

const keyFrom = (secret: Buffer, account: string, salt: string) =>
  Buffer.from(hkdfSync('sha256', secret, salt, `redis login of ${account}`, 32)).toString('hex')

/** Gives the Redis user of an account the passwords on record. The version tells the stewards of several servers of it. */
export const setPasswords = async ({ redis, keys }: Session, account: string) => {
  await redis.hincrby(keys.rights, 'version', 1)
  const logins = { [account]: (await redis.hget(keys.logins, account)) ?? noPassword }
  await applyRights(redis, keys, { names: [account], logins })
}

/** What is no digest, and so becomes no password. */
const noPassword = '-'

/** An account that a server may let in: members' and administrators', and neither the owner nor the program's own. */
export const refuseUnkept = async ({ redis, keys }: Session, account: string): Promise<void> => {
  const [role, service] = await redis.hmget(keys.account(account), 'role', 'service')
  if (account === ownerName) throw new GalleryError('INVALID', 'ownerHasNoPassword')
  if (role !== 'member' && role !== 'administrator')
    throw new GalleryError('NOT_FOUND', 'noAccount', { name: account })
  if (service === '1') throw new GalleryError('INVALID', 'serviceAccountStays', { name: account })
}

/**
 * The key by which a server logs an account in to Redis, which is made the first time. `secret`: the server's own, 32 bytes; with another
 * one the key is made anew, and the former is none any more. NOT_FOUND where there is no such account. Administrators.
 */
export const keptKey = (session: Session, account: string, secret: Buffer): Promise<string> =>
  onRedis(async () => {
    const { redis, keys } = session
    await refuseUnkept(session, account)
    const kept = parseKept(await redis.hget(keys.keptLogins, account))
    const known = kept && keyFrom(secret, account, kept.salt)
    if (known && passwordDigest(known) === kept.digest) return known
    const salt = randomBytes(32).toString('base64url')
    const key = keyFrom(secret, account, salt)
    await redis.hset(keys.keptLogins, account, `${salt} ${passwordDigest(key)}`)
    await setPasswords(session, account)
    return key
  })

/** Lets no server log an account in any more, until it does so anew. Nothing where that is its only way in. Administrators. */
export const dropKeptKey = (session: Session, account: string): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    if (await redis.hexists(keys.loginCodes, account)) return
    if ((await redis.hdel(keys.keptLogins, account)) === 0) return
    await setPasswords(session, account)
  })
