import { createHash } from 'node:crypto'
import { Cluster } from 'ioredis'
import { GalleryError } from '../../shared/errors.ts'
import { aclRules, redisUser, type Rights } from '../redis/acl.ts'
import type { Connection } from '../redis/connect.ts'
import { onRedis, results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { readPeople, redisTime, rightsOf } from './record.ts'

/** Accounts whose Redis users are set in one round trip. */
const chunk = 50

const digest = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)

/** What the rules of an account are, and what Redis says of its user, in short: to notice when either differs. */
export const rulesDigest = (keys: Keys, rights: Rights) => digest(aclRules(keys, rights))
export const userDigest = (user: unknown) => digest(user)

/** The commands that set an account's Redis user; a login of null leaves the password that it has. */
const setUser = (keys: Keys, rights: Rights, login: string | null) => [
  'SETUSER',
  redisUser(keys, rights.name),
  ...aclRules(keys, rights),
  ...(login === null ? [] : ['resetpass', `#${login}`]),
]

/** The servers that each keep their own Redis users. */
const serversOf = (redis: Connection) => (redis instanceof Cluster ? redis.nodes('all') : [])

/**
 * Sets Redis users, the rights that the accounts read of themselves, and tells their open windows. On one server each
 * account's share of this is one transaction, so that no window ever asks for what it has just lost.
 */
const setUsers = async (
  redis: Connection,
  keys: Keys,
  people: Rights[],
  logins: Partial<Record<string, string>>,
) => {
  for (let start = 0; start < people.length; start += chunk) {
    const part = people.slice(start, start + chunk)
    for (const server of serversOf(redis))
      for (const rights of part)
        await server.call('ACL', ...setUser(keys, rights, logins[rights.name] ?? null))
    const changed = redis.multi()
    for (const rights of part) {
      const { name, grants } = rights
      changed.call('ACL', ...setUser(keys, rights, logins[name] ?? null)).del(keys.effective(name))
      if (grants.size > 0 && rights.role !== 'administrator')
        changed.hset(keys.effective(name), Object.fromEntries(grants))
      changed.xadd(keys.accountEvents(name), 'MAXLEN', '~', 100, '*', 'what', 'rights')
    }
    results(await changed.exec())
    await noteApplied(redis, keys, part)
  }
}

/** What Redis says of users, in the order of the names; null where there is none. */
export const readUsers = async (redis: Connection, keys: Keys, names: string[]): Promise<unknown[]> => {
  const asked = redis.pipeline()
  for (const name of names) asked.call('ACL', 'GETUSER', redisUser(keys, name))
  return results(await asked.exec())
}

const noteApplied = async (redis: Connection, keys: Keys, people: Rights[]) => {
  const users = await readUsers(
    redis,
    keys,
    people.map(({ name }) => name),
  )
  const fields = people.map((rights, i) => [
    rights.name,
    `${rulesDigest(keys, rights)} ${userDigest(users[i])}`,
  ])
  await redis.hset(keys.applied, Object.fromEntries(fields) as Record<string, string>)
}

/**
 * Connections of accounts that lost something: those that wait in a blocking read are woken, as Redis 7.0 would still
 * give them what comes next (seen on 7.0.15); those of accounts that may not log in are ended.
 */
const interrupt = async (redis: Connection, keys: Keys, people: Rights[]) => {
  const ended = new Set(people.filter(({ disabled }) => disabled).map(({ name }) => redisUser(keys, name)))
  const woken = new Set(people.map(({ name }) => redisUser(keys, name)))
  for (const server of redis instanceof Cluster ? redis.nodes('all') : [redis]) {
    for (const name of ended) await server.call('CLIENT', 'KILL', 'USER', name)
    const list = (await server.call('CLIENT', 'LIST')) as string
    for (const line of list.split('\n')) {
      const field = (name: string) => new RegExp(` ${name}=(\\S*)`).exec(` ${line}`)?.[1] ?? ''
      if (woken.has(field('user')) && field('flags').includes('b'))
        await server.call('CLIENT', 'UNBLOCK', field('id'))
    }
  }
}

/**
 * Keeps the Redis users beyond a restart of Redis. A server without an ACL file forgets them: they are made again when
 * the gallery is opened next, and `cimaise doctor` warns.
 */
export const saveRedisUsers = async (redis: Connection) => {
  try {
    for (const server of serversOf(redis)) await server.call('ACL', 'SAVE')
    if (!(redis instanceof Cluster)) await redis.call('ACL', 'SAVE')
  } catch (cause) {
    if (cause instanceof Error && /not configured to use an ACL file/i.test(cause.message)) return
    throw new GalleryError(
      'UNAVAILABLE',
      'Redis cannot write its ACL file, so accounts would be lost when it restarts. Let it write there, then try again.',
      { cause },
    )
  }
}

export interface ApplyOptions {
  /** Only these accounts can have changed. */
  names?: Iterable<string>
  /** New passwords, by their digests: set whether or not anything else of the account changes. */
  logins?: Partial<Record<string, string>>
}

/**
 * Brings the Redis users of accounts into line with the rights on record, at once and on open connections. Where the record
 * changes meanwhile, it is looked at again, so that of two administrators the one who is late undoes nothing.
 * Administrators.
 */
export const applyRights = (
  redis: Connection,
  keys: Keys,
  { names, logins = {} }: ApplyOptions = {},
): Promise<void> =>
  onRedis(async () => {
    const wanted = names ? new Set(names) : null
    let changed = false
    for (let turn = 0; turn < 20; turn++) {
      const version = await redis.hget(keys.rights, 'version')
      const [people, now, applied] = await Promise.all([
        readPeople(redis, keys),
        redisTime(redis),
        redis.hgetall(keys.applied),
      ])
      const due = [...people.accounts.keys()]
        .filter((name) => !wanted || wanted.has(name))
        .map((name) => rightsOf(people, name, now))
        .filter(
          (rights) =>
            (turn === 0 && logins[rights.name]) ||
            applied[rights.name]?.split(' ')[0] !== rulesDigest(keys, rights),
        )
      await setUsers(redis, keys, due, logins)
      if (due.length > 0) await interrupt(redis, keys, due)
      changed ||= due.length > 0
      if ((await redis.hget(keys.rights, 'version')) === version) break
    }
    if (changed) await saveRedisUsers(redis)
  })
