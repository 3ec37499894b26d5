import { byName } from '../../shared/domain/by-name.ts'
import { inCommon } from '../../shared/domain/common-details.ts'
import { parseRef } from '../../shared/domain/refs.ts'
import type { SharedDetails } from '../../shared/schemas/photo.ts'
import type { Session } from '../gallery/session.ts'
import type { FieldLimits } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { lineOrNull, lines, whole } from './field-values.ts'
import { detailFields, summaryFields, tagsOf, toSummary, type PhotoRecord } from './photo-record.ts'
import { recordsOf } from './read-records.ts'
import { knownNames } from './tags.ts'

const { name, title, rating, flag, label, status, taken, dated } = summaryFields
const { bytes, camera, lens, caption, tags } = detailFields
const commonFields = {
  ...{ name, title, rating, flag, label, status, taken, dated },
  ...{ bytes, camera, lens, caption, tags },
} as const satisfies FieldLimits

const ofOne = (album: string, id: string, record: PhotoRecord): SharedDetails => {
  const { title, rating, flag, label, status, takenAt } = toSummary(album, id, record)
  return {
    ...{ photos: 1, mixed: [], title, rating, flag, label, status },
    caption: lines(record['caption'] ?? ''),
    camera: lineOrNull(record['camera']),
    lens: lineOrNull(record['lens']),
    ...{ first: takenAt, last: takenAt, undated: takenAt === null ? 1 : 0 },
    bytes: whole(record['bytes']),
    albums: [{ album, photos: 1 }],
    tags: tagsOf(record).map((tag) => ({ tag, photos: 1 })),
  }
}

/** What photos, `album/photo` each, have in common, and where they differ. Those that are nowhere are left out. */
export const commonOfPhotos = (session: Session, refs: string[]): Promise<SharedDetails> =>
  onRedis(async () => {
    const locations = refs.map(parseRef)
    const found = await recordsOf(session, locations, commonFields)
    const all = inCommon(
      locations.flatMap(({ album, id }, i) => {
        const record = found[i]
        return record ? [ofOne(album, id, record)] : []
      }),
    )
    const names = await knownNames(
      session,
      all.tags.map(({ tag }) => tag),
    )
    const written = all.tags.map(({ tag, photos }) => ({ tag: names.get(tag) ?? tag, photos }))
    return { ...all, tags: written.sort((a, b) => byName(a.tag, b.tag)) }
  })
