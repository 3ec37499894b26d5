import { searchText } from '../../shared/domain/saved-search.ts'
import type { SavedSearch } from '../../shared/schemas/collection.ts'
import { searchedAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { filterOf } from '../photos/photo-filter.ts'
import { albumIndexesOf, isFull, readyIndexesOf, type AlbumIndex } from '../photos/photo-index.ts'
import { within } from '../photos/within.ts'

/** How long a list waits for counts, in milliseconds; what is not in memory by then is read on. */
const patienceMs = 500
/** Searches of which counts are kept with an album's index. */
const maxKeptCounts = 200

/** How many photos of an album each search finds, as long as the album is what it is. */
const counts = new WeakMap<AlbumIndex, Map<string, number>>()

const countIn = (index: AlbumIndex, name: string, testsIn: ReturnType<typeof filterOf>): number => {
  const known = counts.get(index) ?? new Map<string, number>()
  counts.set(index, known)
  const there = known.get(name)
  if (there !== undefined) return there
  const tests = testsIn(index)
  let count = 0
  if (tests) for (const photo of index.photos.values()) if (tests.every((test) => test(photo))) count++
  if (known.size >= maxKeptCounts) known.clear()
  known.set(name, count)
  return count
}

/** The indexes of albums; null where they are not in memory in time, or memory has no room for them all. */
const indexesInTime = async (session: Session, albums: string[]) => {
  const isMissing = (await readyIndexesOf(session, albums)).includes(undefined)
  if (isMissing && isFull(session)) return null
  return (await within(albumIndexesOf(session, albums), patienceMs)) ?? null
}

/**
 * How many photos each search finds for the caller, in their order; null where that is not known yet. Of albums that have not
 * changed since the last time, nothing is counted again.
 */
export const countFound = async (session: Session, searches: SavedSearch[]): Promise<(number | null)[]> => {
  if (searches.length === 0) return []
  const readable = await searchedAlbums(session, null)
  const asked = new Set(searches.map(({ album }) => album))
  const albums = asked.has(null) ? readable : readable.filter((id) => asked.has(id))
  const indexes = await indexesInTime(session, albums)
  if (!indexes) return searches.map(() => null)
  return searches.map(({ album, filter }) => {
    const [name, testsIn] = [searchText({ album: null, filter }), filterOf(filter)]
    return indexes.reduce(
      (sum, index, i) => (album === null || albums[i] === album ? sum + countIn(index, name, testsIn) : sum),
      0,
    )
  })
}
