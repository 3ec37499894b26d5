import { readGalleryId, deriveKey, refuseHalfRestored, writeFoundations } from './credentials.ts'
import { saveRedisUsers } from '../access/acl-file.ts'
import { applyRights } from '../access/apply-acl.ts'
import { administrator, aclRules } from '../redis/acl/acl-rules.ts'
import { passwordDigest, passwordRule } from '../redis/acl/passwords.ts'
import { redisUser } from '../redis/acl/redis-users.ts'
import { isSpread } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'

/** A Redis that holds nothing but this gallery: no other program needs its `default` user. */
const isOurs = async (redis: Connection, keys: Keys) => {
  // Nodes of several servers have had theirs switched off when they were admitted (access/nodes/admit.ts).
  if (isSpread(redis)) return false
  const counts = await Promise.all([redis.dbsize(), redis.exists(keys.meta)])
  return counts[0] === 0 || counts[1] === 1
}

/** The first administrator: with a password that its user chose, or with a key. */
export interface Founder {
  account: string
  password: string | null
  key: string | null
}

/** Gives the first administrator a login. `redis` is logged in as a Redis user with all rights. */
const giveLogin = async (
  redis: Connection,
  keys: Keys,
  { account, password, key }: Founder,
  galleryId: string,
) => {
  const login = key ?? (await deriveKey(galleryId, account, password ?? ''))
  const rules = [...aclRules(keys, administrator(account)), 'resetpass', passwordRule(login)]
  await redis.call('ACL', 'SETUSER', redisUser(keys, account), ...rules)
  await redis.hset(keys.logins, account, passwordDigest(login))
  // Programs type no codes.
  await redis.hdel(keys.loginCodes, account)
}

/**
 * Lets everybody in with the rights and passwords that are on record, the first administrator with the login that is given
 * where there is one. `redis` is logged in as a Redis user with all rights.
 */
export const letIn = async (
  redis: Connection,
  keys: Keys,
  founder: Founder | null,
  galleryId: string,
): Promise<void> => {
  if (founder) await giveLogin(redis, keys, founder, galleryId)
  // Passwords that the record knows come back with the accounts, where the ACL file was lost.
  await redis.del(keys.applied)
  await applyRights(redis, keys, { logins: await redis.hgetall(keys.logins) })
}

/**
 * Makes a gallery in a Redis that has none, or makes its accounts again in a Redis that has forgotten them: the
 * administrator and the guest, then the rules of all accounts. `redis` is logged in as a Redis user with all rights, for this
 * once. `default` is switched off, unless others keep their data in the same Redis: those would be locked out. It keeps
 * its rights, as Redis replays its append-only file as `default` (docs/architecture.md).
 */
export const establish = async (redis: Connection, keys: Keys, founder: Founder): Promise<void> => {
  refuseHalfRestored(await redis.hget(keys.meta, 'restoring'))
  const ours = await isOurs(redis, keys)
  await writeFoundations(redis, keys, { name: founder.account, displayName: founder.account })
  await letIn(redis, keys, founder, await readGalleryId(redis, keys))
  // Whoever brings servers in step may have read the record half written.
  await redis.hincrby(keys.rights, 'version', 1)
  if (ours) await redis.call('ACL', 'SETUSER', 'default', 'off')
  await saveRedisUsers(redis, keys)
}
