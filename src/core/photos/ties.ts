import { readRecordsOf } from '../albums/shown-albums.ts'
import { readHashes, type FieldLimits } from '../redis/claims.ts'
import type { Session } from '../gallery/session.ts'
import { compareTies, type Named, type Ranked } from './ranked.ts'

/** What decides among photos of one rank, with its bytes: longer ones count as absent. */
export const tieFields = { name: 1024, path: 4096 } as const satisfies FieldLimits

/** A part of an order, both ends as in `slice`. */
interface Part {
  from: number
  to: number
}

const isTied = (locations: Ranked[], n: number) => {
  const rank = locations[n]?.rank ?? null
  return rank !== null && n > 0 && rank === locations[n - 1]?.rank
}

/** The runs of more than one photo of one rank that reach into a part of an order, each whole. */
const runsIn = (locations: Ranked[], { from, to }: Part): Part[] => {
  const runs: Part[] = []
  let begin = from
  while (isTied(locations, begin)) begin--
  while (begin < Math.min(to, locations.length)) {
    let end = begin + 1
    while (isTied(locations, end)) end++
    if (end - begin > 1) runs.push({ from: begin, to: end })
    begin = end
  }
  return runs
}

const namesOf = async (session: Session, locations: Ranked[]): Promise<(Ranked & Named)[]> => {
  // What is no photo's id has no record.
  const photos = locations.filter(({ damaged }) => !damaged)
  const albums = photos.map(({ album }) => album)
  const there = photos.map(({ album, id }) => session.keys.photo(album, id))
  const rows = await readRecordsOf(session, albums, ({ redis }) => readHashes(redis, there, tieFields))
  const found = new Map(photos.map((location, i) => [location, rows[i]]))
  return locations.map((location) => {
    const [name, path] = found.get(location) ?? []
    return { ...location, name: name ?? '', path: path ?? '' }
  })
}

/**
 * Brings the photos of one rank in a part of an order into order, in place, by the names of their files (compareTies).
 * Redis keeps them by their ids, which say nothing; names are read only where there are ties. What is in order is marked as
 * such, so that nothing is read twice in an order that is kept.
 *
 * @param locations in order of their ranks; whole runs of one rank, as far as they reach into the part
 */
export const settleTies = async (session: Session, locations: Ranked[], part: Part): Promise<void> => {
  const runs = runsIn(locations, part)
  if (runs.length === 0) return
  const named = await namesOf(
    session,
    runs.flatMap(({ from, to }) => locations.slice(from, to)),
  )
  let first = 0
  for (const { from, to } of runs) {
    const run = named.slice(first, first + to - from).sort(compareTies)
    first += run.length
    run.forEach(({ name: _name, path: _path, ...location }, i) => {
      locations[from + i] = { ...location, rank: null }
    })
  }
}
