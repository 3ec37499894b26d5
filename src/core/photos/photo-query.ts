import { createHash } from 'node:crypto'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import type { PhotoSort, PhotoQuery } from '../../shared/schemas/photo.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import { deletedAlbums, modifiableAlbums } from '../albums/visible-albums.ts'
import { pathOf, type IndexedPhoto } from './indexed-photo.ts'
import { albumIndexesOf, readyIndexesOf, type AlbumIndex } from './photo-index.ts'
import { orderKey } from './manual-order.ts'
import { allByTime, indexOf, locationsIn, stretchOf, toLocations, type Stretch } from './by-time.ts'
import { mergedStretch } from './merged-stretch.ts'
import { byRank, inKeyOrder, sorted, type Named, type Ranked } from './ranked.ts'
import { filterOfView, isOpen, onlyTag } from './photo-filter.ts'
import { readEnds, readSizes, readWholeSets } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { collectionMark, seenInCollection } from '../collections/collection-order.ts'
import { settleTies } from './ties.ts'
import type { Session } from '../gallery/session.ts'
import type { Keys } from '../redis/keys.ts'
import { SharedCache } from './shared-cache.ts'
import { lookedFor, type View } from './looked-for.ts'
import { albumsOfView } from './view-photos.ts'
import { within } from './within.ts'

/** Photos' locations in the whole orders that are kept of one gallery together, of which each takes some 100 bytes. */
const maxKeptLocations = 500_000

/** The albums of a view; `deleted`: those of them that are in the trash themselves. */
interface Albums {
  all: string[]
  deleted: string[]
}

const albumsOf = async (session: Session, view: View): Promise<Albums> => {
  const { album, trash } = view
  if (!trash) return { all: (await albumsOfView(session, view)).sort(), deleted: [] }
  const live = (await modifiableAlbums(session)).filter((id) => album === null || id === album).sort()
  const deleted = album === null ? await deletedAlbums(session) : []
  return { all: [...live, ...deleted], deleted }
}

/** By their places in the list; those without one, or with one that the gallery has not, are last. */
const byStatus = ({ statuses = [] }: View) => {
  const places = new Map(statuses.map((id, place) => [id, place]))
  return ({ status }: IndexedPhoto) => (status === null ? undefined : places.get(status)) ?? statuses.length
}

const ranks: Record<Exclude<PhotoSort, 'status'>, (photo: IndexedPhoto) => number | string> = {
  taken: ({ time }) => time,
  name: ({ title }) => title,
  added: ({ added }) => added,
  rating: ({ rating }) => rating,
  manual: orderKey,
}

/** What was removed by itself, and the photos of the albums that were removed whole, by time of removal. */
const inTrash = async ({ redis, keys }: Session, { all, deleted }: Albums): Promise<Ranked[]> => {
  const [trashed, whole, times] = await Promise.all([
    readWholeSets(
      redis,
      all.map((id) => keys.albumTrash(id)),
    ),
    readWholeSets(
      redis,
      deleted.map((id) => keys.albumPhotos(id)),
    ),
    timesOf(deleted, { redis, keys }),
  ])
  const gone = deleted.flatMap((id, i) =>
    toLocations(id, whole[i] ?? []).map((location) => ({ ...location, rank: Number(times[i]) })),
  )
  return byRank([...locationsIn(all, trashed), ...gone], true)
}

/** When albums were removed, in milliseconds since 1970. */
const timesOf = async (deleted: string[], { redis, keys }: Pick<Session, 'redis' | 'keys'>) =>
  deleted.length > 0 ? redis.zmscore(keys.deletedAlbums, ...deleted) : []

/** Photos that a filter leaves, whole in order: of all of them the names are known. */
const filtered = (view: View, indexes: Iterable<AlbumIndex>): Ranked[] => {
  const testsIn = filterOfView(view)
  const rankOf = view.sort === 'status' ? byStatus(view) : ranks[view.sort]
  const found: (Ranked & Named)[] = []
  for (const index of indexes) {
    const tests = testsIn(index)
    if (!tests) continue
    for (const photo of index.photos.values())
      if (tests.every((test) => test(photo))) {
        const { id, album, name } = photo
        found.push({ id, album, rank: rankOf(photo), name, path: pathOf(photo) })
      }
  }
  const inOrder = view.sort === 'manual' ? inKeyOrder(found) : sorted(found, view.descending)
  return inOrder.map(({ id, album }) => ({ id, album, rank: null }))
}

/** A collection: by hand as it is, and in any other order, or with a filter, as all photos are. */
const inCollection = async (session: Session, view: View, albums: string[]): Promise<Ranked[]> => {
  const seen = await seenInCollection(session, view, albums)
  if (view.sort === 'manual' && isOpen(view.filter)) return seen.map((one) => ({ ...one, rank: null }))
  const albumOf = new Map(seen.map(({ id, album }) => [id, album]))
  const indexes = await albumIndexesOf(session, [...new Set(albumOf.values())])
  const left = filtered(view, indexes).filter(({ id, album }) => albumOf.get(id) === album)
  if (view.sort !== 'manual') return left
  const ids = new Set(left.map(({ id }) => id))
  return seen.filter(({ id }) => ids.has(id)).map((one) => ({ ...one, rank: null }))
}

/** A whole view in order, but for photos of one rank, which settleTies brings into order. */
const wholeOrder = async (session: Session, view: View, albums: Albums): Promise<Ranked[]> => {
  if (view.trash) return inTrash(session, albums)
  if (view.collection !== undefined) return inCollection(session, view, albums.all)
  if (isIndexed(view)) return allByTime(session, view, albums.all)
  return filtered(view, await albumIndexesOf(session, albums.all))
}

/**
 * What changes whenever the order may: the last event and the number of photos of each album. `mark` is null where nothing
 * tells, as an album has photos and no events: somebody has deleted these.
 */
const signature = async (session: Session, view: View, { all, deleted }: Albums) => {
  const { keys } = session
  const photos = view.trash
    ? [...all.map((album) => keys.albumTrash(album)), ...deleted.map((album) => keys.albumPhotos(album))]
    : all.map((album) => keys.albumPhotos(album))
  const sets = view.trash ? photos : all.map((album) => indexOf(session, view, album))
  const events = all.map((album) => keys.albumEvents(album))
  const [ends, sizes, wanted, times, own] = await Promise.all([
    readOfAlbums(session, 'end', { albums: all, keys: events }, readEnds),
    readOfAlbums(session, 'size', { albums: all, keys: photos }, readSizes),
    readOfAlbums(session, 'size', { albums: all, keys: sets }, readSizes),
    timesOf(deleted, session),
    view.collection === undefined ? null : collectionMark(session, view.collection),
  ])
  const tells = all.every((_, i) => ends[i] || !sizes[i])
  const mark = JSON.stringify([all, ends, sizes, times, own])
  return { mark: tells ? mark : null, total: wanted.reduce((sum, size) => sum + size, 0) }
}

interface KeptOrder {
  mark: string | null
  locations: Ranked[]
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
const keptOrder = async (session: Session, view: View, albums: Albums, mark: string | null) => {
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
const isIndexed = ({ sort, filter, saved, trash, collection }: View) =>
  !trash &&
  collection === undefined &&
  sort === 'taken' &&
  isOpen(saved) &&
  (isOpen(filter) || onlyTag(filter) !== null)

/** Longer stretches are read in parts, so that Redis answers others in between. */
const maxMerged = 5000

/** What is read straight from Redis, and how many photos the view has; no locations where the whole order has to be made. */
const fromRedis = async (session: Session, view: View, { all }: Albums, stretch: Stretch) => {
  const [only, ...others] = all
  if (only !== undefined && others.length === 0) {
    const [[total = 0], locations] = await Promise.all([
      readSizes(session.redis, [indexOf(session, view, only)]),
      stretchOf(session, view, only, stretch),
    ])
    return { total, locations }
  }
  const whole = { total: 0, locations: [] as Ranked[] }
  for (let { offset, limit } = stretch; limit > 0; offset += maxMerged, limit -= maxMerged) {
    const part = { offset, limit: Math.min(limit, maxMerged) }
    const { total, locations } = await mergedStretch(session, view, all, part)
    if (!locations) return { total, locations }
    whole.total = total
    whole.locations.push(...locations)
    if (offset + maxMerged >= total) break
  }
  return whole
}

/** Of how many albums an answer is, where these are not yet all that were asked for. */
interface Searching {
  ready: number
  albums: number
}

interface StretchOfView {
  total: number
  locations: PhotoLocation[]
  searching?: Searching
}

/** What is found so far: in the albums that are in memory. */
const fromReady = async (session: Session, view: View, all: string[]) => {
  const ready = (await readyIndexesOf(session, all)).filter((index) => index !== undefined)
  return { locations: filtered(view, ready), searching: { ready: ready.length, albums: all.length } }
}

/**
 * A stretch of a view, and how many photos the whole view has. A view by time is read straight from Redis, which costs about the
 * same however many photos there are. Photos of one rank are in the order of their files' names, whichever stretch is asked for.
 *
 * @param patience milliseconds after which a search answers with what is found in the albums that are in memory by then, and says
 *   so; the others are read on. Without it the whole is waited for.
 */
export const queryRange = (
  session: Session,
  asked: PhotoQuery,
  { offset, limit, patience }: Stretch & { patience?: number | undefined },
) =>
  onRedis(async (): Promise<StretchOfView> => {
    const begun = performance.now()
    const view = await lookedFor(session, asked)
    if (!view) return { total: 0, locations: [] }
    const albums = await albumsOf(session, view)
    if (view.collection !== undefined && albums.all.length === 0)
      await collectionMark(session, view.collection)
    if (albums.all.length === 0) return { total: 0, locations: [] }
    const read = isIndexed(view) ? await fromRedis(session, view, albums, { offset, limit }) : null
    if (read?.locations) return { total: read.total, locations: read.locations }
    const { mark, total } = await signature(session, view, albums)
    const making = keptOrder(session, view, albums, mark)
    const isPatient = patience === undefined || view.trash || view.collection !== undefined || isIndexed(view)
    const whole = isPatient ? await making : await within(making, begun + patience - performance.now())
    if (!whole) {
      const { locations, searching } = await fromReady(session, view, albums.all)
      return { total: locations.length, locations: locations.slice(offset, offset + limit), searching }
    }
    await settleTies(session, whole, { from: offset, to: offset + limit })
    return {
      total: isIndexed(view) ? total : whole.length,
      locations: whole.slice(offset, offset + limit),
    }
  })
