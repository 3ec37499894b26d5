import type { MonthCount } from '../../shared/schemas/photo.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { counting } from './photo-counts.ts'

/** Of a month that is not known there is nothing to count. */
const count = counting(({ day }) => (day.length < 7 ? '' : day.slice(0, 7)))

/** How many photos were taken in each month, of an album or of all that the session may read; the last month first. */
export const countMonths = (session: Session, album: string | null): Promise<MonthCount[]> =>
  onRedis(async () =>
    [...(await count(session, album))]
      .map(([month, photos]) => ({ month, photos }))
      .sort((a, b) => (a.month < b.month ? 1 : -1)),
  )
