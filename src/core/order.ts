import type { PhotoSort, PhotoView } from '../shared/schemas.ts'
import { readableAlbums } from './events.ts'
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
/** Commands in one pipeline, so that Redis answers others in between. */
const chunk = 2000

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

/** Photos of each album by time taken, from its first (or last) one up to `limit`. */
const byTime = async (
  session: Session,
  albums: string[],
  descending: boolean,
  limit: number,
): Promise<Ranked[]> => {
  const { redis, keys } = session
  const asked = redis.pipeline()
  for (const album of albums) {
    const range = [keys.albumPhotos(album), 0, String(limit - 1)] as const
    if (descending) asked.zrange(...range, 'REV', 'WITHSCORES')
    else asked.zrange(...range, 'WITHSCORES')
  }
  const replies = results<string[]>(await asked.exec())
  return albums.flatMap((album, i) => {
    const flat = (replies[i] ?? []).flat() // RESP3 answers in pairs, RESP2 in one row
    return Array.from({ length: flat.length / 2 }, (_, n) => ({
      id: flat[2 * n] as string,
      album,
      rank: Number(flat[2 * n + 1]),
    }))
  })
}

const withField = async ({ redis, keys }: Session, places: Ranked[], field: 'name' | 'added') => {
  for (let start = 0; start < places.length; start += chunk) {
    const part = places.slice(start, start + chunk)
    const asked = redis.pipeline()
    for (const { album, id } of part) asked.hget(keys.photo(album, id), field)
    const values = results<string | null>(await asked.exec())
    part.forEach((place, i) => {
      place.rank = field === 'added' ? Date.parse(values[i] ?? '') || 0 : (values[i] ?? '')
    })
  }
}

const wholeOrder = async (session: Session, view: PhotoView, albums: string[]): Promise<Place[]> => {
  const places = await byTime(session, albums, view.descending, 0)
  if (view.sort !== 'taken') await withField(session, places, view.sort)
  return sorted(places, view.descending)
}

/** What changes whenever the order may: the last event and the number of photos of each album. */
const signature = async ({ redis, keys }: Session, albums: string[]) => {
  const asked = redis.pipeline()
  for (const album of albums)
    asked.xrevrange(keys.albumEvents(album), '+', '-', 'COUNT', 1).zcard(keys.albumPhotos(album))
  const replies = results<[id: string][] | number>(await asked.exec())
  const marks = albums.map((album, i) => {
    const last = replies[2 * i] as [id: string][]
    return `${album} ${last[0]?.[0] ?? ''} ${String(replies[2 * i + 1])}`
  })
  const total = albums.reduce((sum, _, i) => sum + (replies[2 * i + 1] as number), 0)
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

const isNear = (sort: PhotoSort, albums: string[], end: number) =>
  sort === 'taken' && (albums.length === 1 || end <= nearEnough)

/**
 * A stretch of a view, and how many photos the whole view has. The beginning of a view costs the same however many
 * photos there are: it is merged from the heads of the albums.
 */
export const stretch = (session: Session, view: PhotoView, offset: number, limit: number) =>
  onRedis(async (): Promise<{ total: number; places: Place[] }> => {
    const albums = await albumsOf(session, view)
    if (albums.length === 0) return { total: 0, places: [] }
    const { mark, total } = await signature(session, albums)
    const end = offset + limit
    const places = isNear(view.sort, albums, end)
      ? sorted(await byTime(session, albums, view.descending, end), view.descending)
      : await keptOrder(session, view, albums, mark)
    return { total, places: places.slice(offset, end) }
  })
