import type { Notice } from '../../shared/schemas/notice.ts'
import { ShareName } from '../../shared/schemas/ids.ts'
import { fieldOf, photosIn, timeOfEntry, type StreamEntry } from '../events/stream-fields.ts'

/** What comes in belongs to one import while it follows within this time, in milliseconds. */
const maxGapMs = 10 * 60_000

interface Arrival {
  album: string
  /** Milliseconds since 1970. */
  at: number
  photos: number
}

/** A file that a visitor sends comes in as a photo of the library, and is told of by its link: it is taken off. */
const photosOf = (account: string, fields: string[]): number => {
  const [what, by] = [fieldOf(fields, 'what'), fieldOf(fields, 'by')]
  if (what === 'uploaded' && ShareName.safeParse(by).success) return -1
  return what === 'added' && by === account ? photosIn(fieldOf(fields, 'photos')).length : 0
}

const toRuns = (arrivals: Arrival[]): Arrival[][] => {
  const runs: Arrival[][] = []
  for (const arrival of arrivals.toSorted((a, b) => b.at - a.at)) {
    const run = runs.at(-1)
    if (run && (run.at(-1)?.at ?? 0) - arrival.at < maxGapMs) run.push(arrival)
    else runs.push([arrival])
  }
  return runs
}

/** What the caller's own library took in, by the events of albums: one notice for each import, whatever number of albums it filled. */
export const importNotices = (
  account: string,
  streams: { album: string; entries: StreamEntry[] }[],
): Notice[] => {
  const arrivals = streams.flatMap(({ album, entries }) =>
    entries
      .map(([id, fields]) => ({ album, at: timeOfEntry(id), photos: photosOf(account, fields) }))
      .filter(({ photos }) => photos !== 0),
  )
  return toRuns(arrivals).flatMap((run): Notice[] => {
    const counts = [...Map.groupBy(run, ({ album }) => album)]
      .map(([album, own]) => ({ album, count: own.reduce((sum, { photos }) => sum + photos, 0) }))
      .filter(({ count }) => count > 0)
    const [first] = counts
    if (!first) return []
    const count = counts.reduce((sum, one) => sum + one.count, 0)
    const at = new Date(run[0]?.at ?? 0).toISOString()
    return [{ kind: 'imports', album: counts.length === 1 ? first.album : null, count, at }]
  })
}
