import { chunksOf } from '../../shared/domain/chunks.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import type { DuplicateGroup, Duplicates } from '../../shared/schemas/duplicates.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { summariesOf } from '../photos/photos.ts'
import { toSummary } from '../photos/photo-record.ts'
import { readHashes, readIds, toRecord } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { groupDuplicates, type Candidate, type Group } from './group-duplicates.ts'
import { isFirst } from '../library/index/first-digest.ts'

/** Photos read in one call, so that Redis answers others in between. */
const photosPerRead = 2000
/** Groups that an answer shows; the others are counted. */
const maxGroups = 200
/** Photos of one group that an answer shows. */
const maxPhotosPerGroup = 50

const limits = {
  name: 1024,
  digest: 64,
  placeholder: 96,
  width: 32,
  height: 32,
  bytes: 32,
  rating: 16,
  flag: 16,
  missing: 64,
  added: 64,
}

const toCandidate = (album: string, id: string, record: Partial<Record<string, string>>): Candidate => {
  const { width, height, rating, flag, missing, placeholder, addedAt } = toSummary(album, id, record)
  return {
    ...{ id, album, rating, missing },
    digest: isFirst(record['digest'] ?? '') ? id : (record['digest'] ?? id),
    placeholder: placeholder ?? '',
    pixels: width * height,
    bytes: Math.max(0, Number(record['bytes']) || 0),
    picked: flag === 'pick',
    added: Date.parse(addedAt),
  }
}

const candidatesOf = async ({ redis, keys }: Session, album: string): Promise<Candidate[]> => {
  const found: Candidate[] = []
  for (const ids of chunksOf(await readIds(redis, keys.albumPhotos(album)), photosPerRead)) {
    const rows = await readHashes(
      redis,
      ids.map((id) => keys.photo(album, id)),
      limits,
    )
    for (const [i, id] of ids.entries()) {
      const record = toRecord(Object.keys(limits), rows[i] ?? [])
      if (record['name'] && record['digest']) found.push(toCandidate(album, id, record))
    }
  }
  return found
}

const withSummaries = async (session: Session, groups: Group[]): Promise<DuplicateGroup[]> => {
  const shown = groups.map(({ kind, photos }) => ({ kind, photos: photos.slice(0, maxPhotosPerGroup) }))
  const locations: PhotoLocation[] = shown.flatMap(({ photos }) =>
    photos.map(({ id, album }) => ({ id, album })),
  )
  const summaries = (await summariesOf(session, locations)).values()
  return shown.map(({ kind, photos }) => ({
    kind,
    photos: photos.flatMap(({ bytes }) => {
      const { value } = summaries.next()
      return value ? [{ ...value, bytes }] : []
    }),
  }))
}

/**
 * Photos of which one is enough, in an album or in all that the caller may read: those with the same bytes, and with a
 * threshold those that look alike. Nothing is changed.
 */
export const findDuplicates = (
  session: Session,
  { album, threshold }: { album: string | null; threshold: number | null },
): Promise<Duplicates> =>
  onRedis(async () => {
    const albums = album === null ? await readableAlbums(session) : [album]
    const candidates: Candidate[] = []
    for (const id of albums) candidates.push(...(await candidatesOf(session, id)))
    const groups = await groupDuplicates(candidates, threshold)
    return {
      looked: candidates.length,
      total: groups.length,
      groups: await withSummaries(session, groups.slice(0, maxGroups)),
    }
  })
