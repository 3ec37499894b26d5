import type { Redis } from 'ioredis'
import { aclRules, type Rights } from '../../redis/acl/acl-rules.ts'
import { guestName, redisUser } from '../../redis/acl/redis-users.ts'
import type { Connection } from '../../redis/connection.ts'
import type { Keys } from '../../redis/keys.ts'
import { readAccessRecord, redisTime, rightsOf } from '../access-record.ts'
import { readPasswords } from '../kept-digests.ts'
import { inOrderOfUse } from '../order-of-use.ts'
import { digest } from '../user-digest.ts'

/** What Redis users a server should have, by the record in the gallery. */
export interface WantedUsers {
  /** Of the record that this was read from. */
  version: string
  /** Redis user -> what ACL SETUSER takes, the password among it; the guest, who is to be set last, comes last. */
  users: Map<string, { rules: string[]; digest: string }>
}

/** The version of the record, which grows with each change of who may what. */
export const readVersion = async (redis: Connection, keys: Keys): Promise<string> =>
  (await redis.hget(keys.rights, 'version')) ?? '0'

/** Reads the record. `redis`: an administrator's connection, or the program's own. */
export const readWantedUsers = async (redis: Connection, keys: Keys): Promise<WantedUsers> => {
  // The version first: what changes meanwhile is read again.
  const version = await readVersion(redis, keys)
  const [access, now, logins] = await Promise.all([
    readAccessRecord(redis, keys),
    redisTime(redis),
    redis.hgetall(keys.logins),
  ])
  const passwordsOf = await readPasswords(redis, keys, logins)
  const names = [...access.accounts.keys()]
  const ordered = [
    ...names.filter((name) => name !== guestName),
    ...names.filter((name) => name === guestName),
  ]
  const rights = ordered.map((name) => rightsOf(access, name, now))
  const inUse = await inOrderOfUse(redis, keys, rights)
  const users = ordered.map((name, i) => {
    const digests = passwordsOf(name).map((password) => `#${password}`)
    const passwords = name === guestName ? [] : ['resetpass', ...digests]
    const rulesOf = (of: Rights[]) => (of[i] ? [...passwords, ...aclRules(keys, of[i])] : passwords)
    // Other rights are what is new, and not another order.
    return [redisUser(keys, name), { rules: rulesOf(inUse), digest: digest(rulesOf(rights)) }] as const
  })
  return { version, users: new Map(users) }
}

/**
 * Whether what was read of the record is still so, for a transaction that is to do nothing if that changes before it is run. A server of a
 * cluster that does not hold the record cannot be asked: true there. `server`: as the program's own account.
 */
export const holdsStill = async (server: Redis, keys: Keys, version: string): Promise<boolean> => {
  try {
    await server.watch(keys.rights)
    return (await readVersion(server, keys)) === version
  } catch (error) {
    if (error instanceof Error && /^(MOVED|CLUSTERDOWN)/.test(error.message)) return true
    throw error
  }
}
