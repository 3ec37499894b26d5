import type { ActivityEntry } from '../../shared/schemas/event.ts'
import { AccountName } from '../../shared/schemas/ids.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import { registryStreams, readableAlbums } from '../albums/visible-albums.ts'
import { visibleCollections } from '../collections/visible-collections.ts'
import { line, lines } from '../photos/field-values.ts'
import { locatePhotos } from '../photos/locate.ts'
import { readEnds, readEvents, readHashes } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import {
  albumIn,
  collectionIn,
  fieldOf,
  maxClockSkewMs,
  photosIn,
  timeOfEntry,
  type StreamEntry,
} from './stream-fields.ts'
import type { Session } from '../gallery/session.ts'
import { proveEvents, type RecordedEvent } from './prove-events.ts'

/**
 * Events without an operation of a user, as of an import, are one line while they follow within this time, in milliseconds.
 */
const maxGapMs = 10 * 60_000
/** Bytes of what an account is called: 100 characters of four. */
const maxNameBytes = 400
/** Events that are no activities of their own: their photos are told of by `added`. */
const untold = new Set(['completed', 'uploaded'])
/** Streams that one act may touch besides those of the events that are told. */
const maxFurtherStreams = 100

const toEvent = (stream: string, [id, fields]: StreamEntry, album: string | null): RecordedEvent => ({
  id,
  at: timeOfEntry(id),
  album: album ?? (albumIn(fieldOf(fields, 'album')) || collectionIn(fieldOf(fields, 'collection'))),
  stream,
  fields,
})

const photosOf = ({ fields, seen }: RecordedEvent) => seen ?? photosIn(fieldOf(fields, 'photos')).length

/** What events of one line have in common: the operation of a user or, without one, what happened to which album by whom. */
const lineOf = ({ fields, album }: RecordedEvent) =>
  fieldOf(fields, 'change') || JSON.stringify([fieldOf(fields, 'what'), fieldOf(fields, 'by'), album])

/** Events, the newest first, as lines: those of one act together, wherever among the others they stand. */
const toLines = (events: RecordedEvent[]): RecordedEvent[][] => {
  const found: RecordedEvent[][] = []
  const open = new Map<string, RecordedEvent[]>()
  for (const event of events) {
    const name = `${lineOf(event)} ${fieldOf(event.fields, 'by')}`
    const before = open.get(name)
    const last = before?.at(-1)
    if (before && last && (fieldOf(event.fields, 'change') || last.at - event.at < maxGapMs))
      before.push(event)
    else {
      const begun = [event]
      found.push(begun)
      open.set(name, begun)
    }
  }
  return found
}

/** The one value that all have; null where they differ or have none. */
const common = (events: RecordedEvent[], name: string) => {
  const values = new Set(events.map(({ fields }) => fieldOf(fields, name)))
  return values.size === 1 ? lines([...values][0] ?? '') || null : null
}

/** The events of a line that tell what it was: of a move that is taken back with its order, the kind that came last. */
const shownOf = (events: RecordedEvent[]) => {
  const sides = (what: string) => events.filter(({ fields }) => fieldOf(fields, 'what') === what)
  const arrived = sides('arrived')
  return arrived.length > 0 ? arrived : sides(fieldOf(events[0]?.fields ?? [], 'what'))
}

const toActivityEntry = (
  events: RecordedEvent[],
  proven: Set<RecordedEvent>,
): Omit<ActivityEntry, 'byName'> => {
  const shown = shownOf(events)
  const [first] = shown
  const left = events.filter(({ fields }) => fieldOf(fields, 'what') === 'left')
  const sources = new Set(left.map(({ album }) => album))
  const moved = fieldOf(first?.fields ?? [], 'what') === 'arrived'
  return {
    id: first?.id ?? '',
    at: new Date(first?.at ?? 0).toISOString(),
    by: line(fieldOf(first?.fields ?? [], 'by')).slice(0, 64),
    proven: shown.every((event) => proven.has(event)),
    what: line(fieldOf(first?.fields ?? [], 'what')).slice(0, 64),
    album: first?.album ?? '',
    fromAlbum: moved && sources.size === 1 ? ([...sources][0] ?? null) : null,
    photos: shown.reduce((sum, event) => sum + photosOf(event), 0),
    field: common(shown, 'field'),
    from: common(shown, 'from'),
    to: common(shown, 'to'),
  }
}

/**
 * Of what was done to the photos of collections, only what was done to photos that the caller may see, as a collection tells
 * nothing of any other: not even how many there are.
 */
const ofSeenPhotos = async (
  session: Session,
  events: RecordedEvent[],
  collections: ReadonlySet<string>,
): Promise<RecordedEvent[]> => {
  const idsOf = ({ fields }: RecordedEvent) => photosIn(fieldOf(fields, 'photos'))
  const isTheirs = (event: RecordedEvent) => collections.has(event.stream) && fieldOf(event.fields, 'photos')
  const asked = new Set(events.filter(isTheirs).flatMap(idsOf))
  if (asked.size === 0) return events
  const located = new Set((await locatePhotos(session, [...asked])).map(({ photo }) => photo))
  return events.flatMap((event) => {
    if (!isTheirs(event)) return [event]
    const seen = idsOf(event).filter((id) => located.has(id)).length
    return seen > 0 ? [{ ...event, seen }] : []
  })
}

/** The streams that can hold any of the last `limit` events: those that end last. Damaged ones are left out. */
const lastStreams = async (
  session: Session,
  { albums, others }: { albums: string[]; others: string[] },
  { limit, latest }: { limit: number; latest: number },
) => {
  const own = albums.map((album) => session.keys.albumEvents(album))
  const found = await Promise.all([
    readOfAlbums(session, 'end', { albums, keys: own }, readEnds),
    readEnds(session.redis, others),
  ])
  const ends = found.flat()
  const streams = [...own, ...others]
  return streams
    .map((stream, i) => ({ stream, end: ends[i] ?? '' }))
    .filter(({ end }) => end !== '')
    .map(({ stream, end }) => ({ stream, at: Math.min(timeOfEntry(end), latest) }))
    .sort((a, b) => b.at - a.at)
    .slice(0, limit + maxFurtherStreams)
    .map(({ stream }) => stream)
}

/** What accounts are called; for administrators, as no other account may read those of others. */
const displayNames = async ({ redis, keys, identity }: Session, names: string[]) => {
  const accounts = [...new Set(names)].filter((name) => AccountName.safeParse(name).success)
  if (!identity.administrator) return new Map<string, string>()
  const records = await readHashes(
    redis,
    accounts.map((name) => keys.account(name)),
    { displayName: maxNameBytes },
  )
  return new Map(accounts.map((name, i) => [name, line(records[i]?.[0] ?? '') || name]))
}

/** What happened last in an album, or in all that the caller may read, the newest first. */
export const listActivity = (
  session: Session,
  album: string | null,
  limit: number,
): Promise<ActivityEntry[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const latest = Date.now() + maxClockSkewMs
    const [albums, registries, found] = await Promise.all([
      readableAlbums(session),
      registryStreams(session),
      visibleCollections(session),
    ])
    const collectionOf = new Map(found.map(({ id }) => [keys.collectionEvents(id), id]))
    const albumOf = new Map([...albums.map((id) => [keys.albumEvents(id), id] as const), ...collectionOf])
    const others = [...registries, ...collectionOf.keys()]
    const streams = await lastStreams(session, { albums, others }, { limit, latest })
    const answers = await readEvents(redis, streams, { limit, to: String(latest), newestFirst: true })
    const events = streams
      .flatMap((stream, i) =>
        (answers[i] ?? []).map((entry) => toEvent(stream, entry, albumOf.get(stream) ?? null)),
      )
      .filter(({ fields }) => fields.length > 0 && !untold.has(fieldOf(fields, 'what')))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    const about = (one: RecordedEvent[]) => album === null || one.some((event) => event.album === album)
    const told = await ofSeenPhotos(session, events, new Set(collectionOf.keys()))
    const shown = toLines(told).filter(about).slice(0, limit)
    const proven = await proveEvents(session, shown.flatMap(shownOf))
    const entries = shown.map((one) => toActivityEntry(one, proven))
    const names = await displayNames(
      session,
      entries.map(({ by }) => by),
    )
    return entries.map((entry) => ({ ...entry, byName: names.get(entry.by) ?? null }))
  })
