import { hasCode } from '../../shared/errors.ts'
import { PhotoEventKind, type GalleryEvent } from '../../shared/schemas/event.ts'
import { controlStreams, readableAlbums } from '../albums/visible-albums.ts'
import { isWrongType, onRedis } from '../redis/errors.ts'
import { readEnds } from '../redis/claims.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import { visibleCollections } from '../collections/visible-collections.ts'
import { Hearing, type Following } from './hearing.ts'
import { albumIn, collectionIn, fieldOf, photosIn, type StreamReply } from './stream-fields.ts'
import { isStranger, refreshIdentity, type Session } from '../gallery/session.ts'

/** A stream that was found to be none, or of which an answer failed, is left alone for so long, in milliseconds. */
const quarantineMs = 60_000

const photoChanges = new Set<string>(PhotoEventKind.options)
/** What may happen to an album itself; what else stands in a stream was written by hand, and tells nothing. */
const albumChanges = new Set([
  ...['created', 'renamed', 'described', 'deleted', 'album-restored', 'published', 'hidden', 'repaired'],
])

/** What may happen to a collection, and what a window has to know of it. */
const collectionChanges = new Map<string, 'listed' | 'photos'>([
  ['collection-created', 'listed'],
  ['collection-renamed', 'listed'],
  ['collection-deleted', 'listed'],
  ['collection-restored', 'listed'],
  ['collection-described', 'listed'],
  ['published', 'listed'],
  ['hidden', 'listed'],
  ['collected', 'photos'],
  ['uncollected', 'photos'],
  ['arranged', 'photos'],
])

/** `collection`: that of the stream; '' for a stream that tells of all of a registry. */
const toCollectionEvent = (collection: string, fields: string[]): GalleryEvent | null => {
  const what = collectionChanges.get(fieldOf(fields, 'what'))
  const id = collection || collectionIn(fieldOf(fields, 'collection'))
  return what && id ? { kind: 'collections', collection: id, what } : null
}

const toEvent = (
  album: string,
  collection: string,
  fields: string[],
  isTalk: boolean,
): GalleryEvent | null => {
  if (isTalk) return { kind: 'comments', album, photo: photosIn(fieldOf(fields, 'photo'))[0] ?? '' }
  const what = fieldOf(fields, 'what')
  if (collection !== '' || (album === '' && fieldOf(fields, 'collection') !== ''))
    return toCollectionEvent(collection, fields)
  if (albumChanges.has(what)) return { kind: 'albums', album: album || albumIn(fieldOf(fields, 'album')) }
  if (!photoChanges.has(what) || album === '') return null
  return { kind: 'photos', album, what: what as PhotoEventKind, photos: photosIn(fieldOf(fields, 'photos')) }
}

/**
 * What a session may follow now. Streams that it followed before go on where they were; of albums that are new to it the
 * whole stream is read. The streams that tell of albums are looked at before the albums: one that comes in between would be
 * missed otherwise.
 */
const following = async (session: Session, before: Following | null): Promise<Following> => {
  const control = await controlStreams(session)
  const albums = new Map(control.map((key) => [key, '']))
  const positions = new Map(before?.positions)
  const quarantine = new Map([...(before?.quarantine ?? [])].filter(([, until]) => until > Date.now()))
  // Where a stream ends now is where it is read from: `$` would lose what comes between two reads.
  const begin = (keys: string[], ends: (string | null)[], atEnd: boolean) => {
    for (const [i, key] of keys.entries()) {
      const end = ends[i] ?? null
      if (end === null) quarantine.set(key, Date.now() + quarantineMs)
      else if (!positions.has(key)) positions.set(key, atEnd && end !== '' ? end : '0-0')
    }
  }
  /** Streams that tell of albums, or of none. */
  const add = (keys: string[], ends: (string | null)[], of: string[] = []) => {
    for (const [i, key] of keys.entries()) albums.set(key, of[i] ?? '')
    begin(keys, ends, before === null)
  }
  begin(control, await readEnds(session.redis, control), true)
  const readable = await readableAlbums(session)
  const own = readable.map((album) => session.keys.albumEvents(album))
  add(own, await readOfAlbums(session, 'end', { albums: readable, keys: own }, readEnds), readable)
  const talk = await talkStreams(session, readable)
  add(talk.keys, talk.ends, readable)
  const found = (await visibleCollections(session)).map(({ id }) => id)
  const collections = new Map(found.map((id) => [session.keys.collectionEvents(id), id]))
  const theirs = [...collections.keys()]
  add(theirs, await readEnds(session.redis, theirs))
  for (const key of quarantine.keys()) positions.delete(key)
  for (const key of positions.keys()) if (!albums.has(key)) positions.delete(key)
  return { albums, collections, positions, quarantine }
}

/** The streams that tell of comments, for accounts: guests and links see none. */
const talkStreams = async (session: Session, readable: string[]) => {
  if (isStranger(session)) return { keys: [], ends: [] }
  const keys = readable.map((album) => session.keys.talkEvents(album))
  return { keys, ends: await readOfAlbums(session, 'talk-end', { albums: readable, keys }, readEnds) }
}

const sameStreams = (a: Following, b: Following) =>
  a.albums.size === b.albums.size && [...a.albums.keys()].every((key) => b.albums.has(key))

const isRefused = (error: unknown) => hasCode(error, 'FORBIDDEN')

/**
 * Rejects once a signal is aborted: a command that waits on a connection that was lost is left hanging when that is closed
 * before it has come back (seen in ioredis 6.0.0).
 */
const whenAborted = (signal: AbortSignal): Promise<never> => {
  const aborted = new Promise<never>((_resolve, reject) => {
    const end = () => reject(new Error('aborted'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  aborted.catch(() => undefined) // nothing may be waiting for it just then
  return aborted
}

/** What has come since; null where the session has lost a stream meanwhile, and has to look which ones it has. */
const news = async (
  session: Session,
  hearing: Hearing,
  now: Following,
  signal: AbortSignal,
  aborted: Promise<never>,
) => {
  try {
    return await onRedis(() => Promise.race([hearing.next(now), aborted]))
  } catch (error) {
    if (isWrongType(error)) return null // a stream became something else while it was waited for
    if (!isRefused(error) || signal.aborted) throw error
    await onRedis(() => refreshIdentity(session))
    if (sameStreams(await following(session, now), now)) throw error
    return null
  }
}

/** Notes how far the session has read. Whether albums came or went for it stands in `changed`. */
function* tell(
  heard: StreamReply,
  now: Following,
  { own, talk }: { own: string; talk: string },
): Generator<GalleryEvent, boolean> {
  let changed = false
  for (const [key, entries] of heard)
    for (const [id, fields] of entries) {
      now.positions.set(key, id)
      const [album, collection] = [now.albums.get(key) ?? '', now.collections.get(key) ?? '']
      const event = key === own ? null : toEvent(album, collection, fields, key.startsWith(talk))
      changed ||= key === own || event?.kind === 'albums'
      changed ||= event?.kind === 'collections' && event.what === 'listed'
      if (event) yield event
    }
  return changed
}

/**
 * Follows what changes in the albums that the session may read, on a connection of its own, until the signal is
 * aborted. The first event is `resync`; so is the one after a time without Redis, and whenever the session's rights or its
 * role have changed, which it hears of at once.
 * Ends with the session. Throws UNAVAILABLE while Redis is away: follow again.
 */
export async function* followEvents(
  session: Session,
  asked: AbortSignal | undefined,
): AsyncGenerator<GalleryEvent> {
  if (asked?.aborted || session.ended.aborted) return // nobody would take what comes, nor end this
  const signal = asked ? AbortSignal.any([asked, session.ended]) : session.ended
  const hearing = new Hearing(session)
  const stop = () => hearing.close()
  const aborted = whenAborted(signal)
  signal.addEventListener('abort', stop, { once: true })
  const own = session.keys.accountEvents(session.account)
  try {
    let now = await following(session, null)
    yield { kind: 'resync' }
    while (!signal.aborted) {
      const heard = await news(session, hearing, now, signal, aborted)
      const changed = heard === null || (yield* tell(heard, now, { own, talk: session.keys.talk }))
      if (!changed) continue
      await onRedis(() => refreshIdentity(session))
      const next = await following(session, now)
      const same = sameStreams(next, now)
      now = next
      if (!same || heard?.some(([key]) => key === own)) yield { kind: 'resync' }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', stop)
    hearing.close()
  }
}
