import { CollectionId } from '../../shared/schemas/ids.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Connection } from '../redis/connection.ts'
import { keysShownTo, type Keys } from '../redis/keys.ts'

/*
 * Guests read a copy of what a public collection says of itself, and the ids of its photos: which accounts made and changed it, and
 * which photos were in it before, does not stand where they can read. Every change of it ends with an event, which keeps the copy in
 * step (scripts/includes/shown.lua).
 */

/** By what a copy of a collection is made: there is no choice. */
export const collectionSwitches = 'collection'

export const isCollection = (id: string): boolean => CollectionId.safeParse(id).success

/** The keys of the copy of a collection, and of what says that there is one. */
export const keysOfCollectionCopy = (keys: Keys, collection: string): string[] => {
  const shown = keysShownTo(keys, guestName)
  return [
    keys.collectionShown(collection),
    shown.collectionInfo(collection),
    shown.collectionEvents(collection),
  ]
}

/** Brings the copy of a collection into step. Returns how much of it was not; with `check` that is all it does. Administrators. */
export const followCollection = (redis: Connection, keys: Keys, collection: string, check = false) =>
  callFunction(redis, 'show-collection', [`${keys.collectionKeys(collection)}:`], [check ? 'check' : ''])

/** Makes the copy of a public collection. Administrators. */
export const makeCollectionCopy = async (redis: Connection, keys: Keys, collection: string) => {
  const key = keys.collectionShown(collection)
  if ((await redis.type(key)) !== 'hash') await redis.del(key)
  await redis.hset(key, guestName, collectionSwitches)
  await followCollection(redis, keys, collection)
}

/** Takes it away. Administrators. */
export const dropCollectionCopy = (redis: Connection, keys: Keys, collection: string) =>
  redis.unlink(...keysOfCollectionCopy(keys, collection))
