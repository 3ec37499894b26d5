import type { PhotoSort, PhotoView } from '../shared/schemas.ts'
import { deletedAlbums, modifiableAlbums, readableAlbums } from './reach.ts'
import { factsOf, type Fact } from './facts.ts'
import { isOpen, onlyTag, testsOf } from './filter.ts'
import { onRedis, results } from './redis/errors.ts'
import type { Session } from './session.ts'

/** One place in a view: which photo stands there. */
export interface Place {
  id: string
  album: string
}

interface Ranked extends Place {
  rank: number | string
}

/** Up to here a stretch is merged from the heads of the albums; beyond it the whole order is made and kept. */
const nearEnough = 400
/** Whole orders kept for each session: a few views, each some 10 MB at 100,000 photos. */
const keptOrders = 3

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const compare = (a: Ranked, b: Ranked) => {
  const byRank =
    typeof a.rank === 'number' && typeof b.rank === 'number'
      ? a.rank - b.rank
      : names.compare(String(a.rank), String(b.rank))
  if (byRank !== 0) return byRank
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

const sorted = (places: Ranked[], descending: boolean) => {
  places.sort(descending ? (a, b) => compare(b, a) : compare)
  return places
}

const albumsOf = async (session: Session, { album }: PhotoView) =>
  album === null ? readableAlbums(session) : [album]

/** Photos of sorted sets with their scores, from the first (or last) one of each up to `limit` (0: all). */
const scoredIds = async (
  { redis }: Session,
  sets: { album: string; key: string }[],
  descending: boolean,
  limit: number,
): Promise<Ranked[]> => {
  const asked = redis.pipeline()
  for (const { key } of sets) {
    const range = [key, 0, String(limit - 1)] as const
    if (descending) asked.zrange(...range, 'REV', 'WITHSCORES')
    else asked.zrange(...range, 'WITHSCORES')
  }
  const replies = results<string[]>(await asked.exec())
  return sets.flatMap(({ album }, i) => {
    const flat = (replies[i] ?? []).flat() // RESP3 answers in pairs, RESP2 in one row
    return Array.from({ length: flat.length / 2 }, (_, n) => ({
      id: flat[2 * n] as string,
      album,
      rank: Number(flat[2 * n + 1]),
    }))
  })
}

/** The sorted set of an album that holds a view's photos by time taken: all of them, or those of one tag. */
const indexOf = ({ keys }: Session, { filter }: PhotoView, album: string) => {
  const tag = onlyTag(filter)
  return tag === null ? keys.albumPhotos(album) : keys.albumTag(album, tag)
}

const byTime = (session: Session, view: PhotoView, albums: string[], limit: number): Promise<Ranked[]> => {
  const sets = albums.map((album) => ({ album, key: indexOf(session, view, album) }))
  return scoredIds(session, sets, view.descending, limit)
}

const ranks: Record<PhotoSort, (fact: Fact) => number | string> = {
  taken: ({ time }) => time,
  name: ({ title }) => title,
  added: ({ added }) => added,
  rating: ({ rating }) => rating,
  // Photos without a place of their own come last, by time taken.
  manual: ({ rank, time }) => rank ?? 1e15 + time,
}

const inTrash = async (session: Session, { album }: PhotoView): Promise<Ranked[]> => {
  const { redis, keys } = session
  const live = (await modifiableAlbums(session)).filter((id) => album === null || id === album)
  const deleted = album === null ? await deletedAlbums(session) : []
  const trashed = await scoredIds(
    session,
    [...live, ...deleted].map((id) => ({ album: id, key: keys.albumTrash(id) })),
    true,
    0,
  )
  const times = redis.pipeline()
  for (const id of deleted) times.zrange(keys.albumPhotos(id), 0, '-1').zscore(keys.deletedAlbums, id)
  const replies = results<string[] | string | null>(await times.exec())
  const gone = deleted.flatMap((id, i) =>
    (replies[2 * i] as string[]).map((photo) => ({ id: photo, album: id, rank: Number(replies[2 * i + 1]) })),
  )
  return [...trashed, ...gone]
}

const wholeOrder = async (session: Session, view: PhotoView, albums: string[]): Promise<Place[]> => {
  if (view.trash) return sorted(await inTrash(session, view), true)
  if (isIndexed(view)) return sorted(await byTime(session, view, albums, 0), view.descending)
  const tests = testsOf(view.filter ?? {})
  const places: Ranked[] = []
  for (const album of albums)
    for (const fact of (await factsOf(session, album)).values())
      if (tests.every((test) => test(fact))) places.push({ id: fact.id, album, rank: ranks[view.sort](fact) })
  return sorted(places, view.sort === 'manual' ? false : view.descending)
}

/** What changes whenever the order may: the last event and the number of photos of each album. */
const signature = async (session: Session, view: PhotoView, albums: string[]) => {
  const { redis, keys } = session
  const asked = redis.pipeline()
  for (const album of albums)
    asked
      .xrevrange(keys.albumEvents(album), '+', '-', 'COUNT', 1)
      .zcard(keys.albumPhotos(album))
      .zcard(indexOf(session, view, album))
  const replies = results<[id: string][] | number>(await asked.exec())
  const marks = albums.map((album, i) => {
    const last = replies[3 * i] as [id: string][]
    return `${album} ${last[0]?.[0] ?? ''} ${String(replies[3 * i + 1])}`
  })
  const total = albums.reduce((sum, _, i) => sum + (replies[3 * i + 2] as number), 0)
  return { mark: marks.join('\n'), total }
}

interface Kept {
  mark: string
  places: Promise<Place[]>
}

const kept = new WeakMap<Session, Map<string, Kept>>()

/** The whole order of a view, made once and kept until something changes in one of its albums. */
const keptOrder = (session: Session, view: PhotoView, albums: string[], mark: string): Promise<Place[]> => {
  const orders = kept.get(session) ?? new Map<string, Kept>()
  kept.set(session, orders)
  const name = JSON.stringify(view)
  const known = orders.get(name)
  orders.delete(name)
  const order = known?.mark === mark ? known : { mark, places: wholeOrder(session, view, albums) }
  orders.set(name, order)
  order.places.catch(() => orders.delete(name))
  for (const oldest of [...orders.keys()].slice(0, -keptOrders)) orders.delete(oldest)
  return order.places
}

/** A view by time taken of all photos, or of those with one tag, stands in Redis as it is. */
const isIndexed = ({ sort, filter }: PhotoView) =>
  sort === 'taken' && (isOpen(filter) || onlyTag(filter) !== null)

const isNear = (view: PhotoView, albums: string[], end: number) =>
  isIndexed(view) && (albums.length === 1 || end <= nearEnough)

/**
 * A stretch of a view, and how many photos the whole view has. The beginning of a view by time costs the same however many
 * photos there are: it is merged from the heads of the albums.
 */
export const stretch = (session: Session, view: PhotoView, offset: number, limit: number) =>
  onRedis(async (): Promise<{ total: number; places: Place[] }> => {
    const end = offset + limit
    if (view.trash) {
      const places = await wholeOrder(session, view, [])
      return { total: places.length, places: places.slice(offset, end) }
    }
    const albums = await albumsOf(session, view)
    if (albums.length === 0) return { total: 0, places: [] }
    const { mark, total } = await signature(session, view, albums)
    if (isNear(view, albums, end)) {
      const places = sorted(await byTime(session, view, albums, end), view.descending)
      return { total, places: places.slice(offset, end) }
    }
    const places = await keptOrder(session, view, albums, mark)
    return { total: isIndexed(view) ? total : places.length, places: places.slice(offset, end) }
  })
