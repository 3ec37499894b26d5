import type { PhotoQuery } from '../../shared/schemas/photo.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import type { Session } from '../gallery/session.ts'
import { readBetween, readSpans } from '../redis/score-ranges.ts'
import { indexOf, toLocations, type Stretch } from './by-time.ts'
import { byRank, type Ranked } from './ranked.ts'
import { settleTies } from './ties.ts'

/*
 * A stretch of a view by time over many albums, without reading them: which of them can have photos there follows from how many
 * photos each has and between which times. Times are looked at in the order of the view: of a descending one they are negative.
 */

/** Photos beyond each end of a stretch that are read rather than looked for any closer. */
const nearEnough = 500
/** More photos than this of one album in a stretch, beyond what it asks for, and the whole order has to be made. */
const maxTied = 2000

/** The photos of one album in a view. */
interface Span {
  album: string
  set: string
  size: number
  /** Times of its first and its last photo. */
  first: number
  last: number
}

/** Two times, both counted in, between which a stretch surely lies. */
interface Window {
  from: number
  to: number
}

const spansOf = async (session: Session, view: PhotoQuery, albums: string[]): Promise<Span[]> => {
  const sets = albums.map((album) => indexOf(session, view, album))
  const found = await readOfAlbums(session, 'span', { albums, keys: sets }, readSpans)
  return albums.flatMap((album, i) => {
    const [set = '', span] = [sets[i], found[i]]
    if (!span) return []
    const { size, lowest, highest } = span
    return view.descending
      ? [{ album, set, size, first: -highest, last: -lowest }]
      : [{ album, set, size, first: lowest, last: highest }]
  })
}

/** The time at which so many photos have begun, counting each album's whole from one of its ends. */
const timeOf = (spans: Span[], end: 'first' | 'last', count: number): number => {
  let seen = 0
  for (const span of spans.toSorted((a, b) => a[end] - b[end])) {
    seen += span.size
    if (seen >= count) return span[end]
  }
  return Number.POSITIVE_INFINITY
}

/**
 * Between which times a stretch lies, as far as the ends of the albums tell. No more photos than `offset` can stand before
 * `from`, and as many as the stretch's end surely stand until `to`.
 */
const windowOf = (spans: Span[], { offset, limit }: Stretch): Window => ({
  from: timeOf(spans, 'first', offset + 1),
  to: timeOf(spans, 'last', offset + limit),
})

const middleOf = (a: number, b: number) => Math.floor(a / 2 + b / 2)

/** Halves the distance between two times until few photos lie between the one that is looked for and the one that is known. */
const bisect = async (
  { from, to }: Window,
  countBefore: (time: number) => Promise<number>,
  count: number,
  side: 'from' | 'to',
): Promise<number> => {
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = middleOf(low, high)
    if (!(middle > low && middle < high)) break // times without end, such as a hand can write
    const before = await countBefore(middle)
    if (before <= count) low = middle
    else high = middle
    if (
      side === 'from'
        ? before <= count && count - before < nearEnough
        : before > count && before - count < nearEnough
    )
      break
  }
  return side === 'from' ? low : high
}

const narrowed = async (
  session: Session,
  view: PhotoQuery,
  spans: Span[],
  window: Window,
  stretch: Stretch,
) => {
  const last = Math.max(...spans.map((span) => span.last))
  const bounds = { from: window.from, to: Math.min(window.to, last) }
  const sets = spans.map(({ set }) => set)
  const sign = view.descending ? -1 : 1
  const countBefore = async (time: number) => {
    const from = sign * time
    const found = await readBetween(session.redis, sets, {
      from,
      to: from,
      most: 0,
      descending: view.descending,
    })
    return found.reduce((sum, { before }) => sum + before, 0)
  }
  return {
    from: await bisect(bounds, countBefore, stretch.offset, 'from'),
    to: await bisect(bounds, countBefore, stretch.offset + stretch.limit - 1, 'to'),
  }
}

/**
 * A stretch of a view by time of several albums, and how many photos the view has. It costs no more than looking at each
 * album's ends and reading those albums that have photos there. Locations are null where too many photos of one time lie there.
 */
export const mergedStretch = async (
  session: Session,
  view: PhotoQuery,
  albums: string[],
  stretch: Stretch,
): Promise<{ total: number; locations: Ranked[] | null }> => {
  const spans = await spansOf(session, view, albums)
  const total = spans.reduce((sum, { size }) => sum + size, 0)
  if (stretch.offset >= total || stretch.limit === 0) return { total, locations: [] }
  return { total, locations: await merged(session, view, spans, stretch) }
}

const merged = async (session: Session, view: PhotoQuery, all: Span[], stretch: Stretch) => {
  const wide = windowOf(all, stretch)
  const before = all.filter(({ last }) => last < wide.from)
  const spans = all.filter(({ first, last }) => last >= wide.from && first <= wide.to)
  const skipped = before.reduce((sum, { size }) => sum + size, 0)
  const within = { ...stretch, offset: stretch.offset - skipped }
  const size = spans.reduce((sum, span) => sum + span.size, 0)
  const window =
    size <= stretch.limit + 2 * nearEnough ? wide : await narrowed(session, view, spans, wide, within)
  const sign = view.descending ? -1 : 1
  const most = stretch.limit + maxTied
  const found = await readBetween(
    session.redis,
    spans.map(({ set }) => set),
    { from: sign * window.from, to: sign * window.to, most, descending: view.descending },
  )
  if (found.some(({ listed }) => listed.length === most)) return null
  const first = found.reduce((sum, one) => sum + one.before, 0)
  const locations = found.flatMap((one, i) => toLocations(spans[i]?.album ?? '', one.listed, one.before))
  const [from, to] = [within.offset - first, within.offset - first + stretch.limit]
  byRank(locations, view.descending)
  await settleTies(session, locations, { from: Math.max(0, from), to })
  return locations.slice(Math.max(0, from), Math.max(0, to))
}
