import { GalleryError } from '../../shared/errors.ts'
import { letIn, type Founder } from '../gallery/bootstrap.ts'
import { writeFoundations } from '../gallery/credentials.ts'
import type { Way } from '../gallery/way-to-gallery.ts'
import { trustedAccounts } from '../library/host-originals.ts'
import { ownerName } from '../redis/acl/redis-users.ts'
import type { Connection } from '../redis/connection.ts'
import { fromRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import type { Header } from './format.ts'

/** Who gets a login of this computer: its owner in the embedded Redis, elsewhere whom the environment names. */
const founderOf = ({ ownerKey, founder }: Way): Founder =>
  ownerKey === null ? founder : { account: ownerName, password: null, key: ownerKey }

const admitAll = async (redis: Connection, keys: Keys, way: Way, { galleryId }: Header) => {
  const founder = founderOf(way)
  const { account, password, key } = founder
  const role = await redis.hget(keys.account(account), 'role')
  if (role !== null && role !== 'administrator' && account !== ownerName)
    throw new GalleryError('CONFLICT', 'notAdministratorThere', { account })
  await writeFoundations(redis, keys, {
    name: account,
    displayName: account === ownerName ? 'Owner' : account,
  })
  if (account === ownerName) {
    await redis.hset(keys.account(account), 'role', 'administrator')
    await redis.hdel(keys.account(account), 'disabled')
  }
  await letIn(redis, keys, role !== null && key === null && !password ? null : founder, galleryId)
}

/** The account that will follow the folders of this computer: a server's service account, or the one that restores. */
export const followerOf = (way: Way, env: NodeJS.ProcessEnv) =>
  (way.ownerKey === null ? env['CIMAISE_SERVICE_ACCOUNT'] : undefined) || founderOf(way).account

/**
 * What this computer took in is known by who followed its folders: a server's service account, a desktop's owner. Restored
 * under another one, that one knows it too, so that nothing comes in twice.
 */
export const handOver = async (redis: Connection, keys: Keys, host: string, follower: string) => {
  if (await redis.exists(keys.library(follower, host))) return
  const session = { redis, keys, account: follower }
  for (const account of await trustedAccounts(session))
    for (const key of [keys.library, keys.folders, keys.failures]) {
      // The type of ioredis leaves out that a key may not be there.
      const dump = (await redis.dumpBuffer(key(account, host))) as Buffer | null
      if (dump && account !== follower) await redis.restore(key(follower, host), 0, dump, 'REPLACE')
    }
}

/** Records of accounts that are none, which only a file made by hand can hold. */
const unreadable = (thrown: unknown): unknown => {
  const error = fromRedis(thrown)
  if (error instanceof GalleryError) return error
  return new GalleryError('INVALID', 'backupAccountsUnreadable', {}, { cause: thrown })
}

/**
 * Lets all accounts in as before, and the user who restores. One without a password keeps that of the backup. Throws CONFLICT where
 * that user is no administrator in the backup, INVALID where its records of accounts are none.
 */
export const admit = async (redis: Connection, keys: Keys, way: Way, header: Header): Promise<void> => {
  try {
    await admitAll(redis, keys, way, header)
  } catch (error) {
    throw unreadable(error)
  }
}
