import { readHash, readHashes, toRecord, type FieldLimits } from '../../redis/claims.ts'
import { onRedis } from '../../redis/errors.ts'
import type { Session } from '../../gallery/session.ts'
import type { Entry } from '../index/file-index.ts'
import { locate } from '../recognition/locate-photo.ts'

/** A photo's record, and the album that it stands in now. */
export interface PlacedRecord {
  album: string
  record: Partial<Record<string, string>>
}

/**
 * Records of photos that were taken in, by their ids, read where they stand now: in the album that they came into, or, as users
 * move photos, wherever they are found. Photos that are nowhere are left out.
 *
 * @param limits the fields to read, of which `name` is one that every photo has
 */
export const readPlaced = async (
  session: Session,
  entries: Entry[],
  limits: FieldLimits & { name: number },
): Promise<Map<string, PlacedRecord>> => {
  const { redis, keys } = session
  const hashes = entries.map(({ album, photo }) => keys.photo(album, photo))
  const rows = await onRedis(() => readHashes(redis, hashes, limits))
  const placed = new Map<string, PlacedRecord>()
  for (const [i, entry] of entries.entries()) {
    const record = toRecord(Object.keys(limits), rows[i] ?? [])
    const album = record['name'] ? entry.album : await locate(session, entry)
    if (album === null) continue
    const isThere = album === entry.album
    const own = isThere
      ? record
      : await onRedis(() => readHash(redis, keys.photo(album, entry.photo), limits))
    placed.set(entry.photo, { album, record: own })
  }
  return placed
}
