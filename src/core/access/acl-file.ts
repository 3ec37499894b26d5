import type { Redis } from 'ioredis'
import { GalleryError, errorText } from '../../shared/errors.ts'
import { isSpread, serversOf } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'

/**
 * How often Redis users were set (`set`, counted in the transaction that sets them), and up to which of these times the ACL
 * file has them. They differ where Redis could not write that file: it is written again with the next change, and when an
 * administrator opens the gallery.
 */
export const readSaved = async (redis: Connection, keys: Keys) => {
  const [set, saved] = await redis.hmget(keys.rights, 'set', 'saved')
  return { set: set ?? '0', saved: saved ?? '0' }
}

/** Has one server write its users into its ACL file; one that has no such file forgets them when it restarts. */
export const saveAclFile = async (server: Redis): Promise<void> => {
  try {
    await server.call('ACL', 'SAVE')
  } catch (error) {
    if (!/not configured to use an ACL file/i.test(errorText(error))) throw error
  }
}

/**
 * Keeps the Redis users beyond a restart of Redis. A server without an ACL file forgets them: they are made again when the
 * gallery is opened next, and `cimaise doctor` warns. Of several servers none may take members' rights from its file, as they may
 * be those of an earlier time: there nothing is written. Throws UNAVAILABLE where Redis cannot write the file.
 */
export const saveRedisUsers = async (redis: Connection, keys: Keys): Promise<void> => {
  // Read before: what is set meanwhile may be in the file or not.
  const { set, saved } = await readSaved(redis, keys)
  const keeps = !isSpread(redis) && (await redis.exists(keys.steward)) === 0
  try {
    for (const server of keeps ? serversOf(redis) : []) await saveAclFile(server)
  } catch (cause) {
    throw new GalleryError('UNAVAILABLE', 'aclNotWritten', {}, { cause })
  }
  if (set !== saved) await redis.hset(keys.rights, 'saved', set)
}

/** Removes a Redis user; its connections end with it. */
export const deleteRedisUser = async (redis: Connection, keys: Keys, user: string): Promise<void> => {
  await redis.hincrby(keys.rights, 'set', 1)
  for (const server of serversOf(redis)) await server.call('ACL', 'DELUSER', user)
  await saveRedisUsers(redis, keys)
}
