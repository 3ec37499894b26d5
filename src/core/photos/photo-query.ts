import { createHash } from 'node:crypto'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import type { PhotoSort, PhotoQuery } from '../../shared/schemas/photo.ts'
import { deletedAlbums, modifiableAlbums, readableAlbums } from '../albums/visible-albums.ts'
import { photoIndexOf, type IndexedPhoto } from './photo-index.ts'
import { orderKey } from './manual-order.ts'
import { inKeyOrder, sorted, type Ranked } from './ranked.ts'
import { isOpen, onlyTag, testsOf } from './photo-filter.ts'
import { readEnds, readRanges, readSizes, readWholeSets, type ScoredId } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { standInId } from './photo-record.ts'
import type { Session } from '../gallery/session.ts'
import type { Keys } from '../redis/keys.ts'
import { SharedCache } from './shared-cache.ts'

/** Up to this index a range is merged from the heads of the albums; beyond it the whole order is made and kept. */
const maxMergedEnd = 400
/** Photos' locations in the whole orders that are kept of one gallery together, of which each takes some 100 bytes. */
const maxKeptLocations = 500_000

const albumsOf = async (session: Session, { album }: PhotoQuery) =>
  album === null ? (await readableAlbums(session)).sort() : [album]

/** What an album lists as locations; `first` is the index of the first one in its set. */
const toLocations = (album: string, listed: ScoredId[], first = 0): Ranked[] =>
  listed.map(({ id, score: rank }, n) =>
    id === null ? { id: standInId(album, first + n), album, rank, damaged: true } : { id, album, rank },
  )

/** The locations in albums' sets, in the order of the albums. */
const locationsIn = (albums: string[], listed: ScoredId[][]): Ranked[] =>
  albums.flatMap((album, i) => toLocations(album, listed[i] ?? []))

/** The sorted set of an album that holds a view's photos by time taken: all of them, or those of one tag. */
const indexOf = ({ keys }: Session, { filter }: PhotoQuery, album: string) => {
  const tag = onlyTag(filter)
  return tag === null ? keys.albumPhotos(album) : keys.albumTag(album, tag)
}

/** All photos of albums by time, or the first `limit` of each. */
const byTime = async (session: Session, view: PhotoQuery, albums: string[], limit?: number) => {
  const sets = albums.map((album) => indexOf(session, view, album))
  const { descending } = view
  return locationsIn(
    albums,
    limit === undefined
      ? await readWholeSets(session.redis, sets, { descending })
      : await readRanges(session.redis, sets, { limit, descending }),
  )
}

/** A stretch of one album by time: Redis keeps it in that very order. */
const rangeOf = async (session: Session, view: PhotoQuery, album: string, offset: number, limit: number) => {
  const range = { offset, limit, descending: view.descending }
  const [listed = []] = await readRanges(session.redis, [indexOf(session, view, album)], range)
  return toLocations(album, listed, offset)
}

const ranks: Record<PhotoSort, (photo: IndexedPhoto) => number | string> = {
  taken: ({ time }) => time,
  name: ({ title }) => title,
  added: ({ added }) => added,
  rating: ({ rating }) => rating,
  manual: orderKey,
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
    toLocations(id, whole[i] ?? []).map((location) => ({ ...location, rank: Number(times[i]) })),
  )
  return [...locationsIn([...live, ...deleted], trashed), ...gone]
}

const wholeOrder = async (session: Session, view: PhotoQuery, albums: string[]): Promise<PhotoLocation[]> => {
  if (view.trash) return sorted(await inTrash(session, view), true)
  if (isIndexed(view)) return sorted(await byTime(session, view, albums), view.descending)
  const tests = testsOf(view.filter ?? {})
  const locations: Ranked[] = []
  for (const album of albums)
    for (const photo of (await photoIndexOf(session, album)).values())
      if (tests.every((test) => test(photo)))
        locations.push({ id: photo.id, album, rank: ranks[view.sort](photo) })
  return view.sort === 'manual' ? inKeyOrder(locations) : sorted(locations, view.descending)
}

/**
 * What changes whenever the order may: the last event and the number of photos of each album. `mark` is null where nothing
 * tells, as an album has photos and no events: somebody has deleted these.
 */
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
  const tells = albums.every((_, i) => ends[i] || !sizes[i])
  return { mark: tells ? marks.join('\n') : null, total: wanted.reduce((sum, size) => sum + size, 0) }
}

interface KeptOrder {
  mark: string | null
  locations: PhotoLocation[]
}

/** The whole orders of each gallery that is open in this process. Sessions of one gallery share its `keys`. */
const kept = new WeakMap<Keys, SharedCache<KeptOrder>>()

const keptOf = (keys: Keys) => {
  const there =
    kept.get(keys) ?? new SharedCache<KeptOrder>(maxKeptLocations, ({ locations }) => locations.length)
  kept.set(keys, there)
  return there
}

/**
 * The whole order of a view, made once for all sessions that see the same albums, and kept until something changes in one of
 * them. `mark` is what the caller's own connection has just read of these albums: that is the check of the caller's rights,
 * and it is made again where the order had to be waited for.
 */
const keptOrder = async (session: Session, view: PhotoQuery, albums: string[], mark: string | null) => {
  const name = createHash('sha256')
    .update(JSON.stringify([view, albums]))
    .digest('base64')
  const { value, atOnce } = await keptOf(session.keys).get(
    name,
    (order) => mark !== null && order.mark === mark,
    async () => ({ mark, locations: await wholeOrder(session, view, albums) }),
  )
  if (!atOnce) await signature(session, view, albums)
  return value.locations
}

/** A view by time taken of all photos, or of those with one tag, stands in Redis as it is. */
const isIndexed = ({ sort, filter }: PhotoQuery) =>
  sort === 'taken' && (isOpen(filter) || onlyTag(filter) !== null)

const isNear = (view: PhotoQuery, end: number) => isIndexed(view) && end <= maxMergedEnd

/**
 * A stretch of a view, and how many photos the whole view has. The beginning of a view by time costs the same however many
 * photos there are: it is merged from the heads of the albums.
 */
export const queryRange = (session: Session, view: PhotoQuery, offset: number, limit: number) =>
  onRedis(async (): Promise<{ total: number; locations: PhotoLocation[] }> => {
    const end = offset + limit
    if (view.trash) {
      const locations = await wholeOrder(session, view, [])
      return { total: locations.length, locations: locations.slice(offset, end) }
    }
    const albums = await albumsOf(session, view)
    if (albums.length === 0) return { total: 0, locations: [] }
    const [only, ...others] = albums
    const single = only !== undefined && others.length === 0 && isIndexed(view)
    const [{ mark, total }, own] = await Promise.all([
      signature(session, view, albums),
      single ? rangeOf(session, view, only, offset, limit) : null,
    ])
    if (own) return { total, locations: own }
    if (isNear(view, end)) {
      const locations = sorted(await byTime(session, view, albums, end), view.descending)
      return { total, locations: locations.slice(offset, end) }
    }
    const locations = await keptOrder(session, view, albums, mark)
    return { total: isIndexed(view) ? total : locations.length, locations: locations.slice(offset, end) }
  })
