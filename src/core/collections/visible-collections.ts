import type { GrantedLevel } from '../../shared/schemas/access.ts'
import type { SavedSearch } from '../../shared/schemas/collection.ts'
import { CollectionId, PhotoId } from '../../shared/schemas/ids.ts'
import { ownPrefixOfCollection } from '../gallery/ids.ts'
import type { Session } from '../gallery/session.ts'
import { readAlbumIds, readHashes, type AlbumSet, type FieldLimits } from '../redis/claims.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { ownRights } from '../albums/visible-albums.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { readSearch, searchFields } from './saved-search.ts'

/** Where a collection is listed: in the gallery's registry, or in that of the account that made it as its own. */
export const collectionRegistry = (keys: Keys, ownIdPrefix: string | null) =>
  ownIdPrefix === null
    ? { collections: keys.collections, events: keys.events }
    : { collections: keys.madeCollections(ownIdPrefix), events: keys.madeEvents(ownIdPrefix) }

export const registryOfCollection = (keys: Keys, collection: string) =>
  collectionRegistry(keys, ownPrefixOfCollection(collection))

/** What an account lists as its own collections: a claim of that account. */
const madeSet = (keys: Keys, ownIdPrefix: string): AlbumSet => ({
  key: keys.madeCollections(ownIdPrefix),
  ownIdPrefix,
  events: keys.madeEvents(ownIdPrefix),
  albums: keys.collectionKeys(ownIdPrefix),
})

/** Every collection, those that were removed among them. Administrators. */
export const allCollections = async ({ redis, keys }: Session, anew = false): Promise<string[]> => {
  const makers = await redis.smembers(keys.makers)
  const collections = keys.collectionKeys('')
  const listed = { key: keys.collections, ownIdPrefix: '', events: keys.events, albums: collections }
  return readAlbumIds(redis, [listed, ...makers.map((maker) => madeSet(keys, maker))], anew)
}

/** Who may comment on albums may do no more with a collection than look at it. */
const ownCollections = async (session: Session) =>
  new Map(
    [...(await ownRights(session, madeSet, CollectionId))].map(([id, right]): [string, GrantedLevel] => [
      id,
      right === 'modify' ? 'modify' : 'read',
    ]),
  )

const collectionFields = {
  ...{ title: maxTitleBytes, deleted: 32 },
  ...searchFields,
  ...{ description: 40_000, cover: 32 },
} as const satisfies FieldLimits

const photoIn = (text: string | null | undefined) => PhotoId.safeParse(text).data ?? null

/** A collection that is there, as its readers find it. */
export interface FoundCollection {
  id: string
  title: string
  right: GrantedLevel
  description: string
  /** The id of the photo that was chosen to stand for it, whoever may see it. */
  cover: string | null
  smart: boolean
  /** What a smart album looks for; null where that cannot be read. */
  search: SavedSearch | null
}

/** The collections that the session may see, without those that were removed. Redis refuses the rest, whatever this says. */
export const visibleCollections = (session: Session): Promise<FoundCollection[]> =>
  onRedis(async () => {
    const { redis, keys, identity } = session
    const rights: Map<string, GrantedLevel> = identity.administrator
      ? new Map((await allCollections(session)).map((id) => [id, 'modify']))
      : await ownCollections(session)
    const ids = [...rights.keys()]
    const infos = ids.map((id) => keys.collectionInfo(id))
    const rows = await readHashes(redis, infos, collectionFields)
    return ids.flatMap((id, i): FoundCollection[] => {
      const [title, deleted, smart, search, description, cover] = rows[i] ?? []
      if (!title || deleted) return []
      const right = rights.get(id) ?? 'read'
      const found = { id, title, right, description: description ?? '', cover: photoIn(cover) }
      return [{ ...found, smart: Boolean(smart), search: smart ? readSearch(search) : null }]
    })
  })
