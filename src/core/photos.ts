import { GalleryError } from '../shared/errors.ts'
import type { PhotoDetails, PhotoSummary, PhotoView } from '../shared/schemas.ts'
import { refOf } from '../shared/refs.ts'
import { deletedAlbums, readableAlbums } from './reach.ts'
import { stretch, type Place } from './order.ts'
import { summaryFields, tagsOf, toDetails, toSummary, type PhotoRecord } from './record.ts'
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

/** The photos of a stretch of a view, in its order, as `album/photo`. */
export const photoRefs = async (session: Session, view: PhotoView, offset: number, limit: number) =>
  (await stretch(session, view, offset, limit)).places.map(refOf)

/** How an album writes its tags. */
const writtenIn = (names: Record<string, string>) => (tag: string) => names[tag] ?? tag

const detailsOf = async (session: Session, places: Place[]): Promise<PhotoDetails[]> => {
  const { redis, keys, host } = session
  const albums = [...new Set(places.map(({ album }) => album))]
  const asked = redis.pipeline()
  for (const album of albums) asked.hgetall(keys.albumTagNames(album))
  for (const { album, id } of places) asked.hgetall(keys.photo(album, id))
  const replies = results<PhotoRecord>(await asked.exec())
  const names = new Map(
    albums.map((album, i) => [album, writtenIn((replies[i] ?? {}) as Record<string, string>)]),
  )
  return places.flatMap(({ album, id }, i) => {
    const record = replies[albums.length + i] ?? {}
    const nameOf = names.get(album) ?? String
    return Object.keys(record).length === 0 ? [] : [toDetails(album, id, record, { host, nameOf })]
  })
}

/** Everything that is known of one photo. */
export const showPhoto = (session: Session, album: string, photo: string): Promise<PhotoDetails> =>
  onRedis(async () => {
    const { redis, keys, host } = session
    const record: PhotoRecord = await redis.hgetall(keys.photo(album, photo))
    if (Object.keys(record).length === 0)
      throw new GalleryError('NOT_FOUND', 'This photo is not in this album any more.')
    const tags = tagsOf(record)
    const names = tags.length > 0 ? await redis.hmget(keys.albumTagNames(album), ...tags) : []
    const nameOf = (tag: string) => names[tags.indexOf(tag)] ?? tag
    return toDetails(album, photo, record, { host, nameOf })
  })

/** Everything that is known of the photos of an album, by time taken. */
export const listPhotos = (
  session: Session,
  album: string,
  offset: number,
  limit: number,
): Promise<PhotoDetails[]> => listView(session, { album, sort: 'taken', descending: false }, offset, limit)

/** Everything that is known of the photos of a stretch of a view, in its order. */
export const listView = async (session: Session, view: PhotoView, offset: number, limit: number) => {
  const { places } = await stretch(session, view, offset, limit)
  return onRedis(() => detailsOf(session, places))
}

/** The fields of photos that tell when they were taken, in the order of the photos. */
export const readDates = (session: Session, album: string, photos: string[]) =>
  onRedis(async () => {
    const { redis, keys } = session
    const asked = redis.pipeline()
    for (const photo of photos) asked.hmget(keys.photo(album, photo), 'dated', 'taken', 'mtime')
    const rows = results<(string | null)[]>(await asked.exec())
    return rows.map(([dated = null, taken = null, mtime = null]) => ({ dated, taken, mtime }))
  })

/** Where a photo is. */
export interface Located {
  photo: string
  album: string
  trashed: boolean
}

/** Photos asked about in one command for each album. */
const askedAtOnce = 500

/** In which of the caller's albums photos are, the trash included, albums in the trash too. */
export const locatePhotos = (session: Session, photos: string[]): Promise<Located[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const hung = await readableAlbums(session)
    const deleted = await deletedAlbums(session)
    const places = [
      ...[...hung, ...deleted].map((album) => ({ album, key: keys.albumTrash(album), trashed: true })),
      ...deleted.map((album) => ({ album, key: keys.albumPhotos(album), trashed: true })),
      ...hung.map((album) => ({ album, key: keys.albumPhotos(album), trashed: false })),
    ]
    const found = new Map<string, Located>()
    for (let start = 0; start < photos.length; start += askedAtOnce) {
      const part = photos.slice(start, start + askedAtOnce)
      const asked = redis.pipeline()
      for (const { key } of places) asked.zmscore(key, ...part)
      const replies = results<(string | null)[]>(await asked.exec())
      places.forEach(({ album, trashed }, i) =>
        part.forEach((photo, n) => {
          if (replies[i]?.[n] != null) found.set(photo, { photo, album, trashed })
        }),
      )
    }
    return photos.flatMap((photo) => found.get(photo) ?? [])
  })
