import { createHash } from 'node:crypto'
import { Cluster } from 'ioredis'
import { aclRules, administrator, guest, type Rights } from '../redis/acl/acl-rules.ts'
import type { Connection } from '../redis/connection.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { redisTime } from './access-record.ts'

/*
 * Comparing thousands of Redis users with the record takes seconds. Where all were found as they should be, a mark is left: a
 * digest of what Redis then said of all its users in one answer, and of what tells of changes of the record. As long as it
 * is the same, there is nothing to compare.
 */

/** The rules of this version of Cimaise for one of each kind of account. */
const rulesOfVersion = (keys: Keys) => {
  // Two that are one in a pattern.
  const [id, other] = ['owner~Abcd1234', 'owner~Abcd1235']
  const member: Rights = {
    ...{ ...administrator('ana'), role: 'member', publicAlbums: [id], ownIdPrefix: 'ana~Abcd' },
    ...{ grants: new Map([id, other].map((album) => [album, 'modify'])), service: true },
  }
  const share: Rights = {
    ...member,
    name: 'share~Abcd1234',
    role: 'share',
    ownIdPrefix: null,
    service: false,
    answers: { comments: true, selection: 1, closed: false },
  }
  const token: Rights = { ...share, role: 'token', token: { of: 'ana', all: true, administrator: true } }
  const all = [administrator('ana'), guest([id]), member, share, token, { ...member, disabled: true }]
  return all.map((rights) => aclRules(keys, rights))
}

/** A line of ACL LIST with its words in one order: after a restart the same Redis names them in another (seen on 7.0.15). */
const inOneOrder = (line: string): string =>
  (line.match(/\([^)]*\)|\S+/g) ?? [])
    .map((word) => (word.startsWith('(') ? `(${word.slice(1, -1).split(' ').sort().join(' ')})` : word))
    .sort()
    .join(' ')

/** What tells whether all is as it was when it was found in order. */
export interface Mark {
  /** A digest of what Redis answered, word for word. It takes a fifth of the time of the other one, and differs after a restart. */
  asGiven: string
  /** A digest of what that says, in whichever order. */
  inOrder: () => string
}

/** What was put in order last: after a restart of Redis, until the mark is noted again. */
const lastInOrder = new WeakMap<Keys, { asGiven: string; inOrder: string }>()

const known = (keys: Keys, asGiven: string, make: () => string) => {
  const last = lastInOrder.get(keys)
  const inOrder = last?.asGiven === asGiven ? last.inOrder : make()
  lastInOrder.set(keys, { asGiven, inOrder })
  return inOrder
}

const entriesOf = (part: unknown) =>
  Array.isArray(part) ? (part as string[]) : Object.entries(part as object).map(String)

/**
 * What would be other if any Redis user were, or the record were changed by the gallery; null where several servers have users
 * of their own, which one answer does not tell. Administrators.
 */
export const readMark = async (
  redis: Connection,
  keys: Keys,
  supervisorLogin: string | null,
): Promise<Mark | null> => {
  if (redis instanceof Cluster) return null
  const asked = redis.pipeline().call('ACL', 'LIST').hmget(keys.rights, 'version', 'set', 'saved')
  for (const set of [keys.users, keys.administrators, keys.public, keys.groups]) asked.smembers(set)
  const { applied, logins, keptLogins, loginCodes, publicSwitches, shown } = keys
  for (const hash of [applied, logins, keptLogins, loginCodes, publicSwitches, shown]) asked.hgetall(hash)
  const [users, versions, ...rest] = results(await asked.exec())
  const digestOf = (lines: string[], parts: string[][]) => {
    const digest = createHash('sha256').update(
      JSON.stringify([supervisorLogin, rulesOfVersion(keys), versions]),
    )
    for (const line of lines) digest.update(line).update('\n')
    for (const part of parts) digest.update(JSON.stringify(part))
    return digest.digest('base64url')
  }
  const lines = users as string[]
  const asGiven = digestOf(lines, rest.map(entriesOf))
  const inOrder = () =>
    digestOf(
      lines.map(inOneOrder).sort(),
      rest.map((part) => entriesOf(part).sort()),
    )
  return { asGiven, inOrder: () => known(keys, asGiven, inOrder) }
}

/** Whether all was found as it should be when the mark was this one. A share link that has ended since is to be looked at. */
export const isVerified = async (redis: Connection, keys: Keys, mark: Mark | null) => {
  if (mark === null) return false
  const [inOrder, until, asGiven] = ((await redis.hget(keys.rights, 'verified')) ?? '').split(' ')
  if (!((await redisTime(redis)) < Number(until))) return false
  return asGiven === mark.asGiven || inOrder === mark.inOrder()
}

/** All was found as it should be until the next share link ends. A Redis that takes no changes goes without. */
export const noteVerified = async (redis: Connection, keys: Keys, mark: Mark | null, until: number) => {
  if (mark === null) return
  const verified = `${mark.inOrder()} ${until} ${mark.asGiven}`
  await redis.hset(keys.rights, 'verified', verified).catch(() => undefined)
}
