import { byName } from '../../shared/domain/by-name.ts'
import { refOf, type PhotoLocation } from '../../shared/domain/refs.ts'
import type { Collection } from '../../shared/schemas/collection.ts'
import { publicIds, readableAlbums } from '../albums/visible-albums.ts'
import { ownPrefixOfCollection } from '../gallery/ids.ts'
import type { Session } from '../gallery/session.ts'
import { line, lines } from '../photos/field-values.ts'
import { locatePhotos } from '../photos/locate.ts'
import { readScores, readWholeSets } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { behindOf } from '../stacks/stack-record.ts'
import { shownOf } from './collected.ts'
import { countFound } from './smart-counts.ts'
import { smartHolding } from './smart-holding.ts'
import { visibleCollections, type FoundCollection } from './visible-collections.ts'

/** Of each collection: how many photos the caller may see in it, null where that is not known yet, and its cover, as far as the caller may see it. */
interface Seen {
  photos: number | null
  cover: string | null
}

/** What the caller may see of collections: those photos that are in albums that the caller may read, and no others. */
const seenOf = async (session: Session, found: FoundCollection[]): Promise<Seen[]> => {
  const { redis, keys } = session
  const sets = found.map(({ id }) => keys.collectionPhotos(id))
  const listed = (await readWholeSets(redis, sets)).map((set) => new Set(set.flatMap(({ id }) => id ?? [])))
  const all = [
    ...new Set([...listed.flatMap((ids) => [...ids]), ...found.flatMap(({ cover }) => cover ?? [])]),
  ]
  const [shown, matching] = await Promise.all([
    all.length === 0
      ? new Map<string, PhotoLocation>()
      : shownOf(session, await readableAlbums(session), all),
    countFound(
      session,
      found.flatMap(({ search }) => search ?? []),
    ),
  ])
  const counts = [...matching]
  return found.map(({ cover, smart, search }, i) => {
    const front = shown.get(cover ?? '')
    const byHand = new Set([...(listed[i] ?? [])].flatMap((id) => shown.get(id)?.id ?? [])).size
    const photos = search ? (counts.shift() ?? null) : smart ? 0 : byHand
    return { photos, cover: front ? refOf(front) : null }
  })
}

/** The collections that the session may see, by title. */
export const listCollections = (session: Session): Promise<Collection[]> =>
  onRedis(async () => {
    const { identity } = session
    const [found, listed] = await Promise.all([visibleCollections(session), publicIds(session)])
    const shown = new Set(listed)
    const seen = await seenOf(session, found)
    return found
      .map(({ id, title, right, smart, search, description }, i) => ({
        id,
        title: line(title),
        right,
        smart,
        search,
        description: lines(description),
        photos: seen[i]?.photos ?? null,
        cover: seen[i]?.cover ?? null,
        public: shown.has(id),
        removable:
          identity.administrator ||
          (identity.ownIdPrefix !== null && ownPrefixOfCollection(id) === identity.ownIdPrefix),
      }))
      .sort((a, b) => byName(a.title, b.title))
  })

/**
 * The ids of the collections that a photo was put into, and of the smart albums that find it, of those that the session may see; none for
 * a photo that it may not.
 */
export const collectionsOf = (session: Session, photo: string): Promise<string[]> =>
  onRedis(async () => {
    const [[located], all] = await Promise.all([locatePhotos(session, [photo]), visibleCollections(session)])
    if (!located || all.length === 0) return []
    const found = all.filter(({ smart }) => !smart)
    const finding = await smartHolding(session, located, all)
    // Those behind it are seen as it, in collections too.
    const [behind = []] = await behindOf(session, located.album, [photo])
    const sets = found.map(({ id }) => session.keys.collectionPhotos(id))
    const scores = await readScores(session.redis, sets, [photo, ...behind.map(({ id }) => id)])
    const putInto = found.filter((_, i) => scores[i]?.some((score) => score !== null))
    return [...putInto.map(({ id }) => id), ...finding]
  })
