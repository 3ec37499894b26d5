import { byName } from '../../shared/domain/by-name.ts'
import type { Collection } from '../../shared/schemas/collection.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import { ownPrefixOfCollection } from '../gallery/ids.ts'
import type { Session } from '../gallery/session.ts'
import { line } from '../photos/field-values.ts'
import { hangingIn, locatePhotos } from '../photos/locate.ts'
import { readScores, readWholeSets } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { countFound } from './smart-counts.ts'
import { visibleCollections, type FoundCollection } from './visible-collections.ts'

/** How many photos of each collection by hand the caller may see: those in albums that the caller may read, and no others. */
const countSeen = async (session: Session, collections: FoundCollection[]): Promise<number[]> => {
  const { redis, keys } = session
  const sets = collections.map(({ id }) => keys.collectionPhotos(id))
  const listed = (await readWholeSets(redis, sets)).map((set) => new Set(set.flatMap(({ id }) => id ?? [])))
  const all = [...new Set(listed.flatMap((ids) => [...ids]))]
  if (all.length === 0) return listed.map(() => 0)
  const there = await hangingIn(session, await readableAlbums(session), all)
  return listed.map((ids) => [...ids].filter((id) => there.has(id)).length)
}

/** How many photos each of some collections has for the caller, by their ids. */
const countsOf = async (session: Session, found: FoundCollection[]): Promise<Map<string, number | null>> => {
  const byHand = found.filter(({ smart }) => !smart)
  const smart = found.filter(({ search }) => search !== null)
  const [seen, matching] = await Promise.all([
    countSeen(session, byHand),
    countFound(
      session,
      smart.flatMap(({ search }) => search ?? []),
    ),
  ])
  return new Map([
    ...byHand.map(({ id }, i) => [id, seen[i] ?? 0] as const),
    ...smart.map(({ id }, i) => [id, matching[i] ?? null] as const),
  ])
}

/** The collections that the session may see, by title. */
export const listCollections = (session: Session): Promise<Collection[]> =>
  onRedis(async () => {
    const { redis, keys, identity } = session
    const [found, listed] = await Promise.all([visibleCollections(session), redis.smembers(keys.public)])
    const shown = new Set(listed)
    const photos = await countsOf(session, found)
    return found
      .map(({ id, title, right, smart, search }) => ({
        id,
        title: line(title),
        right,
        smart,
        search,
        photos: smart && !search ? 0 : (photos.get(id) ?? null),
        public: shown.has(id),
        removable:
          identity.administrator ||
          (identity.ownIdPrefix !== null && ownPrefixOfCollection(id) === identity.ownIdPrefix),
      }))
      .sort((a, b) => byName(a.title, b.title))
  })

/**
 * The ids of the collections that a photo was put into, of those that the session may see; none for a photo that it may not. Smart
 * albums are not among them.
 */
export const collectionsOf = (session: Session, photo: string): Promise<string[]> =>
  onRedis(async () => {
    const [[located], all] = await Promise.all([locatePhotos(session, [photo]), visibleCollections(session)])
    const found = all.filter(({ smart }) => !smart)
    if (!located || found.length === 0) return []
    const sets = found.map(({ id }) => session.keys.collectionPhotos(id))
    const scores = await readScores(session.redis, sets, [photo])
    return found.flatMap(({ id }, i) => (scores[i]?.[0] == null ? [] : [id]))
  })
