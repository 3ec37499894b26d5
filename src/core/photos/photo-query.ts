import type { PhotoSort, PhotoQuery } from '../../shared/schemas.ts'
import { deletedAlbums, modifiableAlbums, readableAlbums } from '../albums/visible-albums.ts'
import { factsOf, type Fact } from './photo-index.ts'
import { isOpen, onlyTag, testsOf } from './photo-filter.ts'
import { readEnds, readRanges, readSizes, readWholeSets, type ScoredId } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { standInId } from './photo-record.ts'
import type { Session } from '../gallery/session.ts'

/** One place in a view: which photo stands there. */
export interface Place {
  id: string
  album: string
  /** What the album lists here is no photo's id; `id` only stands in for it. */
  damaged?: true
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

const albumsOf = async (session: Session, { album }: PhotoQuery) =>
  album === null ? readableAlbums(session) : [album]

/** What an album lists as places; `first` is the place of the first one in its set. */
const toPlaces = (album: string, listed: ScoredId[], first = 0): Ranked[] =>
  listed.map(({ id, score: rank }, n) =>
    id === null ? { id: standInId(album, first + n), album, rank, damaged: true } : { id, album, rank },
  )

/** The places of albums' sets, in the order of the albums. */
const placesIn = (albums: string[], listed: ScoredId[][]): Ranked[] =>
  albums.flatMap((album, i) => toPlaces(album, listed[i] ?? []))

/** The sorted set of an album that holds a view's photos by time taken: all of them, or those of one tag. */
const indexOf = ({ keys }: Session, { filter }: PhotoQuery, album: string) => {
  const tag = onlyTag(filter)
  return tag === null ? keys.albumPhotos(album) : keys.albumTag(album, tag)
}

/** All photos of albums by time, or the first `limit` of each. */
const byTime = async (session: Session, view: PhotoQuery, albums: string[], limit?: number) => {
  const sets = albums.map((album) => indexOf(session, view, album))
  const { descending } = view
  return placesIn(
    albums,
    limit === undefined
      ? await readWholeSets(session.redis, sets, { descending })
      : await readRanges(session.redis, sets, { limit, descending }),
  )
}

/** A stretch of one album by time: Redis keeps it in that very order. */
const stretchOf = async (session: Session, view: PhotoQuery, album: string, offset: number, limit: number) => {
  const range = { offset, limit, descending: view.descending }
  const [listed = []] = await readRanges(session.redis, [indexOf(session, view, album)], range)
  return toPlaces(album, listed, offset)
}

const ranks: Record<PhotoSort, (fact: Fact) => number | string> = {
  taken: ({ time }) => time,
  name: ({ title }) => title,
  added: ({ added }) => added,
  rating: ({ rating }) => rating,
  // Photos without a place of their own come last, by time taken.
  manual: ({ rank, time }) => rank ?? 1e15 + time,
}

const inTrash = async (session: Session, { album }: PhotoQuery): Promise<Ranked[]> => {
  const { redis, keys } = session
  const live = (await modifiableAlbums(session)).filter((id) => album === null || id === album)
  const deleted = album === null ? await deletedAlbums(session) : []
  const [trashed, whole, times] = await Promise.all([
    readWholeSets(
      redis,
      [...live, ...deleted].map((id) => keys.albumTrash(id)),
    ),
    readWholeSets(
      redis,
      deleted.map((id) => keys.albumPhotos(id)),
    ),
    deleted.length > 0 ? redis.zmscore(keys.deletedAlbums, ...deleted) : [],
  ])
  const gone = deleted.flatMap((id, i) =>
    toPlaces(id, whole[i] ?? []).map((place) => ({ ...place, rank: Number(times[i]) })),
  )
  return [...placesIn([...live, ...deleted], trashed), ...gone]
}

const wholeOrder = async (session: Session, view: PhotoQuery, albums: string[]): Promise<Place[]> => {
  if (view.trash) return sorted(await inTrash(session, view), true)
  if (isIndexed(view)) return sorted(await byTime(session, view, albums), view.descending)
  const tests = testsOf(view.filter ?? {})
  const places: Ranked[] = []
  for (const album of albums)
    for (const fact of (await factsOf(session, album)).values())
      if (tests.every((test) => test(fact))) places.push({ id: fact.id, album, rank: ranks[view.sort](fact) })
  return sorted(places, view.sort === 'manual' ? false : view.descending)
}

/** What changes whenever the order may: the last event and the number of photos of each album. */
const signature = async (session: Session, view: PhotoQuery, albums: string[]) => {
  const { redis, keys } = session
  const photos = albums.map((album) => keys.albumPhotos(album))
  const sets = albums.map((album) => indexOf(session, view, album))
  const events = albums.map((album) => keys.albumEvents(album))
  const [ends, sizes, wanted] = await Promise.all([
    readEnds(redis, events),
    readSizes(redis, photos),
    readSizes(redis, sets),
  ])
  const marks = albums.map((album, i) => `${album} ${ends[i] ?? ''} ${sizes[i] ?? 0}`)
  return { mark: marks.join('\n'), total: wanted.reduce((sum, size) => sum + size, 0) }
}

interface Kept {
  mark: string
  places: Promise<Place[]>
}

const kept = new WeakMap<Session, Map<string, Kept>>()

/** The whole order of a view, made once and kept until something changes in one of its albums. */
const keptOrder = (session: Session, view: PhotoQuery, albums: string[], mark: string): Promise<Place[]> => {
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
const isIndexed = ({ sort, filter }: PhotoQuery) =>
  sort === 'taken' && (isOpen(filter) || onlyTag(filter) !== null)

const isNear = (view: PhotoQuery, end: number) => isIndexed(view) && end <= nearEnough

/**
 * A stretch of a view, and how many photos the whole view has. The beginning of a view by time costs the same however many
 * photos there are: it is merged from the heads of the albums.
 */
export const stretch = (session: Session, view: PhotoQuery, offset: number, limit: number) =>
  onRedis(async (): Promise<{ total: number; places: Place[] }> => {
    const end = offset + limit
    if (view.trash) {
      const places = await wholeOrder(session, view, [])
      return { total: places.length, places: places.slice(offset, end) }
    }
    const albums = await albumsOf(session, view)
    if (albums.length === 0) return { total: 0, places: [] }
    const [only, ...others] = albums
    const single = only !== undefined && others.length === 0 && isIndexed(view)
    const [{ mark, total }, own] = await Promise.all([
      signature(session, view, albums),
      single ? stretchOf(session, view, only, offset, limit) : null,
    ])
    if (own) return { total, places: own }
    if (isNear(view, end)) {
      const places = sorted(await byTime(session, view, albums, end), view.descending)
      return { total, places: places.slice(offset, end) }
    }
    const places = await keptOrder(session, view, albums, mark)
    return { total: isIndexed(view) ? total : places.length, places: places.slice(offset, end) }
  })
