import { plainText } from '../../shared/domain/fold-text.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import { line } from './field-values.ts'
import { detailFields, splitField } from './photo-record.ts'
import { tieFields } from './ties.ts'
import { readEnds, readEvents, readHashes, readIds, readScores, type FieldLimits } from '../redis/claims.ts'
import { fieldOf, photosIn } from '../events/stream-fields.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'
import { SharedCache } from './shared-cache.ts'

/** What photos are filtered and sorted by. */
export interface IndexedPhoto extends PhotoLocation {
  /** Its time in the album, in milliseconds since 1970. */
  time: number
  /** Day taken, `2024-05-31`, by the clock where it was taken; empty where unknown. */
  day: string
  title: string
  /** Of its file, as they decide among photos that are equal otherwise (ranked.ts). */
  name: string
  path: string
  added: number
  rating: number
  flag: string | null
  label: string | null
  /** As it was written, be it a rank or not (manual-order.ts). */
  rank: string | null
  camera: string
  missing: boolean
  video: boolean
  /** Folded. */
  tags: string[]
  /** Everything that a search for words looks at, folded (plainText). */
  text: string
}

/** More events than this since the last look, and an album is read anew. */
const maxEvents = 500

/** No more than these, as they are read of a hundred thousand photos. */
const { title, taken, dated, added, missing, rating, flag, label, rank, type } = detailFields
const fields = {
  ...tieFields,
  ...{ title, caption: 40_000, taken, dated, added, missing, rating, flag, label, rank },
  ...{ camera: 1024, tags: 80_400, type },
} as const satisfies FieldLimits

const asNumber = (text: string | null | undefined) => {
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

type Row = readonly (string | null | undefined)[]

/** What the fields of a record say, in their order. Checked by hand: schemas would take longer than Redis does. */
const toIndexedPhoto = (album: string, id: string, time: number, row: Row): IndexedPhoto => {
  const [name, path, title, caption, taken, dated, added, missing, ...marked] = row
  const [rating, flag, label, rank, camera, tagged, type] = marked
  const tags = splitField(tagged)
  const words = [title, name, caption, camera, ...tags]
  return {
    id,
    album,
    time,
    day: /^\d{4}-\d\d-\d\d/.exec(dated || taken || '')?.[0] ?? '',
    title: line(title || name || id),
    name: name ?? '',
    path: path ?? '',
    added: Date.parse(added ?? '') || 0,
    rating: Math.min(5, Math.max(0, Math.trunc(asNumber(rating) ?? 0))),
    flag: flag || null,
    label: label || null,
    rank: rank || null,
    camera: line(camera ?? ''),
    missing: Boolean(missing),
    video: type?.startsWith('video/') ?? false,
    tags,
    text: plainText(words.filter(Boolean).join('\n')),
  }
}

interface AlbumIndex {
  /** Id of the last event of the album that is in here; '' where there was none. */
  last: string
  photos: Map<string, IndexedPhoto>
}

/** Photos in the indexes of one gallery together, of which each takes some 900 bytes. */
const maxIndexedPhotos = 500_000

/** The albums of each gallery that is open in this process. Sessions of one gallery share its `keys`. */
const indexes = new WeakMap<Keys, SharedCache<AlbumIndex>>()

const indexesOf = (keys: Keys) => {
  const there =
    indexes.get(keys) ?? new SharedCache<AlbumIndex>(maxIndexedPhotos, ({ photos }) => photos.size)
  indexes.set(keys, there)
  return there
}

const readSome = async (
  { redis, keys }: Session,
  album: string,
  ids: string[],
  photos: Map<string, IndexedPhoto>,
) => {
  const records = ids.map((id) => keys.photo(album, id))
  const [[scores = []], rows] = await Promise.all([
    readScores(redis, [keys.albumPhotos(album)], ids),
    readHashes(redis, records, fields),
  ])
  ids.forEach((id, i) => {
    const [row, score] = [rows[i] ?? [], scores[i] ?? null]
    if (score === null || row.every((value) => value === null)) photos.delete(id)
    else photos.set(id, toIndexedPhoto(album, id, score, row))
  })
}

const readAll = async (session: Session, album: string): Promise<AlbumIndex> => {
  const { redis, keys } = session
  const last = await readEnd(session, album)
  const ids = await readIds(redis, keys.albumPhotos(album))
  const photos = new Map<string, IndexedPhoto>()
  await readSome(session, album, ids, photos)
  return { last, photos }
}

/** The photos that events since the last look tell of; null where they do not tell all. */
const changedSince = async ({ redis, keys }: Session, album: string, last: string) => {
  if (last === '') return null
  const [events] = await readEvents(redis, [keys.albumEvents(album)], { limit: maxEvents, from: last })
  if (!events || events[0]?.[0] !== last || events.length === maxEvents) return null
  const ids = new Set(events.slice(1).flatMap(([, fields]) => photosIn(fieldOf(fields, 'photos'))))
  return { ids: [...ids], last: events.at(-1)?.[0] ?? last }
}

const renew = async (session: Session, album: string, before: AlbumIndex): Promise<AlbumIndex> => {
  const changed = await changedSince(session, album, before.last)
  if (!changed) return readAll(session, album)
  if (changed.ids.length === 0) return { ...before, last: changed.last }
  const photos = new Map(before.photos)
  await readSome(session, album, changed.ids, photos)
  return { last: changed.last, photos }
}

/** Where the events of an album end. Redis refuses it to a caller who may not read the album. */
const readEnd = async ({ redis, keys }: Session, album: string) => {
  const [end] = await readEnds(redis, [keys.albumEvents(album)])
  return end ?? ''
}

/**
 * What is known of all photos of an album. It is read once for all sessions of a gallery; afterwards the album's own events
 * tell what to read again. The caller's own connection reads where these events end before, and again where it had to wait:
 * that is the check of the caller's right, which is Redis's alone.
 *
 * @throws FORBIDDEN where the caller may not read the album
 */
export const photoIndexOf = async (session: Session, album: string): Promise<Map<string, IndexedPhoto>> => {
  const end = await readEnd(session, album)
  const { value, atOnce } = await indexesOf(session.keys).get(
    album,
    ({ last }) => last !== '' && last === end,
    (before) => (before ? renew(session, album, before) : readAll(session, album)),
  )
  if (!atOnce) await readEnd(session, album)
  return value.photos
}
