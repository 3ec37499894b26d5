import { GalleryError } from '../../shared/errors.ts'
import { SavedSearch } from '../../shared/schemas/collection.ts'
import type { Session } from '../gallery/session.ts'
import { readHash } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'

/** Bytes that what a smart album looks for can have: three lists of 50 tags, each letter escaped. */
export const maxSearchBytes = 120_000

/** Bytes of the two fields of a collection that make it a smart album. */
export const searchFields = { smart: 8, search: maxSearchBytes } as const
/** Bytes of the time at which a collection was removed. */
const maxTimeBytes = 32

/** What a smart album looks for, from the text that Redis keeps of it (searchText), which is a claim; null for what is none, or holds what this version does not know. */
export const readSearch = (text: string | null | undefined): SavedSearch | null => {
  try {
    return SavedSearch.safeParse(JSON.parse(text ?? '')).data ?? null
  } catch {
    return null
  }
}

/**
 * Whether a collection is a smart album, and what it looks for: null where that cannot be read. FORBIDDEN to who may not see it,
 * NOT_FOUND once it was removed.
 */
export const searchOf = (
  { redis, keys }: Session,
  collection: string,
): Promise<{ smart: boolean; search: SavedSearch | null }> =>
  onRedis(async () => {
    const fields = { ...searchFields, deleted: maxTimeBytes }
    const { smart, search, deleted } = await readHash(redis, keys.collectionInfo(collection), fields)
    if (deleted) throw new GalleryError('NOT_FOUND', 'collectionGone')
    return smart === undefined ? { smart: false, search: null } : { smart: true, search: readSearch(search) }
  })
