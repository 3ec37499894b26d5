import { hasCode } from '../../shared/errors.ts'
import type { Session } from '../gallery/session.ts'
import type { Keys } from '../redis/keys.ts'

/*
 * What all sessions of a process share is read once, by whichever asks first. Redis tries the key patterns of an account one
 * after the other for each record that it reads, so that one with thousands of rights takes minutes for what the program's own
 * session reads in seconds. Callers have shown their own rights before, and show them again after.
 */

const readers = new WeakMap<Keys, Session>()

/** From now on a session that may read every album reads what the sessions of its gallery share. Others are left out. */
export const readForAll = (session: Session): void => {
  const { administrator, service } = session.identity
  if (administrator || service) readers.set(session.keys, session)
}

/** Reads by that session; by the caller's own where there is none, or it can read no longer. */
export const readShared = async <T>(caller: Session, read: (reader: Session) => Promise<T>): Promise<T> => {
  const reader = readers.get(caller.keys)
  if (!reader || reader.ended.aborted) return read(caller)
  try {
    return await read(reader)
  } catch (error) {
    if (!hasCode(error, 'FORBIDDEN')) throw error
    return read(caller)
  }
}
