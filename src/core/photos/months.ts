import type { MonthCount } from '../../shared/schemas/photo.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { albumIndexesOf, type AlbumIndex } from './photo-index.ts'

/** The months of the photos of each album, as long as these are what they were. */
const known = new WeakMap<AlbumIndex['photos'], Map<string, number>>()

const monthsOf = ({ photos }: AlbumIndex) => {
  const there = known.get(photos)
  if (there) return there
  const months = new Map<string, number>()
  for (const { day } of photos.values()) {
    const month = day.slice(0, 7)
    if (month) months.set(month, (months.get(month) ?? 0) + 1)
  }
  known.set(photos, months)
  return months
}

/** How many photos were taken in each month, of an album or of all that the session may read; the last month first. */
export const countMonths = (session: Session, album: string | null): Promise<MonthCount[]> =>
  onRedis(async () => {
    const counts = new Map<string, number>()
    const albums = album === null ? await readableAlbums(session) : [album]
    for (const index of await albumIndexesOf(session, albums))
      for (const [month, photos] of monthsOf(index)) counts.set(month, (counts.get(month) ?? 0) + photos)
    return [...counts]
      .map(([month, photos]) => ({ month, photos }))
      .sort((a, b) => (a.month < b.month ? 1 : -1))
  })
