import { GalleryError } from '../shared/errors.ts'
import type { PhotoDetails, PhotoSummary, PhotoView } from '../shared/schemas.ts'
import { stretch, type Place } from './order.ts'
import { summaryFields, toDetails, toSummary, type PhotoRecord } from './record.ts'
import { onRedis, results } from './redis/errors.ts'
import type { Session } from './session.ts'

const summaries = async ({ redis, keys }: Session, places: Place[]): Promise<PhotoSummary[]> => {
  const asked = redis.pipeline()
  for (const { album, id } of places) asked.hmget(keys.photo(album, id), ...summaryFields)
  const rows = results<(string | null)[]>(await asked.exec())
  return places.flatMap(({ album, id }, i) => {
    const row = rows[i] ?? []
    const fields = summaryFields.flatMap((name, n) => (row[n] === null ? [] : [[name, row[n]] as const]))
    // A photo that left the album between the two questions has no record there any more.
    return fields.length === 0 ? [] : [toSummary(album, id, Object.fromEntries(fields) as PhotoRecord)]
  })
}

/** A stretch of a view and the size of the whole view. */
export const pageOfPhotos = async (session: Session, view: PhotoView, offset: number, limit: number) => {
  const { total, places } = await stretch(session, view, offset, limit)
  return { total, photos: await onRedis(() => summaries(session, places)) }
}

/** The ids of a stretch of a view, in its order. */
export const photoIds = async (session: Session, view: PhotoView, offset: number, limit: number) =>
  (await stretch(session, view, offset, limit)).places.map(({ id }) => id)

/** Everything that is known of one photo. */
export const showPhoto = (session: Session, album: string, photo: string): Promise<PhotoDetails> =>
  onRedis(async () => {
    const record = await session.redis.hgetall(session.keys.photo(album, photo))
    if (Object.keys(record).length === 0)
      throw new GalleryError('NOT_FOUND', 'This photo is not in this album any more.')
    return toDetails(album, photo, record, session.host)
  })

/** Everything that is known of the photos of an album, by time taken. */
export const listPhotos = (
  session: Session,
  album: string,
  offset: number,
  limit: number,
): Promise<PhotoDetails[]> =>
  onRedis(async () => {
    const { redis, keys, host } = session
    const ids = await redis.zrange(keys.albumPhotos(album), offset, String(offset + limit - 1))
    const asked = redis.pipeline()
    for (const id of ids) asked.hgetall(keys.photo(album, id))
    const records = results<PhotoRecord>(await asked.exec())
    return ids.flatMap((id, i) => {
      const record = records[i] ?? {}
      return Object.keys(record).length === 0 ? [] : [toDetails(album, id, record, host)]
    })
  })
