import type { Change, Changed } from '../../shared/schemas/change.ts'
import { maxPhotosPerCall } from '../../shared/domain/limits.ts'
import { GalleryError } from '../../shared/errors.ts'
import { maxRankLength, orderKey, ranksBetween } from '../photos/manual-order.ts'
import { photoIndexOf } from '../photos/photo-index.ts'
import { readHashes, readScores } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import type { ChangeContext } from './change-context.ts'
import { editPhotos } from './edit.ts'

type Order = Extract<Change, { kind: 'order' }>

/** A photo of the album and its key in the manual order. */
interface OrderedPhoto {
  id: string
  key: string
}

const conflict = () => new GalleryError('CONFLICT', 'changedMeanwhile')

/** The keys of some photos of an album; undefined for one that is not there. */
const keysOf = ({ redis, keys }: Session, album: string, ids: string[]) =>
  onRedis(async () => {
    const records = ids.map((id) => keys.photo(album, id))
    const [[scores = []], rows] = await Promise.all([
      readScores(redis, [keys.albumPhotos(album)], ids),
      readHashes(redis, records, { name: 1024, rank: maxRankLength }),
    ])
    return ids.map((id, i) => {
      const [time, row] = [scores[i] ?? null, rows[i]]
      const isThere = time !== null && row?.some((value) => value !== null)
      return isThere ? orderKey({ id, rank: row?.[1] ?? null, time }) : undefined
    })
  })

/** Ranks by the two neighbours alone; null where one is gone, or there is no room between them. */
const byNeighbours = async (session: Session, { album, photos, after, before }: Order) => {
  const neighbours = [after, before].filter((id) => id !== null)
  const found = await keysOf(session, album, neighbours)
  if (found.includes(undefined)) return null
  const keyOf = (id: string | null) => (id === null ? null : (found[neighbours.indexOf(id)] ?? null))
  const ranks = ranksBetween(keyOf(after), keyOf(before), photos.length)
  return ranks?.map((to, i) => ({ photo: photos[i] ?? '', to })) ?? null
}

/** The album's photos in their manual order, without those that are about to be put elsewhere. */
const othersInOrder = async (session: Session, { album, photos }: Order): Promise<OrderedPhoto[]> => {
  const moving = new Set(photos)
  const index = await onRedis(() => photoIndexOf(session, album))
  return [...index.values()]
    .filter(({ id }) => !moving.has(id))
    .map((photo) => ({ id: photo.id, key: orderKey(photo) }))
    .sort((a, b) => (a.key < b.key || (a.key === b.key && a.id < b.id) ? -1 : 1))
}

/** Where in that order photos go: before the one, or else behind the other, or at the beginning or end that is asked for. */
const indexIn = (order: OrderedPhoto[], { after, before }: Order) => {
  const next = order.findIndex(({ id }) => id === before)
  if (next >= 0) return next
  const last = order.findIndex(({ id }) => id === after)
  if (last >= 0) return last + 1
  if (before === null) return order.length
  if (after === null) return 0
  throw conflict()
}

/**
 * Ranks for the photos and as few of their neighbours as it takes until there is room: where two neighbours have the same
 * rank or changed places meanwhile, or a rank would become too long.
 */
const byRun = (order: OrderedPhoto[], index: number, photos: string[]) => {
  for (let reach = 0; photos.length + 2 * reach <= maxPhotosPerCall; reach = 2 * reach + 1) {
    const [first, last] = [Math.max(0, index - reach), Math.min(order.length, index + reach)]
    const idsOf = (from: number, to: number) => order.slice(from, to).map(({ id }) => id)
    const run = [...idsOf(first, index), ...photos, ...idsOf(index, last)]
    const ranks = ranksBetween(order[first - 1]?.key ?? null, order[last]?.key ?? null, run.length)
    if (ranks) return ranks.map((to, i) => ({ photo: run[i] ?? '', to }))
  }
  throw new GalleryError('CONFLICT', 'placeTooCrowded')
}

/**
 * Puts photos between two others of an album's manual order. Only their own ranks are written: between any two photos others
 * fit, whether those have a rank or not. The album is not read, but for the rare case that there is no room.
 *
 * @throws INVALID where a photo is its own neighbour; CONFLICT where the neighbours are gone, in a strict change one of them
 */
export const orderPhotos = async (context: ChangeContext, change: Order): Promise<Changed> => {
  const { session, mode } = context
  const order = { ...change, photos: [...new Set(change.photos)] }
  const { album, photos, after, before } = order
  if (photos.some((id) => id === after || id === before)) throw new GalleryError('INVALID', 'besideItself')
  const neighbours = [after, before].filter((id) => id !== null)
  if (mode !== 'free' && (await keysOf(session, album, neighbours)).includes(undefined)) throw conflict()
  const values = (await byNeighbours(session, order)) ?? (await byMakingRoom(session, order))
  return editPhotos(context, { kind: 'edit', album, field: 'rank', values })
}

const byMakingRoom = async (session: Session, order: Order) => {
  const others = await othersInOrder(session, order)
  return byRun(others, indexIn(others, order), order.photos)
}
