import type { Connection } from '../redis/connect.ts'
import type { Keys } from '../redis/keys.ts'
import { applyRights, readUsers, rulesDigest, userDigest } from './apply.ts'
import { note } from './audit.ts'
import { readPeople, redisTime, rightsOf } from './record.ts'

/** The SHA-256 digests of a Redis user's passwords. */
const passwordsOf = (user: unknown): string[] => {
  const fields = Array.isArray(user) ? (user as unknown[]) : []
  const at = fields.indexOf('passwords')
  return at < 0 ? [] : (fields[at + 1] as string[])
}

/** How a Redis user differs from what this gallery made of it; null where it does not. */
const difference = (user: unknown, applied: string | undefined, login: string | undefined): string | null => {
  if (user === null) return 'missing'
  if (login !== undefined && !passwordsOf(user).includes(login)) return 'password'
  return applied !== undefined && applied.split(' ')[1] !== userDigest(user) ? 'rules' : null
}

/**
 * Compares every Redis user with its account, and sets right what differs: an ACL file that was lost or edited by hand, rules
 * of another version of Cimaise, a change of rights that was broken off. What somebody else must have done is noted in the
 * record of changes. Passwords come back too, as the record keeps their digests. Administrators.
 */
export const verifyRights = async (redis: Connection, keys: Keys, account: string): Promise<void> => {
  const [people, now, applied, logins] = await Promise.all([
    readPeople(redis, keys),
    redisTime(redis),
    redis.hgetall(keys.applied),
    redis.hgetall(keys.logins),
  ])
  const names = [...people.accounts.keys()]
  const users = await readUsers(redis, keys, names)
  const differing = names.flatMap((name, i) => {
    const how = difference(users[i], applied[name], logins[name])
    return how ? [{ name, how }] : []
  })
  // A password that this gallery has not noted yet, as that of a first administrator.
  const found = names.flatMap((name, i) => {
    const [password] = passwordsOf(users[i])
    return password && !(name in logins) ? [[name, password] as const] : []
  })
  if (found.length > 0) await redis.hset(keys.logins, Object.fromEntries(found))
  const active = names.filter((name) => {
    const rights = rightsOf(people, name, now)
    return rights.role === 'administrator' && !rights.disabled
  })
  if (active.length > 0) await redis.sadd(keys.administrators, ...active)
  const stale = names.some(
    (name) => applied[name]?.split(' ')[0] !== rulesDigest(keys, rightsOf(people, name, now)),
  )
  if (differing.length === 0 && !stale) return
  if (differing.length > 0) await redis.hdel(keys.applied, ...differing.map(({ name }) => name))
  const restored = differing.flatMap(({ name }) => (logins[name] ? [[name, logins[name]] as const] : []))
  await applyRights(redis, keys, { logins: Object.fromEntries(restored) })
  const told = differing.filter(({ name }) => name in applied)
  if (told.length > 0)
    await note(
      { redis, keys, account },
      'repaired',
      '',
      told.map(({ name, how }) => [name, how, '']),
    )
}
