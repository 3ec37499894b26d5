import { GalleryError, hasCode } from '../../shared/errors.ts'
import { Steward } from '../access/nodes/steward.ts'
import type { Way } from '../gallery/way-to-gallery.ts'
import { ownerName, redisUser, stewardLogin } from '../redis/acl/redis-users.ts'
import { connect } from '../redis/connect.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'
import { restoreName } from './target.ts'

/** Logs in as a Redis user with all rights: the owner of the embedded Redis, or the one that CIMAISE_REDIS_URL names. */
export const logInToRestore = async (way: Way, keys: Keys): Promise<Connection> => {
  const { address, ownerKey, where, stewardPassword } = way
  if (stewardPassword !== null) return logInToNodes(address, keys, stewardPassword)
  const login =
    ownerKey === null
      ? { username: address.username ?? 'default', password: address.password ?? '' }
      : { username: redisUser(keys, ownerName), password: ownerKey }
  return connect(address, { ...login, name: restoreName }).catch((error: unknown) => {
    if (!hasCode(error, 'FORBIDDEN')) throw error
    throw new GalleryError('FORBIDDEN', 'cannotFoundHere', { where }, { cause: error })
  })
}

/** The program's own account on several servers, which is made on those that have none yet. */
const logInToNodes = async (address: Way['address'], keys: Keys, password: string): Promise<Connection> => {
  const steward = new Steward({ address, keys, password })
  await steward.start()
  try {
    const login = { ...stewardLogin(keys, password), name: restoreName }
    return await connect(address, login, login)
  } finally {
    steward.close()
  }
}
