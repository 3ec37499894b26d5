import { byName } from '../../shared/domain/by-name.ts'
import type { Collection } from '../../shared/schemas/collection.ts'
import { ownPrefixOfCollection } from '../gallery/ids.ts'
import type { Session } from '../gallery/session.ts'
import { line } from '../photos/field-values.ts'
import { locatePhotos } from '../photos/locate.ts'
import { queryRange } from '../photos/photo-query.ts'
import { readScores } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { visibleCollections } from './visible-collections.ts'

/** How many photos of a collection the caller may see: those in albums that the caller may read, and no others. */
const countSeen = async (session: Session, collection: string) => {
  const view = { album: null, collection, sort: 'manual', descending: false } as const
  return (await queryRange(session, view, { offset: 0, limit: 1 })).total
}

/** The collections that the session may see, by title. */
export const listCollections = (session: Session): Promise<Collection[]> =>
  onRedis(async () => {
    const { redis, keys, identity } = session
    const [found, listed] = await Promise.all([visibleCollections(session), redis.smembers(keys.public)])
    const shown = new Set(listed)
    const photos = await Promise.all(found.map(({ id }) => countSeen(session, id)))
    return found
      .map(({ id, title, right }, i) => ({
        id,
        title: line(title),
        right,
        photos: photos[i] ?? 0,
        public: shown.has(id),
        removable:
          identity.administrator ||
          (identity.ownIdPrefix !== null && ownPrefixOfCollection(id) === identity.ownIdPrefix),
      }))
      .sort((a, b) => byName(a.title, b.title))
  })

/** The ids of the collections that a photo is in, of those that the session may see; none for a photo that it may not. */
export const collectionsOf = (session: Session, photo: string): Promise<string[]> =>
  onRedis(async () => {
    const [[located], found] = await Promise.all([
      locatePhotos(session, [photo]),
      visibleCollections(session),
    ])
    if (!located || found.length === 0) return []
    const sets = found.map(({ id }) => session.keys.collectionPhotos(id))
    const scores = await readScores(session.redis, sets, [photo])
    return found.flatMap(({ id }, i) => (scores[i]?.[0] == null ? [] : [id]))
  })
