import { createHash } from 'node:crypto'
import { GalleryError } from '../shared/errors.ts'
import {
  administrator,
  aclRules,
  guest,
  guestName,
  passwordRule,
  redisUser,
  type Right,
  type Rights,
} from './redis/acl.ts'
import type { Connection } from './redis/connect.ts'
import { onRedis, results } from './redis/errors.ts'
import type { Keys } from './redis/keys.ts'
import { readGalleryId, deriveKey, writeFoundations } from './identity.ts'
import type { Session } from './session.ts'

/** Sets an account's Redis user; a password of null leaves the one that it has. */
const setRedisUser = async (redis: Connection, keys: Keys, rights: Rights, password: string | null) => {
  const rules = [
    ...aclRules(keys, rights),
    ...(password === null ? [] : ['resetpass', passwordRule(password)]),
  ]
  await redis.call('ACL', 'SETUSER', redisUser(keys, rights.name), ...rules)
}

/**
 * Keeps the Redis users beyond a restart of Redis. A server without an ACL file forgets them: they are made again when
 * the gallery is opened next, and `cimaise doctor` warns.
 */
const saveRedisUsers = async (redis: Connection) => {
  try {
    await redis.call('ACL', 'SAVE')
  } catch (cause) {
    if (cause instanceof Error && /not configured to use an ACL file/i.test(cause.message)) return
    throw new GalleryError(
      'UNAVAILABLE',
      'Redis cannot write its ACL file, so accounts would be lost when it restarts. Let it write there, then try again.',
      { cause },
    )
  }
}

/** The rights of an account as the gallery has them on record. */
const readRights = async (
  redis: Connection,
  keys: Keys,
  name: string,
  publicAlbums: string[],
): Promise<Rights> => {
  if (name === guestName) return guest(publicAlbums)
  const role = await redis.hget(keys.account(name), 'role')
  if (role === 'administrator') return administrator(name)
  const grants = Object.entries(await redis.hgetall(keys.grants(name))) as [string, Right][]
  return { name, administrator: false, grants: new Map(grants), publicAlbums }
}

/** Brings the rules of every account in Redis into line with its rights on record. Administrators. */
export const applyRights = async (redis: Connection, keys: Keys): Promise<void> => {
  const [names, publicAlbums] = await Promise.all([redis.smembers(keys.users), redis.smembers(keys.public)])
  for (const name of names)
    await setRedisUser(redis, keys, await readRights(redis, keys, name, publicAlbums), null)
  await saveRedisUsers(redis)
}

/** What the rules of this version of Cimaise are like, in one short word. */
const rulesStamp = (keys: Keys) => {
  const member: Rights = {
    name: 'm',
    administrator: false,
    grants: new Map([['a', 'modify']]),
    publicAlbums: ['b'],
  }
  const rules = [administrator('m'), guest(['b']), member].map((rights) => aclRules(keys, rights).join(' '))
  return createHash('sha256').update(rules.join('\n')).digest('base64url').slice(0, 16)
}

/** Applies rights anew where another version of Cimaise, with other rules, did so last. Administrators. */
export const renewRights = async (redis: Connection, keys: Keys): Promise<void> => {
  const stamp = rulesStamp(keys)
  if ((await redis.hget(keys.meta, 'rules')) === stamp) return
  await applyRights(redis, keys)
  await redis.hset(keys.meta, 'rules', stamp)
}

/** Lets guests see an album, or no longer; it takes effect on open connections at once. Administrators. */
export const publish = ({ redis, keys, account }: Session, album: string, shown: boolean): Promise<void> =>
  onRedis(async () => {
    if (!(await redis.sismember(keys.albums, album)))
      throw new GalleryError('NOT_FOUND', 'There is no such album.')
    const changed = redis.multi()
    if (shown) changed.sadd(keys.public, album)
    else changed.srem(keys.public, album)
    changed.xadd(
      keys.events,
      'MAXLEN',
      '~',
      1000,
      '*',
      'what',
      shown ? 'published' : 'hidden',
      'album',
      album,
      'by',
      account,
    )
    results(await changed.exec())
    await applyRights(redis, keys)
  })

/** A Redis that holds nothing but this gallery: nobody else needs its `default` user. */
const isOurs = async (redis: Connection, keys: Keys) => {
  const counts = await Promise.all([redis.dbsize(), redis.exists(keys.meta)])
  return counts[0] === 0 || counts[1] === 1
}

/** The first administrator: with a password that somebody chose, or with a key. */
export interface Founder {
  account: string
  password: string | null
  key: string | null
}

/**
 * Makes a gallery in a Redis that has none, or makes its accounts again in a Redis that has forgotten them: the
 * administrator and the guest, then everybody's rules. `redis` is logged in as somebody who may do everything, for this
 * once. `default` is switched off, unless others keep their data in the same Redis: those would be locked out. It keeps
 * its rights, as Redis replays its append-only file as `default` (identity.ts).
 */
export const establish = async (
  redis: Connection,
  keys: Keys,
  { account, password, key }: Founder,
): Promise<void> => {
  const ours = await isOurs(redis, keys)
  await writeFoundations(redis, keys, { name: account, displayName: account })
  const login = key ?? (await deriveKey(await readGalleryId(redis, keys), account, password ?? ''))
  await setRedisUser(redis, keys, administrator(account), login)
  await applyRights(redis, keys)
  if (ours) await redis.call('ACL', 'SETUSER', 'default', 'off')
  await saveRedisUsers(redis)
}
