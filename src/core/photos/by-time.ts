import type { PhotoQuery } from '../../shared/schemas/photo.ts'
import { readRanges, readWholeSets, type ScoredId } from '../redis/claims.ts'
import type { Session } from '../gallery/session.ts'
import { onlyTag } from './photo-filter.ts'
import { standInId } from './photo-record.ts'
import { byRank, type Ranked } from './ranked.ts'
import { settleTies } from './ties.ts'

/** Photos that are read beyond the edges of a stretch, as those of one time may be in another order there: at first, then. */
const margins = [20, 1000]
/** A stretch of a view. */
export interface Stretch {
  offset: number
  limit: number
}

/** What an album lists as locations; `first` is the index of the first one in its set. */
export const toLocations = (album: string, listed: ScoredId[], first = 0): Ranked[] =>
  listed.map(({ id, score: rank }, n) =>
    id === null ? { id: standInId(album, first + n), album, rank, damaged: true } : { id, album, rank },
  )

/** The locations in albums' sets, in the order of the albums. */
export const locationsIn = (albums: string[], listed: ScoredId[][]): Ranked[] =>
  albums.flatMap((album, i) => toLocations(album, listed[i] ?? []))

/** The sorted set of an album that holds a view's photos by time taken: all of them, or those of one tag. */
export const indexOf = ({ keys }: Session, { filter }: PhotoQuery, album: string): string => {
  const tag = onlyTag(filter)
  return tag === null ? keys.albumPhotos(album) : keys.albumTag(album, tag)
}

/** All photos of albums by time; those of one time in any order. */
export const allByTime = async (session: Session, view: PhotoQuery, albums: string[]): Promise<Ranked[]> => {
  const sets = albums.map((album) => indexOf(session, view, album))
  return byRank(locationsIn(albums, await readWholeSets(session.redis, sets)), view.descending)
}

/**
 * A stretch of one album by time: Redis keeps it in that very order, but for photos of one time. Null where too many of
 * these lie at an edge of it.
 */
export const stretchOf = async (
  session: Session,
  view: PhotoQuery,
  album: string,
  { offset, limit }: Stretch,
): Promise<Ranked[] | null> => {
  for (const margin of margins) {
    const first = Math.max(0, offset - margin)
    const [from, to] = [offset - first, offset - first + limit]
    const range = { offset: first, limit: to + margin, descending: view.descending }
    const [listed = []] = await readRanges(session.redis, [indexOf(session, view, album)], range)
    const locations = toLocations(album, listed, first)
    const begins = first === 0 || locations[0]?.rank !== locations[from]?.rank
    const ends = locations.length < range.limit || locations.at(-1)?.rank !== locations[to - 1]?.rank
    if (!(begins && ends) && from < locations.length) continue
    await settleTies(session, locations, { from, to })
    return locations.slice(from, to)
  }
  return null
}
