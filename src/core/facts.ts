import type { Place } from './order.ts'
import { results } from './redis/errors.ts'
import type { Session } from './session.ts'

/** What photos are filtered and sorted by. */
export interface Fact extends Place {
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
  /** Everything that a search for words looks at, plain (see `plain`). */
  text: string
}

/** Photos read in one pipeline, so that Redis answers others in between. */
const chunk = 1000
/** More events than this since the last look, and an album is read anew. */
const mostEvents = 500

/** No more than these, as they are read of a hundred thousand photos. */
const fields = [
  'name',
  'title',
  'caption',
  'taken',
  'dated',
  'added',
  'missing',
  'rating',
  'flag',
  'label',
  'rank',
  'camera',
  'tags',
] as const

/** A text as searches compare it: without case and accents. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const asNumber = (text: string | null | undefined) => {
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

type Row = readonly (string | null | undefined)[]

/** What the fields of a record say, in their order. Checked by hand: schemas would take longer than Redis does. */
const toFact = (album: string, id: string, time: number, row: Row): Fact => {
  const [name, title, caption, taken, dated, added, missing, rating, flag, label, rank, camera, tagged] = row
  const tags = (tagged ?? '').split('\n').filter(Boolean)
  const words = [title, name, caption, camera, ...tags]
  return {
    id,
    album,
    time,
    day: /^\d{4}-\d\d-\d\d/.exec(dated || taken || '')?.[0] ?? '',
    title: title || name || id,
    added: Date.parse(added ?? '') || 0,
    rating: Math.min(5, Math.max(0, Math.trunc(asNumber(rating) ?? 0))),
    flag: flag || null,
    label: label || null,
    rank: asNumber(rank),
    camera: camera ?? '',
    missing: Boolean(missing),
    tags,
    text: plain(words.filter(Boolean).join('\n')),
  }
}

interface Known {
  /** Id of the last event of the album that is in here. */
  last: string
  count: number
  facts: Map<string, Fact>
}

const known = new WeakMap<Session, Map<string, Promise<Known>>>()

const readSome = async ({ redis, keys }: Session, album: string, ids: string[], facts: Map<string, Fact>) => {
  for (let start = 0; start < ids.length; start += chunk) {
    const part = ids.slice(start, start + chunk)
    const asked = redis.pipeline().zmscore(keys.albumPhotos(album), ...part)
    for (const id of part) asked.hmget(keys.photo(album, id), ...fields)
    const [scores = [], ...rows] = results<(string | null)[]>(await asked.exec())
    part.forEach((id, i) => {
      const row = rows[i] ?? []
      const gone = scores[i] == null || row.every((value) => value === null)
      if (gone) facts.delete(id)
      else facts.set(id, toFact(album, id, Number(scores[i]), row))
    })
  }
}

const readAll = async (session: Session, album: string): Promise<Known> => {
  const { redis, keys } = session
  const last = (await redis.xrevrange(keys.albumEvents(album), '+', '-', 'COUNT', 1))[0]?.[0] ?? ''
  const ids = await redis.zrange(keys.albumPhotos(album), 0, '-1')
  const facts = new Map<string, Fact>()
  await readSome(session, album, ids, facts)
  return { last, count: facts.size, facts }
}

/** The photos that events since the last look tell of; null where they do not tell all. */
const changedSince = async ({ redis, keys }: Session, album: string, last: string) => {
  if (last === '') return null
  const events = await redis.xrange(keys.albumEvents(album), last, '+', 'COUNT', mostEvents)
  if (events[0]?.[0] !== last || events.length === mostEvents) return null
  const ids = new Set<string>()
  for (const [, values] of events.slice(1)) {
    const at = values.findIndex((value, i) => i % 2 === 0 && value === 'photos')
    for (const id of (at < 0 ? '' : (values[at + 1] ?? '')).split(',')) if (id) ids.add(id)
  }
  return { ids: [...ids], last: events.at(-1)?.[0] ?? last }
}

const renew = async (session: Session, album: string, before: Known): Promise<Known> => {
  const changed = await changedSince(session, album, before.last)
  if (!changed) return readAll(session, album)
  if (changed.ids.length === 0) return { ...before, last: changed.last }
  const facts = new Map(before.facts)
  await readSome(session, album, changed.ids, facts)
  return { last: changed.last, count: facts.size, facts }
}

/**
 * What is known of all photos of an album. It is read once for a session; afterwards the album's own events tell what to
 * read again.
 */
export const factsOf = async (session: Session, album: string): Promise<Map<string, Fact>> => {
  const albums = known.get(session) ?? new Map<string, Promise<Known>>()
  known.set(session, albums)
  const before = albums.get(album)
  const next = (before ?? Promise.reject(new Error('not read yet'))).then(
    (there) => renew(session, album, there),
    () => readAll(session, album),
  )
  albums.set(album, next)
  next.catch(() => albums.delete(album))
  return (await next).facts
}
