import type { Redis } from 'ioredis'
import { newName } from '../../../shared/domain/random-ids.ts'
import { chunksOf } from '../../../shared/domain/chunks.ts'
import { accountMark, guestName, redisUser } from '../../redis/acl/redis-users.ts'
import type { Keys } from '../../redis/keys.ts'
import { saveAclFile } from '../acl-file.ts'
import { endConnectionsOf, interruptUsers } from '../interrupt-users.ts'
import { fieldOfUser } from '../user-digest.ts'
import { holdsStill, type WantedUsers } from './wanted-users.ts'

/*
 * The Redis users of one server. Members have theirs in its memory alone, so that one that starts lets none of them in, and on
 * servers that take changes alone, so that one that was away has none whose rights were taken meanwhile. The guest is set last:
 * where the guest is let in, all others are.
 */

/** Users that are set in one round trip. */
const partSize = 50

/** What the program remembers of a server that it brought in step. */
export interface Step {
  /** The mark that stands in the server's memory, and is gone with it: another one has users that this program did not set. */
  mark: string
  /** Redis user -> digest of what it was given. */
  given: Map<string, string>
}

/** No account has this name: a Redis user that can do nothing, whose channel pattern is the mark of the server's present life. */
const markUser = (keys: Keys) => redisUser(keys, 'STEP')
const markPrefix = (keys: Keys) => `&${keys.pattern.channel}:step:`

const readMark = async (server: Redis, keys: Keys): Promise<string | null> => {
  const user: unknown = await server.call('ACL', 'GETUSER', markUser(keys))
  const prefix = markPrefix(keys)
  const pattern = fieldOfUser(user, 'channels').find((channel) => channel.startsWith(prefix))
  return pattern?.slice(prefix.length) ?? null
}

const writeMark = async (server: Redis, keys: Keys): Promise<string> => {
  const mark = newName()
  await server.call('ACL', 'SETUSER', markUser(keys), 'off', 'resetchannels', `${markPrefix(keys)}${mark}`)
  return mark
}

/** The Redis users of this gallery's accounts that a server has, by the mark that each of them carries. */
const ownUsers = async (server: Redis, keys: Keys): Promise<string[]> => {
  const mark = `&${accountMark(keys)}`
  return ((await server.call('ACL', 'LIST')) as string[])
    .map((line) => line.split(' '))
    .filter((words) => words.includes(mark))
    .map(([, name = '']) => name)
}

const remove = async (server: Redis, users: string[]) => {
  for (const part of chunksOf(users, 1000)) await server.call('ACL', 'DELUSER', ...part)
}

/**
 * Takes all accounts of the gallery from a server: a replica, which nobody but the program has to log in to, or one that was
 * replaced while it was away.
 */
export const clearUsers = async (server: Redis, keys: Keys): Promise<void> => {
  const users = await ownUsers(server, keys)
  if ((await readMark(server, keys)) !== null) users.push(markUser(keys))
  if (users.length === 0) return
  await remove(server, users)
  await saveAclFile(server)
}

/** Takes users from a server, all in one command, without asking what it has. */
export const takeUsers = async (server: Redis, keys: Keys, names: Iterable<string>): Promise<void> => {
  await server.call('ACL', 'DELUSER', markUser(keys), ...names)
}

/**
 * Removes and sets users; one whose rules the server refuses gets none at all. Returns whether all was done: nothing is from the moment on
 * that the record changed, so that whoever reads it late gives nobody back what was taken meanwhile.
 */
const setUsers = async (
  server: Redis,
  keys: Keys,
  wanted: WantedUsers,
  names: string[],
): Promise<boolean> => {
  for (const part of chunksOf(names, partSize)) {
    if (!(await holdsStill(server, keys, wanted.version))) {
      await server.unwatch()
      return false
    }
    const asked = server.multi()
    for (const name of part) {
      const user = wanted.users.get(name)
      if (user) asked.call('ACL', 'SETUSER', name, ...user.rules)
      else asked.call('ACL', 'DELUSER', name)
    }
    const replies = await asked.exec()
    if (!replies) return false
    for (const [i, [error]] of replies.entries()) {
      const name = part[i] ?? ''
      if (error && !/^ERR /.test(error.message)) throw error
      if (error) await remove(server, [name])
      else if (wanted.users.get(name)?.rules.includes('off')) await endConnectionsOf(server, name)
    }
  }
  return true
}

/** A server that this program did not bring in step yet, or that has started again since. */
const begin = async (server: Redis, keys: Keys): Promise<Step> => {
  const found = await readMark(server, keys)
  if (found !== null) return { mark: found, given: new Map() }
  // What it has without the mark came from a file of an earlier time.
  const stale = await ownUsers(server, keys)
  await remove(server, stale)
  // A file with members' rights in it would let them in before the server is in step.
  if (stale.length > 0) await saveAclFile(server)
  return { mark: await writeMark(server, keys), given: new Map() }
}

/**
 * Brings the users of a server that takes changes in line with the record. `known`: what was remembered of it.
 * Returns what is to be remembered. Doing it twice changes nothing.
 */
export const bringInStep = async (
  server: Redis,
  keys: Keys,
  wanted: WantedUsers,
  known: Step | null,
): Promise<Step> => {
  const present = known && (await readMark(server, keys))
  const step = known && present === known.mark ? known : await begin(server, keys)
  const first = step !== known
  const due = [...wanted.users].filter(([name, { digest }]) => step.given.get(name) !== digest)
  const gone = (first ? await ownUsers(server, keys) : [...step.given.keys()]).filter(
    (name) => !wanted.users.has(name),
  )
  const guest = redisUser(keys, guestName)
  const names = [...gone, ...due.map(([name]) => name).filter((name) => name !== guest)]
  const isDone = await setUsers(server, keys, wanted, names)
  // Another one may have begun at the same time, and removed what was set here.
  if (first && (await readMark(server, keys)) !== step.mark) return bringInStep(server, keys, wanted, null)
  const guestIsDue = isDone && due.some(([name]) => name === guest)
  const isWhole = guestIsDue ? await setUsers(server, keys, wanted, [guest]) : isDone
  if (!first && due.length > 0) await interruptUsers(server, new Set(due.map(([name]) => name)))
  // What was read is out of date: the next look sets them all.
  const touched = [...step.given.keys(), ...wanted.users.keys()]
  if (!isWhole) return { mark: step.mark, given: new Map(touched.map((name) => [name, ''])) }
  const given = new Map([...wanted.users].map(([name, { digest }]) => [name, digest]))
  return { mark: step.mark, given }
}
