import type { DayCount, PhotoQuery } from '../../shared/schemas/photo.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import { lookedFor } from './looked-for.ts'
import { keptOf } from './photo-counts.ts'
import { photosOfView } from './view-photos.ts'

const count = (photos: Iterable<IndexedPhoto>): ReadonlyMap<string, number> => {
  const days = new Map<string, number>()
  for (const { day } of photos) if (day) days.set(day, (days.get(day) ?? 0) + 1)
  return days
}

/** Of whole albums, kept as long as these are what they were. */
const countAll = keptOf((photos) => count(photos.values()))

/**
 * How many photos of a view were taken on each day by the clock where they were taken, the first day first: as many as a filter by
 * that day shows. What is known to be of a month or a year, and no more, is counted as that, before its first day. Nothing of the trash.
 */
export const countDays = (session: Session, asked: PhotoQuery): Promise<DayCount[]> =>
  onRedis(async () => {
    const view = await lookedFor(session, asked)
    const all = new Map<string, number>()
    for (const { index, shown } of !view || view.trash ? [] : await photosOfView(session, view))
      for (const [day, photos] of shown ? count(shown) : countAll(index.photos))
        all.set(day, (all.get(day) ?? 0) + photos)
    return [...all].map(([day, photos]) => ({ day, photos })).sort((a, b) => (a.day < b.day ? -1 : 1))
  })
