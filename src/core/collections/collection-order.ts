import type { PhotoQuery } from '../../shared/schemas/photo.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import type { Session } from '../gallery/session.ts'
import { hangingIn } from '../photos/locate.ts'
import { readEnds, readIds, readSizes } from '../redis/claims.ts'

/** What changes whenever the order of a collection may. FORBIDDEN where the caller may not see it. */
export const collectionMark = async ({ redis, keys }: Session, collection: string): Promise<string> => {
  const [[end], [size]] = await Promise.all([
    readEnds(redis, [keys.collectionEvents(collection)]),
    readSizes(redis, [keys.collectionPhotos(collection)]),
  ])
  return `${end} ${size}`
}

/**
 * The photos of a collection in its order by hand: those that hang in one of the albums, all of which the caller may read. What a
 * collection says of a photo is only that it is in it.
 */
export const seenInCollection = async (
  session: Session,
  { collection = '' }: Pick<PhotoQuery, 'collection'>,
  albums: string[],
): Promise<PhotoLocation[]> => {
  const ids = await readIds(session.redis, session.keys.collectionPhotos(collection))
  const albumOf = await hangingIn(session, albums, ids)
  return ids.flatMap((id) => {
    const album = albumOf.get(id)
    return album === undefined ? [] : [{ id, album }]
  })
}
