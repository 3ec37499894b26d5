import type { PhotoQuery } from '../../shared/schemas/photo.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import type { Session } from '../gallery/session.ts'
import { readEnds, readIds, readSizes } from '../redis/claims.ts'
import { shownOf } from './collected.ts'

/** What changes whenever the order of a collection may. FORBIDDEN where the caller may not see it. */
export const collectionMark = async ({ redis, keys }: Session, collection: string): Promise<string> => {
  const [[end], [size]] = await Promise.all([
    readEnds(redis, [keys.collectionEvents(collection)]),
    readSizes(redis, [keys.collectionPhotos(collection)]),
  ])
  return `${end} ${size}`
}

/** The photos of a collection in its order by hand, each once: what shows of those that stand in it, in albums that the caller may read. */
export const seenInCollection = async (
  session: Session,
  { collection = '' }: Pick<PhotoQuery, 'collection'>,
  albums: string[],
): Promise<PhotoLocation[]> => {
  const ids = await readIds(session.redis, session.keys.collectionPhotos(collection))
  const shown = await shownOf(session, albums, ids)
  return [...new Map(ids.flatMap((id) => shown.get(id) ?? []).map((one) => [one.id, one])).values()]
}
