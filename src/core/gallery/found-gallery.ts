import { GalleryError, hasCode } from '../../shared/errors.ts'
import { ownerName, redisUser } from '../redis/acl/redis-users.ts'
import { connect } from '../redis/connect.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { establish } from './bootstrap.ts'
import { writeFoundations } from './credentials.ts'
import type { Way } from './way-to-gallery.ts'

/** Makes the gallery with the login of the URL itself, where the guest cannot log in because there is none yet. */
export const foundByUrl = async ({ address, founder, where }: Way, keys: Keys): Promise<void> => {
  const login = { username: address.username ?? 'default', password: address.password ?? '' }
  const redis = await connect(address, login).catch((error: unknown) => {
    if (!hasCode(error, 'FORBIDDEN')) throw error
    throw new GalleryError('FORBIDDEN', 'cannotFound', { gallery: keys.gallery, where }, { cause: error })
  })
  try {
    await onRedis(() => establish(redis, keys, founder))
  } finally {
    redis.disconnect()
  }
}

/**
 * The first start of an embedded server: its accounts are there, its gallery is not. `asGuest` is logged in as the guest;
 * `ownerKey` is what the owner logs in with.
 */
export const foundEmbedded = async (
  { address }: Way,
  keys: Keys,
  asGuest: Connection,
  ownerKey: string,
): Promise<void> => {
  if (await onRedis(() => asGuest.exists(keys.meta))) return
  const redis = await connect(address, { username: redisUser(keys, ownerName), password: ownerKey })
  await onRedis(() => writeFoundations(redis, keys, { name: ownerName, displayName: 'Owner' }))
  redis.disconnect()
}
