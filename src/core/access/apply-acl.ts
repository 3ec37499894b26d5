import { chunksOf } from '../../shared/domain/chunks.ts'
import { Cluster } from 'ioredis'
import { aclRules, type Rights } from '../redis/acl/acl-rules.ts'
import { redisUser } from '../redis/acl/redis-users.ts'
import { isSpread, serversOf } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import { fromRedis, onRedis, results } from '../redis/errors.ts'
import { patiently } from '../redis/patience.ts'
import type { Keys } from '../redis/keys.ts'
import { readSaved, saveRedisUsers } from './acl-file.ts'
import { noteCommenters } from '../comments/commenters.ts'
import { noteSelections } from '../selections/selection-record.ts'
import { note } from './audit-log.ts'
import { endConnectionsOf, interruptUsers } from './interrupt-users.ts'
import { readAccessRecord, redisTime, rightsOf, withTokens } from './access-record.ts'
import { readPasswords } from './kept-digests.ts'
import { inOrderOfUse } from './order-of-use.ts'
import { digest, userDigest } from './user-digest.ts'
import { dropCopies, makeCopies, wantedCopies } from './visitors.ts'
import { errorText } from '../../shared/errors.ts'

/** Accounts whose Redis users are set in one round trip. */
const pipelineSize = 50

/** What the rules of an account are, in short: to notice when they differ. */
export const rulesDigest = (keys: Keys, rights: Rights) => digest(aclRules(keys, rights))

/** What `applied` says of an account: the rules that it was given, what Redis then said, and why Redis refused. */
export const parseApplied = (text: string | undefined) => {
  const [rules = '', user = '', ...rest] = (text ?? '').split(' ')
  return { rules, user, refused: user === refusedMark ? rest.join(' ') : null }
}
const refusedMark = 'refused'

/** The commands that set an account's Redis user; without digests it keeps the passwords that it has. */
const setUser = (keys: Keys, rights: Rights, passwords: readonly string[] | undefined) => [
  'SETUSER',
  redisUser(keys, rights.name),
  ...aclRules(keys, rights),
  ...(passwords ? ['resetpass', ...passwords.map((digest) => `#${digest}`)] : []),
]

type Logins = Partial<Record<string, string>>
/** The digests of all passwords that accounts are to have: their own, and the one by which a server lets them in. */
type Passwords = Partial<Record<string, string[]>>

/** Why Redis refuses the rules of an account. Anything else that goes wrong concerns all of them and is thrown. */
const refusal = (error: unknown): string | null => {
  if (!error) return null
  const message = errorText(error)
  if (!/^ERR .*(ACL SETUSER|Usernames|syntax)/i.test(message)) throw fromRedis(error)
  return message.replace(/^ERR /, '')
}

/**
 * Sets the Redis users of some accounts. Where Redis refuses the rules of one, the others are set all the same.
 * Returns the refused ones with the reason.
 */
const setPart = async (redis: Connection, keys: Keys, accounts: Rights[], passwords: Passwords) => {
  const refused = new Map<string, string>()
  if (redis instanceof Cluster)
    for (const server of serversOf(redis))
      for (const rights of accounts)
        await server.call('ACL', ...setUser(keys, rights, passwords[rights.name])).catch((error: unknown) => {
          refused.set(rights.name, refusal(error) ?? '')
        })
  const changed = redis.multi().hincrby(keys.rights, 'set', 1)
  for (const rights of accounts) {
    const { name, grants } = rights
    changed.call('ACL', ...setUser(keys, rights, passwords[name])).del(keys.effective(name))
    if (grants.size > 0 && rights.role !== 'administrator')
      changed.hset(keys.effective(name), Object.fromEntries(grants))
    else changed.del(keys.effective(name))
    changed.xadd(keys.accountEvents(name), 'MAXLEN', '~', 100, '*', 'what', 'rights')
  }
  const replies = (await changed.exec()) ?? []
  for (const [i, { name }] of accounts.entries()) {
    const reason = refusal(replies[1 + 4 * i]?.[0])
    if (reason !== null) refused.set(name, reason)
  }
  return refused
}

/**
 * Takes everything from an account's Redis user, and ends its connections. For one whose rules Redis refuses, as what it had
 * may be more than it has now, and for one that must not write a word more.
 */
export const switchOff = async (redis: Connection, keys: Keys, name: string) => {
  const nothing = ['off', 'resetkeys', 'resetchannels', 'clearselectors', '-@all']
  // Redis may refuse the name itself: then there is no such user.
  for (const server of serversOf(redis))
    await server
      .call('ACL', 'SETUSER', redisUser(keys, name), ...nothing)
      .then(() => server.call('CLIENT', 'KILL', 'USER', redisUser(keys, name)))
      .catch(() => undefined)
  await redis.del(keys.effective(name))
}

/**
 * Sets Redis users, the rights that the accounts read of themselves, and tells their open windows. On one server each
 * account's share of this is one transaction, so that no window ever asks for what it has just lost.
 */
const setUsers = async (
  redis: Connection,
  keys: Keys,
  accounts: Rights[],
  { passwords, applied }: { passwords: Passwords; applied: Record<string, string> },
) => {
  for (const part of chunksOf(accounts, pipelineSize)) {
    const refused = await setPart(redis, keys, await inOrderOfUse(redis, keys, part), passwords)
    for (const [name, reason] of refused) {
      await switchOff(redis, keys, name)
      if (parseApplied(applied[name]).refused !== reason)
        await note({ redis, keys, account: 'cimaise' }, 'switched-off', name, [['reason', '', reason]])
    }
    await noteApplied(redis, keys, part, refused)
  }
}

/** What Redis says of users, in the order of the names; null where there is none. */
export const readUsers = async (redis: Connection, keys: Keys, names: string[]): Promise<unknown[]> => {
  const asked = redis.pipeline()
  for (const name of names) asked.call('ACL', 'GETUSER', redisUser(keys, name))
  return results(await asked.exec())
}

const noteApplied = async (
  redis: Connection,
  keys: Keys,
  accounts: Rights[],
  refused: ReadonlyMap<string, string>,
) => {
  const users = await readUsers(
    redis,
    keys,
    accounts.map(({ name }) => name),
  )
  const fields = accounts.map((rights, i) => {
    const reason = refused.get(rights.name)
    const user = reason === undefined ? userDigest(users[i]) : `${refusedMark} ${reason}`
    return [rights.name, `${rulesDigest(keys, rights)} ${user}`]
  })
  await redis.hset(keys.applied, Object.fromEntries(fields) as Record<string, string>)
}

/**
 * Connections of accounts that lost something: those that wait in a blocking read are woken, as Redis 7.0 would still
 * give them what comes next (seen on 7.0.15); those of accounts that may not log in are ended.
 */
const interrupt = async (redis: Connection, keys: Keys, accounts: Rights[]) => {
  const ended = new Set(accounts.filter(({ disabled }) => disabled).map(({ name }) => redisUser(keys, name)))
  const woken = new Set(accounts.map(({ name }) => redisUser(keys, name)))
  for (const server of serversOf(redis)) {
    for (const name of ended) await endConnectionsOf(server, name)
    await interruptUsers(server, woken)
  }
}

/** Has the ACL file written where it is not what Redis has, by this change or one before that could not be kept. */
const saveWhatIsDue = async (redis: Connection, keys: Keys) => {
  const { set, saved } = await readSaved(redis, keys)
  if (set !== saved) await saveRedisUsers(redis, keys)
}

/** What was applied to all accounts, or to some. */
const readApplied = async (redis: Connection, keys: Keys, wanted: ReadonlySet<string> | null) => {
  if (!wanted) return redis.hgetall(keys.applied)
  const names = [...wanted]
  const found = names.length > 0 ? await redis.hmget(keys.applied, ...names) : []
  return Object.fromEntries(names.flatMap((name, i) => (found[i] ? [[name, found[i]] as const] : [])))
}

export interface ApplyOptions {
  /** Only these accounts can have changed. */
  names?: Iterable<string>
  /** New passwords, by their digests: set whether or not anything else of the account changes. */
  logins?: Logins
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
  onRedis(() => patiently(redis, () => apply(redis, keys, names ? new Set(names) : null, logins)))

const passwordsOf = async (redis: Connection, keys: Keys, logins: Logins): Promise<Passwords> => {
  const names = Object.keys(logins)
  const passwords = await readPasswords(redis, keys, logins, names)
  return Object.fromEntries(names.map((name) => [name, passwords(name)] as const))
}

const apply = async (redis: Connection, keys: Keys, named: Set<string> | null, logins: Logins) => {
  const passwords = await passwordsOf(redis, keys, logins)
  const wanted = named && (await withTokens(redis, keys, named))
  for (let turn = 0; turn < 20; turn++) {
    const version = await redis.hget(keys.rights, 'version')
    const [access, now, applied] = await Promise.all([
      readAccessRecord(redis, keys, wanted),
      redisTime(redis),
      readApplied(redis, keys, wanted),
    ])
    // What `applied` says was set on a server that may have been another: of several, those that are named are always set.
    const all = [...access.accounts.keys()].map((name) => rightsOf(access, name, now))
    const due = all.filter(
      (rights) =>
        (turn === 0 && (logins[rights.name] || (wanted && isSpread(redis)))) ||
        parseApplied(applied[rights.name]).rules !== rulesDigest(keys, rights),
    )
    const copies = wantedCopies(access, all)
    await makeCopies(redis, keys, copies)
    // The names for people may have changed though the rights have not.
    await noteCommenters(redis, keys, access, wanted ? all : due)
    await noteSelections(redis, keys, access, wanted ? all : due)
    await setUsers(redis, keys, due, { passwords, applied })
    if (due.length > 0) await interrupt(redis, keys, due)
    await dropCopies(redis, keys, copies, wanted)
    if ((await redis.hget(keys.rights, 'version')) === version) break
  }
  await saveWhatIsDue(redis, keys)
}
