import type { GrantedLevel } from '../../shared/schemas/access.ts'
import { effectiveRights, type Grants } from '../../shared/domain/access.ts'
import { noAnswers, parseAnswers } from '../../shared/domain/visitor-answers.ts'
import { guest, type Rights } from '../redis/acl/acl-rules.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import type { Connection } from '../redis/connection.ts'
import { fromRedis, isWrongType } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'

/** Everything on record that decides who may what. */
export interface AccessRecord {
  publicAlbums: string[]
  /** Public album -> its switches, as they are kept (shared/domain/visitor-switches.ts). */
  publicSwitches: Partial<Record<string, string>>
  accounts: Map<string, { record: Record<string, string>; grants: Grants }>
  groups: Map<string, { record: Record<string, string>; members: string[]; grants: Grants }>
  /** The administrators who are not disabled, as the scripts keep them. */
  administrators: Set<string>
  /** Keys of accounts and groups that hold something else than they should, which counts as nothing. */
  damaged: Set<string>
}

/** Reads keys in one round trip; a key of another type is noted in `damaged` and counts as empty. */
const readEach = async (redis: Connection, hashes: string[], sets: string[], damaged: Set<string>) => {
  const asked = redis.pipeline()
  for (const key of hashes) asked.hgetall(key)
  for (const key of sets) asked.smembers(key)
  const replies = new Map<string, unknown>()
  const read = [...hashes, ...sets]
  for (const [n, reply] of ((await asked.exec()) ?? []).entries()) {
    const [error, result] = reply
    if (error && !isWrongType(error)) throw fromRedis(error)
    if (error) damaged.add(read[n] ?? '')
    else replies.set(read[n] ?? '', result)
  }
  return {
    hash: (key: string) => (replies.get(key) ?? {}) as Record<string, string>,
    set: (key: string) => (replies.get(key) ?? []) as string[],
  }
}

/** All groups, by name. Administrators. */
export const readGroups = async (redis: Connection, keys: Keys): Promise<Groups> =>
  (await readAccessRecord(redis, keys, new Set())).groups

/** Reads all groups and public albums, and all accounts with their rights, or some of them. Administrators. */
export const readAccessRecord = async (
  redis: Connection,
  keys: Keys,
  only: ReadonlySet<string> | null = null,
): Promise<AccessRecord> => {
  const [everybody, groups, publicAlbums, publicSwitches, administrators] = await Promise.all([
    redis.smembers(keys.users),
    redis.smembers(keys.groups),
    redis.smembers(keys.public),
    redis.hgetall(keys.publicSwitches),
    redis.smembers(keys.administrators),
  ])
  const names = only ? everybody.filter((name) => only.has(name)) : everybody
  const damaged = new Set<string>()
  const hashes = [
    ...names.flatMap((name) => [keys.account(name), keys.grants(name)]),
    ...groups.flatMap((name) => [keys.group(name), keys.groupGrants(name)]),
  ]
  const sets = groups.map((name) => keys.groupMembers(name))
  const { hash, set } = await readEach(redis, hashes, sets, damaged)
  const account = (name: string) => ({
    record: damaged.has(keys.account(name))
      ? lostRecord(administrators.includes(name))
      : hash(keys.account(name)),
    grants: hash(keys.grants(name)) as Grants,
  })
  const group = (name: string) => ({
    record: hash(keys.group(name)),
    members: set(keys.groupMembers(name)),
    grants: hash(keys.groupGrants(name)) as Grants,
  })
  return {
    publicAlbums: publicAlbums.toSorted(),
    publicSwitches,
    accounts: new Map(names.toSorted().map((name) => [name, account(name)])),
    groups: new Map(groups.map((name) => [name, group(name)])),
    administrators: new Set(administrators),
    damaged,
  }
}

/** An account whose record cannot be read is let in no more, unless it is one that has to put that right. */
export const lostRecord = (administrator: boolean): Record<string, string> =>
  administrator ? { role: 'administrator' } : { disabled: '1' }

type Groups = AccessRecord['groups']

const memberships = new WeakMap<Groups, Map<string, string[]>>()

/** The groups that an account is in, as they were read: looked up for thousands of accounts one after the other. */
export const groupsOf = (groups: Groups, name: string): readonly string[] => {
  const known = memberships.get(groups) ?? new Map<string, string[]>()
  if (!memberships.has(groups)) {
    for (const [group, { members }] of groups)
      for (const member of members) known.set(member, [...(known.get(member) ?? []), group])
    memberships.set(groups, known)
  }
  return known.get(name) ?? []
}

const roles = new Set(['administrator', 'member', 'guest', 'share'])

/** Whose token an account is; undefined where it is none. */
const personOf = (record: Record<string, string>) => (record['role'] === 'token' ? record['of'] : undefined)

/** What an account may do. `now`: milliseconds since 1970, by the clock of Redis; a share ends at its date. */
export const rightsOf = (access: AccessRecord, name: string, now: number): Rights => {
  if (name === guestName) return guest(access.publicAlbums)
  const { record, grants } = access.accounts.get(name) ?? { record: {}, grants: {} }
  const person = personOf(record)
  if (person !== undefined) return tokenRights(access, { name, person, record }, now)
  const groups = groupsOf(access.groups, name).map((group) => access.groups.get(group)?.grants ?? {})
  const effective = effectiveRights([grants, ...groups])
  const known = roles.has(record['role'] ?? '') && record['role'] !== 'guest'
  const expires = record['expires']
  const answers = record['role'] === 'share' ? parseAnswers(record['answers']) : noAnswers
  // A link has a right to read on record, and may comment where its answers say so.
  const withAnswers = ([album, right]: [string, GrantedLevel]): [string, GrantedLevel] => [
    album,
    answers.comments && right === 'read' ? 'comment' : right,
  ]
  return {
    name,
    role: known ? (record['role'] as Rights['role']) : 'member',
    disabled: record['disabled'] === '1' || (expires !== undefined && !(Date.parse(expires) > now)),
    grants: new Map([...effective].map(withAnswers).toSorted()),
    publicAlbums: access.publicAlbums,
    ownIdPrefix: record['role'] === 'member' && record['makes'] ? (record['stem'] ?? null) : null,
    service: record['service'] === '1',
    answers,
    token: null,
  }
}

/**
 * What a token may do: read what its person may read now, or those of its albums that the person may read now. It ends at its date, and
 * may do nothing where its person may not.
 */
const tokenRights = (
  access: AccessRecord,
  { name, person, record }: { name: string; person: string; record: Record<string, string> },
  now: number,
): Rights => {
  const known =
    access.accounts.has(person) && personOf(access.accounts.get(person)?.record ?? {}) === undefined
  const rights = known && person !== guestName ? rightsOf(access, person, now) : null
  const of = rights && (rights.role === 'member' || rights.role === 'administrator') ? rights : null
  const chosen = record['albums']?.split(' ')
  const prefix = of?.ownIdPrefix ?? null
  const mayRead = (id: string) =>
    of?.role === 'administrator' ||
    of?.grants.has(id) === true ||
    of?.publicAlbums.includes(id) === true ||
    (prefix !== null && id.startsWith(prefix))
  const albums = chosen ? chosen.filter(mayRead) : [...(of?.grants.keys() ?? [])]
  return {
    name,
    role: 'token',
    disabled: !of || of.disabled || !(Date.parse(record['expires'] ?? '') > now),
    grants: new Map(albums.toSorted().map((id) => [id, 'read'])),
    publicAlbums: chosen ? [] : access.publicAlbums,
    ownIdPrefix: chosen ? null : prefix,
    service: false,
    answers: noAnswers,
    token: { of: person, all: !chosen, administrator: of?.role === 'administrator' },
  }
}

/** Accounts and their tokens, or tokens and whose they are: what one may do follows from the other. Administrators. */
export const withTokens = async (
  redis: Connection,
  keys: Keys,
  names: ReadonlySet<string>,
): Promise<Set<string>> => {
  const asked = redis.pipeline()
  for (const name of names) asked.hkeys(keys.tokens(name)).hget(keys.account(name), 'of')
  const replies = (await asked.exec()) ?? []
  const found = replies.flatMap(([, reply]) =>
    Array.isArray(reply) ? (reply as string[]) : [reply as string | null],
  )
  return new Set([...names, ...found.filter((name) => name !== null)])
}

/** The time by the clock of Redis, in milliseconds since 1970: that of this computer may be set by its user. */
export const redisTime = async (redis: Connection): Promise<number> => {
  const [seconds, micro] = await redis.time()
  return Number(seconds) * 1000 + Math.floor(Number(micro) / 1000)
}
