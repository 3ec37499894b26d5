import type { PhotoLocation } from '../../shared/domain/refs.ts'
import type { Session } from '../gallery/session.ts'
import { readHashes, toRecord, type FieldLimits } from '../redis/claims.ts'
import type { PhotoRecord } from './photo-record.ts'

/** The records of photos, some fields of each; null where there is none at that location. */
export const recordsOf = async (
  { redis, keys }: Session,
  locations: PhotoLocation[],
  limits: FieldLimits,
) => {
  const fields = Object.keys(limits)
  const there = locations.map(({ album, id }) => keys.photo(album, id))
  return (await readHashes(redis, there, limits)).map((row): PhotoRecord | null =>
    row?.some((value) => value !== null) ? toRecord(fields, row) : null,
  )
}
