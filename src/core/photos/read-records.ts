import type { PhotoLocation } from '../../shared/domain/refs.ts'
import { readRecordsOf } from '../albums/shown-albums.ts'
import type { Session } from '../gallery/session.ts'
import { readHashes, toRecord, type FieldLimits } from '../redis/claims.ts'
import type { PhotoRecord } from './photo-record.ts'

/** The records of photos, some fields of each; null where there is none at that location. */
export const recordsOf = async (session: Session, locations: PhotoLocation[], limits: FieldLimits) => {
  const fields = Object.keys(limits)
  const albums = locations.map(({ album }) => album)
  const there = locations.map(({ album, id }) => session.keys.photo(album, id))
  const rows = await readRecordsOf(session, albums, ({ redis }) => readHashes(redis, there, limits))
  return rows.map((row): PhotoRecord | null =>
    row?.some((value) => value !== null) ? toRecord(fields, row) : null,
  )
}
