import { effectiveRights, type Grants } from '../../shared/rights.ts'
import { guest, guestName, type Right, type Rights } from '../redis/acl.ts'
import type { Connection } from '../redis/connect.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'

/** Everything on record that decides who may what. */
export interface People {
  publicAlbums: string[]
  accounts: Map<string, { record: Record<string, string>; grants: Grants }>
  groups: Map<string, { record: Record<string, string>; members: string[]; grants: Grants }>
}

/** Reads all accounts, groups and rights. Administrators. */
export const readPeople = async (redis: Connection, keys: Keys): Promise<People> => {
  const [names, groups, publicAlbums] = await Promise.all([
    redis.smembers(keys.users),
    redis.smembers(keys.groups),
    redis.smembers(keys.public),
  ])
  const asked = redis.pipeline()
  for (const name of names) asked.hgetall(keys.account(name)).hgetall(keys.grants(name))
  for (const name of groups)
    asked.hgetall(keys.group(name)).smembers(keys.groupMembers(name)).hgetall(keys.groupGrants(name))
  const answers = results<Record<string, string> | string[]>(await asked.exec())
  const hash = (n: number) => (answers[n] ?? {}) as Record<string, string>
  const base = 2 * names.length
  return {
    publicAlbums: publicAlbums.toSorted(),
    accounts: new Map(
      names.toSorted().map((name) => {
        const n = 2 * names.indexOf(name)
        return [name, { record: hash(n), grants: hash(n + 1) as Grants }]
      }),
    ),
    groups: new Map(
      groups.map((name, i) => {
        const n = base + 3 * i
        return [
          name,
          { record: hash(n), members: (answers[n + 1] ?? []) as string[], grants: hash(n + 2) as Grants },
        ]
      }),
    ),
  }
}

const roles = new Set(['administrator', 'member', 'guest', 'share'])

/** What an account may do. `now`: milliseconds since 1970, by the clock of Redis; a share ends at its date. */
export const rightsOf = (people: People, name: string, now: number): Rights => {
  if (name === guestName) return guest(people.publicAlbums)
  const { record, grants } = people.accounts.get(name) ?? { record: {} as Record<string, string>, grants: {} }
  const groups = [...people.groups.values()].filter(({ members }) => members.includes(name))
  const effective = effectiveRights([grants, ...groups.map((group) => group.grants)])
  const known = roles.has(record['role'] ?? '') && record['role'] !== 'guest'
  const expires = record['expires']
  return {
    name,
    role: known ? (record['role'] as Rights['role']) : 'member',
    disabled: record['disabled'] === '1' || (expires !== undefined && Date.parse(expires) <= now),
    grants: new Map([...effective].toSorted() as [string, Right][]),
    publicAlbums: people.publicAlbums,
    stem: record['role'] === 'member' && record['makes'] ? (record['stem'] ?? null) : null,
    service: record['service'] === '1',
  }
}

/** The time by the clock of Redis, in milliseconds since 1970: that of this computer may be set by anybody. */
export const redisTime = async (redis: Connection): Promise<number> => {
  const [seconds, micro] = await redis.time()
  return Number(seconds) * 1000 + Math.floor(Number(micro) / 1000)
}
