import { supervisorRules, type Rights } from '../redis/acl/acl-rules.ts'
import { isPasswordDigest } from '../redis/acl/passwords.ts'
import { redisUser } from '../redis/acl/redis-users.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'
import { readSaved, saveRedisUsers } from './acl-file.ts'
import { applyRights, parseApplied, readUsers, rulesDigest } from './apply-acl.ts'
import { note } from './audit-log.ts'
import { readAccessRecord, redisTime, rightsOf, type AccessRecord } from './access-record.ts'
import { readPasswords } from './kept-digests.ts'
import { isVerified, noteVerified, readMark } from './verified-mark.ts'
import { copiesDiffer, wantedCopies } from './visitors.ts'
import { fieldOfUser, isOldDigest, userDigest } from './user-digest.ts'

type Texts = Partial<Record<string, string>>

/** How a Redis user differs from what this gallery made of it; null where it does not. */
const difference = (
  user: unknown,
  applied: string | undefined,
  passwords: readonly string[],
): string | null => {
  const made = parseApplied(applied)
  if (made.refused !== null) return null // Redis takes no rules of it
  if (user === null) return 'missing'
  const known = fieldOfUser(user, 'passwords')
  if (passwords.some((digest) => !known.includes(digest))) return 'password'
  return applied !== undefined && made.user !== userDigest(user) ? 'rules' : null
}

interface Found {
  access: AccessRecord
  /** By the clock of Redis, in milliseconds since 1970. */
  now: number
  names: string[]
  rights: Rights[]
  users: unknown[]
  applied: Texts
  /** Digests of passwords, of those accounts where they are any. */
  logins: Texts
  /** Digests of all passwords that an account's Redis user is to have. */
  passwordsOf: (name: string) => string[]
}

const look = async (redis: Connection, keys: Keys): Promise<Found> => {
  const [access, now, applied, logins] = await Promise.all([
    readAccessRecord(redis, keys),
    redisTime(redis),
    redis.hgetall(keys.applied),
    redis.hgetall(keys.logins),
  ])
  const names = [...access.accounts.keys()]
  return {
    access,
    now,
    names,
    rights: names.map((name) => rightsOf(access, name, now)),
    users: await readUsers(redis, keys, names),
    applied,
    logins: Object.fromEntries(Object.entries(logins).filter(([, login]) => isPasswordDigest(login))),
    passwordsOf: await readPasswords(redis, keys, logins),
  }
}

/** Notes what this gallery does not know yet: passwords such as a first administrator's, and who is one. */
const noteUnknown = async (
  redis: Connection,
  keys: Keys,
  { access, names, rights, users, logins }: Found,
) => {
  const found = names.flatMap((name, i) => {
    const [password] = fieldOfUser(users[i], 'passwords')
    return password && !(name in logins) ? [[name, password] as const] : []
  })
  if (found.length > 0) await redis.hset(keys.logins, Object.fromEntries(found))
  const active = rights.filter(({ role, disabled }) => role === 'administrator' && !disabled)
  const missing = active.filter(({ name }) => !access.administrators.has(name))
  if (missing.length > 0) await redis.sadd(keys.administrators, ...missing.map(({ name }) => name))
}

/** The supervisor of an embedded server has the rules of this version and the password of its key file. */
const verifySupervisor = async (redis: Connection, keys: Keys, login: string) => {
  const user = await redis.call('ACL', 'GETUSER', 'keeper')
  const commands = supervisorRules.filter((rule) => /^[+-]/.test(rule)).toSorted()
  const same =
    fieldOfUser(user, 'flags').includes('on') &&
    fieldOfUser(user, 'commands').toSorted().join() === commands.join() &&
    fieldOfUser(user, 'passwords').join() === login &&
    [...fieldOfUser(user, 'keys'), ...fieldOfUser(user, 'channels'), ...fieldOfUser(user, 'selectors')]
      .length === 0
  if (same) return
  await redis.hincrby(keys.rights, 'set', 1)
  const rules = [...supervisorRules, 'clearselectors', 'resetpass', `#${login}`]
  await redis.call('ACL', 'SETUSER', 'keeper', ...rules)
  await saveRedisUsers(redis, keys)
}

/** When the next share link ends that has not, in milliseconds since 1970; none ends at infinity. */
const nextEnd = ({ access, now }: Found): number => {
  const ends = [...access.accounts.values()].map(({ record }) => Date.parse(record['expires'] ?? ''))
  return Math.min(Number.POSITIVE_INFINITY, ...ends.filter((end) => end > now))
}

export interface Verifier {
  account: string
  /** Digest of the supervisor's password; null where this computer does not run the server. */
  supervisorLogin: string | null
}

/**
 * Compares every Redis user with its account, and sets right what differs: an ACL file that was lost or edited by hand, rules
 * of another version of Cimaise, a change of rights that was broken off. What another program must have done is noted in the
 * record of changes. Passwords come back too, as the record keeps their digests. Where all is as it should be, that is noted, so that it need not be
 * compared again, and nothing else is written: a full Redis or disk can be read. Administrators.
 */
export const verifyRights = async (
  redis: Connection,
  keys: Keys,
  { account, supervisorLogin }: Verifier,
): Promise<void> => {
  const mark = await readMark(redis, keys, supervisorLogin)
  if (await isVerified(redis, keys, mark)) return
  const found = await look(redis, keys)
  const { names, users, applied, logins } = found
  const file = await readSaved(redis, keys)
  const differing = names.flatMap((name, i) => {
    const how = difference(users[i], applied[name], found.passwordsOf(name))
    return how ? [{ name, how }] : []
  })
  await noteUnknown(redis, keys, found)
  if (supervisorLogin !== null && names.every((name) => redisUser(keys, name) !== 'keeper'))
    await verifySupervisor(redis, keys, supervisorLogin)
  const stale = found.rights.some(
    (rights) => parseApplied(applied[rights.name]).rules !== rulesDigest(keys, rights),
  )
  const behind = await copiesDiffer(redis, keys, wantedCopies(found.access, found.rights))
  if (differing.length === 0 && !stale && !behind && file.set === file.saved)
    return noteVerified(redis, keys, mark, nextEnd(found))
  if (differing.length > 0) await redis.hdel(keys.applied, ...differing.map(({ name }) => name))
  const restored = differing.flatMap(({ name }) => (logins[name] ? [[name, logins[name]] as const] : []))
  await applyRights(redis, keys, { logins: Object.fromEntries(restored) })
  // An ACL file that could not be written is behind; so says no older version's digest.
  const told = differing.filter(
    ({ name, how }) =>
      name in applied &&
      file.set === file.saved &&
      !(how === 'rules' && isOldDigest(parseApplied(applied[name]).user)),
  )
  if (told.length > 0)
    await note(
      { redis, keys, account },
      'repaired',
      '',
      told.map(({ name, how }) => [name, how, '']),
    )
}
