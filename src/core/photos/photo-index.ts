import { plainText } from '../../shared/domain/fold-text.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import { line, splitField, summaryFields } from './photo-record.ts'
import { readEnds, readEvents, readHashes, readIds, readScores, type FieldLimits } from '../redis/claims.ts'
import { fieldOf, photosIn } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'

/** What photos are filtered and sorted by. */
export interface IndexedPhoto extends PhotoLocation {
  /** By which it hangs in its album, milliseconds since 1970. */
  time: number
  /** Day taken, `2024-05-31`, by the clock where it was taken; empty where unknown. */
  day: string
  title: string
  added: number
  rating: number
  flag: string | null
  label: string | null
  rank: number | null
  camera: string
  missing: boolean
  /** Folded. */
  tags: string[]
  /** Everything that a search for words looks at, folded (plainText). */
  text: string
}

/** More events than this since the last look, and an album is read anew. */
const maxEvents = 500

/** No more than these, as they are read of a hundred thousand photos. */
const { name, title, taken, dated, added, missing, rating, flag, label, rank } = summaryFields
const fields = {
  ...{ name, title, caption: 40_000, taken, dated, added, missing, rating, flag, label, rank },
  ...{ camera: 1024, tags: 80_400 },
} as const satisfies FieldLimits

const asNumber = (text: string | null | undefined) => {
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

type Row = readonly (string | null | undefined)[]

/** What the fields of a record say, in their order. Checked by hand: schemas would take longer than Redis does. */
const toIndexedPhoto = (album: string, id: string, time: number, row: Row): IndexedPhoto => {
  const [name, title, caption, taken, dated, added, missing, rating, flag, label, rank, camera, tagged] = row
  const tags = splitField(tagged)
  const words = [title, name, caption, camera, ...tags]
  return {
    id,
    album,
    time,
    day: /^\d{4}-\d\d-\d\d/.exec(dated || taken || '')?.[0] ?? '',
    title: line(title || name || id),
    added: Date.parse(added ?? '') || 0,
    rating: Math.min(5, Math.max(0, Math.trunc(asNumber(rating) ?? 0))),
    flag: flag || null,
    label: label || null,
    rank: asNumber(rank),
    camera: line(camera ?? ''),
    missing: Boolean(missing),
    tags,
    text: plainText(words.filter(Boolean).join('\n')),
  }
}

interface Known {
  /** Id of the last event of the album that is in here. */
  last: string
  count: number
  index: Map<string, IndexedPhoto>
}

const known = new WeakMap<Session, Map<string, Promise<Known>>>()

const readSome = async ({ redis, keys }: Session, album: string, ids: string[], index: Map<string, IndexedPhoto>) => {
  const records = ids.map((id) => keys.photo(album, id))
  const [[scores = []], rows] = await Promise.all([
    readScores(redis, [keys.albumPhotos(album)], ids),
    readHashes(redis, records, fields),
  ])
  ids.forEach((id, i) => {
    const [row, score] = [rows[i] ?? [], scores[i] ?? null]
    if (score === null || row.every((value) => value === null)) index.delete(id)
    else index.set(id, toIndexedPhoto(album, id, score, row))
  })
}

const readAll = async (session: Session, album: string): Promise<Known> => {
  const { redis, keys } = session
  const [last] = await readEnds(redis, [keys.albumEvents(album)])
  const ids = await readIds(redis, keys.albumPhotos(album))
  const index = new Map<string, IndexedPhoto>()
  await readSome(session, album, ids, index)
  return { last: last ?? '', count: index.size, index }
}

/** The photos that events since the last look tell of; null where they do not tell all. */
const changedSince = async ({ redis, keys }: Session, album: string, last: string) => {
  if (last === '') return null
  const [events] = await readEvents(redis, [keys.albumEvents(album)], { limit: maxEvents, from: last })
  if (!events || events[0]?.[0] !== last || events.length === maxEvents) return null
  const ids = new Set(events.slice(1).flatMap(([, fields]) => photosIn(fieldOf(fields, 'photos'))))
  return { ids: [...ids], last: events.at(-1)?.[0] ?? last }
}

const renew = async (session: Session, album: string, before: Known): Promise<Known> => {
  const changed = await changedSince(session, album, before.last)
  if (!changed) return readAll(session, album)
  if (changed.ids.length === 0) return { ...before, last: changed.last }
  const index = new Map(before.index)
  await readSome(session, album, changed.ids, index)
  return { last: changed.last, count: index.size, index }
}

/**
 * What is known of all photos of an album. It is read once for a session; afterwards the album's own events tell what to
 * read again.
 */
export const photoIndexOf = async (session: Session, album: string): Promise<Map<string, IndexedPhoto>> => {
  const albums = known.get(session) ?? new Map<string, Promise<Known>>()
  known.set(session, albums)
  const before = albums.get(album)
  const next = (before ?? Promise.reject(new Error('not read yet'))).then(
    (there) => renew(session, album, there),
    () => readAll(session, album),
  )
  albums.set(album, next)
  next.catch(() => albums.delete(album))
  return (await next).index
}
