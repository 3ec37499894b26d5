import { Redis } from 'ioredis'
import { hasCode } from '../../shared/errors.ts'
import type { Session } from '../gallery/session.ts'
import { isSpread } from '../redis/clients.ts'
import { wholeKeys, type Keys } from '../redis/keys.ts'
import { WatchedKeys } from '../redis/watched-keys.ts'

/*
 * What all sessions of a process share is read once, by whichever asks first. Redis tries the key patterns of an account one
 * after the other for each record that it reads, so that one with thousands of rights takes minutes for what the program's own
 * session reads in seconds. Callers have shown their own rights before, and show them again after.
 */

const readers = new WeakMap<Keys, { session: Session; watched: WatchedKeys | null }>()

/** From now on a session that may read every album reads what the sessions of its gallery share. Others are left out. */
export const readForAll = (session: Session): void => {
  const { redis, keys, identity } = session
  if (!identity.administrator && !identity.service) return
  readers.get(keys)?.watched?.close()
  // Of several servers, one that was replaced may go on telling nothing while callers are led to another.
  const watched =
    redis instanceof Redis && !isSpread(redis)
      ? new WatchedKeys(redis, [keys.albumKeys(''), keys.talk])
      : null
  readers.set(keys, { session, watched })
}

/** What that session knows of the keys of albums; null where there is none that hears of changes. */
export const watchedKeysOf = (caller: Session): WatchedKeys | null => {
  const watched = readers.get(wholeKeys(caller.keys))?.watched
  return watched?.isReady ? watched : null
}

/**
 * Reads by that session; by the caller's own where there is none, or it can read no longer. The keys are the caller's: a visitor's are
 * those of what visitors are shown.
 */
export const readShared = async <T>(caller: Session, read: (reader: Session) => Promise<T>): Promise<T> => {
  const reader = readers.get(wholeKeys(caller.keys))?.session
  if (!reader || reader.ended.aborted || reader.redis.status === 'end') return read(caller)
  try {
    return await read({ ...reader, keys: caller.keys })
  } catch (error) {
    if (!hasCode(error, 'FORBIDDEN')) throw error
    return read(caller)
  }
}
