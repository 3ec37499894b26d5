import { GalleryError } from '../../shared/errors.ts'
import type { PhotoDetails, PhotoSummary, PhotoQuery } from '../../shared/schemas/photo.ts'
import { refOf, type PhotoLocation } from '../../shared/domain/refs.ts'
import { queryRange } from './photo-query.ts'
import { damagedPhoto, detailFields, summaryFields, tagsOf, toDetails, toSummary } from './photo-record.ts'
import { recordsOf } from './read-records.ts'
import { readHashes, type FieldLimits } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { nearPlace } from '../places/near-place.ts'
import { tagNames } from './tags.ts'

/** What stands at each location. One that holds no photo is seen as damaged, so that all others keep theirs. */
export const summariesOf = async (session: Session, locations: PhotoLocation[]): Promise<PhotoSummary[]> => {
  const found = await recordsOf(session, locations, summaryFields)
  return locations.map(({ album, id, damaged }, i) => {
    const record = found[i]
    return record && !damaged ? toSummary(album, id, record) : damagedPhoto(album, id)
  })
}

/** A stretch of a view and the size of the whole view; `patience` as queryRange has it. */
export const pageOfPhotos = async (
  session: Session,
  view: PhotoQuery,
  offset: number,
  limit: number,
  patience?: number,
) => {
  const { locations, ...whole } = await queryRange(session, view, { offset, limit, patience })
  return { ...whole, photos: await onRedis(() => summariesOf(session, locations)) }
}

/** The photos of a range of a view, in its order, as `album/photo`; each stands at its own index of it. */
export const photoRefs = async (session: Session, view: PhotoQuery, offset: number, limit: number) =>
  (await queryRange(session, view, { offset, limit })).locations.map(refOf)

/** How the albums of some photos write their tags: (album, tag folded) -> the tag as it is written. */
const writtenTags = async (session: Session, tagged: { album: string; tags: string[] }[]) => {
  const wanted = new Map<string, Set<string>>()
  for (const { album, tags } of tagged)
    for (const tag of tags) wanted.set(album, (wanted.get(album) ?? new Set()).add(tag))
  const names = new Map<string, Map<string, string>>()
  await Promise.all(
    [...wanted].map(async ([album, tags]) => names.set(album, await tagNames(session, [album], [...tags]))),
  )
  return (album: string, tag: string) => names.get(album)?.get(tag) ?? tag
}

const detailsOf = async (session: Session, locations: PhotoLocation[]): Promise<PhotoDetails[]> => {
  const found = await recordsOf(session, locations, detailFields)
  const whole = locations.flatMap(({ album, id, damaged }, i) => {
    const record = found[i]
    return record && !damaged ? [{ album, id, record, tags: tagsOf(record) }] : []
  })
  const written = await writtenTags(session, whole)
  return Promise.all(
    whole.map(async ({ album, id, record }) => {
      const nameOf = (tag: string) => written(album, tag)
      const details = toDetails(album, id, record, { host: session.host, nameOf })
      return { ...details, near: await nearPlace(details.latitude, details.longitude) }
    }),
  )
}

/** Everything that is known of one photo. */
export const showPhoto = (session: Session, album: string, photo: string): Promise<PhotoDetails> =>
  onRedis(async () => {
    const [details] = await detailsOf(session, [{ album, id: photo }])
    if (!details) throw new GalleryError('NOT_FOUND', 'photoNotInAlbum')
    return details
  })

/** Everything that is known of the photos of an album, by time taken. */
export const listPhotos = (
  session: Session,
  album: string,
  offset: number,
  limit: number,
): Promise<PhotoDetails[]> => listView(session, { album, sort: 'taken', descending: false }, offset, limit)

/** Everything that is known of the photos of a stretch of a view, in its order. */
export const listView = async (session: Session, view: PhotoQuery, offset: number, limit: number) => {
  const { locations } = await queryRange(session, view, { offset, limit })
  return onRedis(() => detailsOf(session, locations))
}

const dateFields = { dated: 64, taken: 64, mtime: 32, guessed: 16 } as const satisfies FieldLimits

/** The fields of photos that tell when they were taken, in the order of the photos. */
export const readDates = (session: Session, album: string, photos: string[]) =>
  onRedis(async () => {
    const { redis, keys } = session
    const there = photos.map((photo) => keys.photo(album, photo))
    const rows = await readHashes(redis, there, dateFields)
    return rows.map((row) => ({
      dated: row?.[0] ?? null,
      taken: row?.[1] ?? null,
      mtime: row?.[2] ?? null,
      guessed: row?.[3] ?? null,
    }))
  })
