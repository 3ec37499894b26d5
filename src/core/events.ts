import { setTimeout as wait } from 'node:timers/promises'
import { PhotoHappening, type GalleryEvent } from '../shared/schemas.ts'
import { guestName } from './redis/acl.ts'
import { onRedis } from './redis/errors.ts'
import { duplicate, type Connection } from './redis/connect.ts'
import type { Session } from './session.ts'

type Fields = string[]
type StreamReply = [key: string, entries: [id: string, fields: Fields][]][]

/** How long one blocking read waits before it looks whether anybody still listens, in milliseconds. */
const patience = 15_000

/** The ids of the albums that the session may read. Redis refuses the rest, whatever this says. */
export const readableAlbums = async ({ redis, keys, account, administrator }: Session): Promise<string[]> =>
  onRedis(async () => {
    if (administrator) return redis.smembers(keys.albums)
    const [shown, granted] = await Promise.all([
      redis.smembers(keys.public),
      account === guestName ? [] : redis.hgetall(keys.grants(account)),
    ])
    return [...new Set([...shown, ...Object.keys(granted)])]
  })

/** The ids of the albums that the session may modify. */
export const modifiableAlbums = async (session: Session): Promise<string[]> =>
  onRedis(async () => {
    const { redis, keys, account, administrator, guest } = session
    if (administrator) return redis.smembers(keys.albums)
    if (guest) return []
    return Object.entries(await redis.hgetall(keys.grants(account))).flatMap(([album, right]) =>
      right === 'modify' ? [album] : [],
    )
  })

/** The ids of the albums in the trash: for administrators, as nobody else has a right on them. */
export const deletedAlbums = async ({ redis, keys, administrator }: Session): Promise<string[]> =>
  administrator ? onRedis(() => redis.zrange(keys.deletedAlbums, 0, '-1')) : []

const field = (fields: Fields, name: string) => {
  for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return fields[i + 1] ?? ''
  return ''
}

const photoChanges = new Set<string>(PhotoHappening.options)

const toEvent = (album: string | null, fields: Fields): GalleryEvent => {
  const what = field(fields, 'what')
  const by = field(fields, 'by')
  if (album === null || !photoChanges.has(what))
    return { kind: 'albums', album: album ?? field(fields, 'album'), by }
  const photos = field(fields, 'photos').split(',').filter(Boolean)
  return { kind: 'photos', album, what: what as PhotoHappening, photos, by }
}

/** The streams that a session may follow: key -> album, or null for the stream of the gallery. */
const streamsOf = async (session: Session) => {
  const streams = new Map<string, string | null>()
  if (session.administrator) streams.set(session.keys.events, null)
  for (const album of await readableAlbums(session)) streams.set(session.keys.albumEvents(album), album)
  return streams
}

/** Where each stream ends now. Reading from `$` instead would lose what comes between two reads. */
const ends = async (redis: Connection, streams: Iterable<string>) => {
  const keys = [...streams]
  const last = await Promise.all(keys.map((key) => redis.xrevrange(key, '+', '-', 'COUNT', 1)))
  return new Map(keys.map((key, i) => [key, last[i]?.[0]?.[0] ?? '0-0']))
}

const read = async (
  redis: Connection,
  positions: Map<string, string>,
  signal?: AbortSignal,
): Promise<StreamReply> => {
  const keys = [...positions.keys()]
  if (keys.length === 0) return wait(patience, [], { ...(signal ? { signal } : {}) })
  const command = ['COUNT', 500, 'BLOCK', patience, 'STREAMS', ...keys, ...positions.values()]
  const reply = (await redis.call('XREAD', ...command)) as StreamReply | (string | StreamReply[0][1])[] | null
  // Under RESP3 the reply is a map, which ioredis flattens to [key, entries, key, entries, …].
  if (!reply || Array.isArray(reply[0])) return (reply as StreamReply | null) ?? []
  const flat = reply as (string | StreamReply[0][1])[]
  return keys.flatMap((key) => {
    const at = flat.indexOf(key)
    return at < 0 ? [] : [[key, flat[at + 1]] as StreamReply[0]]
  })
}

/**
 * Follows what changes in the albums that the session may read, on a connection of its own, until the signal is
 * aborted. The first event is `resync`; so is the one after a time without Redis, and after albums came or went.
 * Throws UNAVAILABLE while Redis is away: follow again.
 */
export async function* followEvents(
  session: Session,
  signal: AbortSignal | undefined,
): AsyncGenerator<GalleryEvent> {
  const redis = duplicate(session.redis)
  const stop = () => redis.disconnect()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    let streams = await streamsOf(session)
    let positions = await onRedis(() => ends(session.redis, streams.keys()))
    yield { kind: 'resync' }
    while (!signal?.aborted) {
      const news = await onRedis(() => read(redis, positions, signal))
      // Only administrators are told of albums: others look again whenever nothing else happens.
      let albumsChanged = news.length === 0 && !session.administrator
      for (const [key, entries] of news) {
        for (const [id, fields] of entries) {
          positions.set(key, id)
          const event = toEvent(streams.get(key) ?? null, fields)
          albumsChanged ||= event.kind === 'albums'
          yield event
        }
      }
      if (!albumsChanged) continue
      const next = await streamsOf(session)
      const same = next.size === streams.size && [...next.keys()].every((key) => streams.has(key))
      if (same) continue
      // An album that is new to this session may have photos by now: read its stream from the beginning.
      positions = new Map([...next.keys()].map((key) => [key, positions.get(key) ?? '0-0']))
      streams = next
      if (!session.administrator) yield { kind: 'resync' }
    }
  } catch (error) {
    if (!signal?.aborted) throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    redis.disconnect()
  }
}
