import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { GalleryError } from '../../shared/errors.ts'
import {
  administrator,
  aclRules,
  guest,
  guestName,
  supervisorRules,
  passwordRule,
  redisUser,
} from '../redis/acl.ts'
import type { Connection } from '../redis/connect.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'

/** The account of the person whose desktop it is. */
export const ownerName = 'owner'

export const formatVersion = 1

/** A Redis password that nobody chose: 256 random bits. */
export const newKey = () => randomBytes(32).toString('hex')

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

/**
 * The ACL file with which a new embedded server starts: owner, guest and keeper, and `default` off from the start.
 *
 * `default` keeps its rights, which nobody can log in to use: Redis replays its append-only file as `default`, and a
 * transaction or script in there that `default` may not run is skipped (seen on 7.0.15: a restart lost everything
 * written by MULTI or EVAL).
 */
export const firstAclFile = (keys: Keys, ownerKey: string, supervisorKey: string) =>
  [
    ['user', 'default', 'off', 'resetpass', '~*', '&*', '+@all'],
    ['user', 'keeper', ...supervisorRules, passwordRule(supervisorKey)],
    ['user', redisUser(keys, ownerName), ...aclRules(keys, administrator(ownerName)), passwordRule(ownerKey)],
    ['user', redisUser(keys, guestName), ...aclRules(keys, guest([]))],
  ]
    .map((words) => `${words.join(' ')}\n`)
    .join('')

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
  if (restoring)
    throw new GalleryError(
      'CONFLICT',
      'A backup is being restored here, or that was broken off. Wait for it, or run `cimaise restore` with the backup again.',
    )
}

/** The id that salts passwords. Everybody may read it. Throws where there is no whole gallery that this program can open. */
export const readGalleryId = async (redis: Connection, keys: Keys): Promise<string> => {
  const [id, format, restoring] = await redis.hmget(keys.meta, 'id', 'format', 'restoring')
  refuseHalfRestored(restoring)
  if (!id) throw new GalleryError('NOT_FOUND', `There is no gallery named ${keys.gallery} in this Redis yet.`)
  if (Number(format) > formatVersion)
    throw new GalleryError(
      'UNSUPPORTED',
      'This gallery was made by a newer Cimaise. Update this one to open it.',
    )
  return id
}
