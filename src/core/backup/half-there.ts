import { GalleryError } from '../../shared/errors.ts'
import { saveRedisUsers } from '../access/acl-file.ts'
import { isSpread } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import type { KeyEntry } from './format.ts'

/**
 * Redis holds nothing but what this restore, or one that was broken off, has written: no other program needs its `default`
 * user.
 */
const isAlone = async (redis: Connection, keys: Keys) => {
  if (isSpread(redis)) return false // `default` of each node was seen to when the program was let in
  const noted = await redis.hget(keys.meta, 'alone')
  return noted === null ? (await redis.dbsize()) === 0 : noted === '1'
}

/** Marks the gallery as half there. Another process may have made one since it was looked. */
export const markHalfThere = async (redis: Connection, keys: Keys) => {
  const alone = await isAlone(redis, keys)
  const again = await redis.hexists(keys.meta, 'restoring')
  await redis.hset(keys.meta, { restoring: new Date().toISOString(), alone: alone ? '1' : '0' })
  if (!again && (await redis.hexists(keys.meta, 'id'))) {
    await redis.hdel(keys.meta, 'restoring', 'alone')
    throw new GalleryError('CONFLICT', 'galleryJustMade')
  }
  return alone
}

/** The gallery is whole from this one transaction on. For how many copies a change waits is a matter of the servers, not of what is on them. */
export const makeWhole = async (redis: Connection, keys: Keys, meta: KeyEntry, alone: boolean) => {
  const whole = redis.multi().restore(meta.key, meta.ttl, meta.dump, 'REPLACE').hdel(meta.key, 'copies')
  if (alone) whole.call('ACL', 'SETUSER', 'default', 'off')
  results(await whole.exec())
  await saveRedisUsers(redis, keys)
}
