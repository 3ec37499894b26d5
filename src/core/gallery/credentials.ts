import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { GalleryError } from '../../shared/errors.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import type { Connection } from '../redis/connection.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'

export const formatVersion = 1

/**
 * The key that an account logs in to Redis with, from its password: scrypt with N=32768, r=8, p=1 and 32 bytes, in
 * hexadecimal. The password itself is never sent and never kept. The page derives the same (renderer/lib/login).
 */
export const deriveKey = async (galleryId: string, account: string, password: string): Promise<string> => {
  const derive = promisify<
    string,
    string,
    number,
    { N: number; r: number; p: number; maxmem: number },
    Buffer
  >(scrypt)
  const salt = `cimaise:${galleryId}:${account}`
  const key = await derive(password.normalize('NFKC'), salt, 32, { N: 32768, r: 8, p: 1, maxmem: 64 << 20 })
  return key.toString('hex')
}

/** Writes what every gallery has: its id, its owner's account, and the guest's. Doing it twice changes nothing. */
export const writeFoundations = async (
  redis: Connection,
  keys: Keys,
  owner: { name: string; displayName: string },
) => {
  results(
    await redis
      .multi()
      .hsetnx(keys.meta, 'id', randomBytes(12).toString('hex'))
      .hsetnx(keys.meta, 'format', String(formatVersion))
      .hsetnx(keys.meta, 'name', keys.gallery)
      .sadd(keys.users, owner.name, guestName)
      .sadd(keys.administrators, owner.name)
      .hsetnx(keys.account(owner.name), 'displayName', owner.displayName)
      .hsetnx(keys.account(owner.name), 'role', 'administrator')
      .hsetnx(keys.account(guestName), 'role', 'guest')
      .exec(),
  )
}

/** Refuses a gallery that is only half there: a backup is being restored, or its restoring was broken off. */
export const refuseHalfRestored = (restoring: string | null | undefined) => {
  if (restoring) throw new GalleryError('CONFLICT', 'halfRestored')
}

/** The id that salts passwords. Everybody may read it. Throws where there is no whole gallery that this program can open. */
export const readGalleryId = async (redis: Connection, keys: Keys): Promise<string> => {
  const [id, format, restoring] = await redis.hmget(keys.meta, 'id', 'format', 'restoring')
  refuseHalfRestored(restoring)
  if (!id) throw new GalleryError('NOT_FOUND', 'noGallery', { gallery: keys.gallery })
  if (Number(format) > formatVersion) throw new GalleryError('UNSUPPORTED', 'galleryNewer')
  return id
}
