import { setImmediate } from 'node:timers/promises'
import { searchText } from '../../shared/domain/saved-search.ts'
import type { SavedSearch } from '../../shared/schemas/collection.ts'
import { searchedAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { appliedFilter } from '../photos/applied-filter.ts'
import { filterOf } from '../photos/photo-filter.ts'
import { albumIndexesOf, isFull, readyIndexesOf, type AlbumIndex } from '../photos/photo-index.ts'
import { within } from '../photos/within.ts'

/** How long a list waits for counts, in milliseconds; what is not in memory by then is read on. */
const patienceMs = 500
/** So long photos are counted in one go, in milliseconds. */
const atOnceMs = 20
/** Searches of which counts are kept with an album's index. */
const maxKeptCounts = 200

/** How many photos of an album each search finds, as long as the album is what it is. */
const counts = new WeakMap<AlbumIndex, Map<string, number>>()

const countOf = (index: AlbumIndex, name: string, testsIn: ReturnType<typeof filterOf>): number => {
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

/** How many photos of albums each search finds; others are answered in between. */
const countIn = async (session: Session, albums: string[], searches: SavedSearch[]): Promise<number[]> => {
  const asked = await Promise.all(
    searches.map(async ({ album, filter: saved }) => {
      const filter = await appliedFilter(session, saved, album)
      return { album, name: searchText({ album: null, filter }), testsIn: filterOf(filter) }
    }),
  )
  const sums = searches.map(() => 0)
  let begun = performance.now()
  for (const [i, index] of (await albumIndexesOf(session, albums)).entries()) {
    for (const [n, { album, name, testsIn }] of asked.entries())
      if (album === null || album === albums[i]) sums[n] = (sums[n] ?? 0) + countOf(index, name, testsIn)
    if (performance.now() - begun < atOnceMs) continue
    await setImmediate()
    begun = performance.now()
  }
  return sums
}

/**
 * How many photos each search finds for the caller, in their order; null where that is not known yet, and is found out. Of albums that
 * have not changed since the last time, nothing is counted again.
 */
export const countFound = async (session: Session, searches: SavedSearch[]): Promise<(number | null)[]> => {
  if (searches.length === 0) return []
  const readable = await searchedAlbums(session, null)
  const asked = new Set(searches.map(({ album }) => album))
  const albums = asked.has(null) ? readable : readable.filter((id) => asked.has(id))
  const unknown = searches.map(() => null)
  // Where memory has no room for all, they would be read anew each time.
  if (isFull(session) && (await readyIndexesOf(session, albums)).includes(undefined)) return unknown
  return (await within(countIn(session, albums, searches), patienceMs)) ?? unknown
}
