import { chunksOf } from '../../shared/domain/chunks.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import { readEnds } from '../redis/claims.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import { readShared, watchedKeysOf } from '../photos/shared-reader.ts'
import type { Session } from '../gallery/session.ts'

/*
 * What is read of many albums at once is kept for all sessions of a process, until Redis tells that a key was changed. Whether a
 * caller may read the albums is judged by Redis alone, on the caller's own connection, and asked again when the caller's
 * rights change.
 */

/** Fewer albums than this are read by the caller itself. */
const manyAlbums = 20
/** How long Redis's judgement counts where nothing tells of a change, as of rules that were set by hand, in milliseconds. */
const shownMs = 60_000
/** Keys of one command, so that Redis answers others in between. */
const keysPerCommand = 500
/** Of an account that may read as many, Redis takes longer to judge a record than to read it. */
const manyShown = 100

interface Shown {
  /** Where the stream ended that tells of the account's rights: each change of them is told in it, in the same transaction. */
  end: string
  until: number
  albums: Set<string>
}

const shown = new WeakMap<Connection, Shown>()

const existing = async ({ redis, keys }: Session, albums: string[]) => {
  for (const part of chunksOf(albums, keysPerCommand))
    await redis.exists(...part.map((album) => keys.albumEvents(album)))
}

const proveEach = async (session: Session, albums: string[]) => {
  const { redis, keys, account, guest } = session
  const [end] = await readEnds(redis, [keys.accountEvents(guest ? guestName : account)])
  const now = performance.now()
  const before = shown.get(redis)
  const holds = before !== undefined && before.end === end && now < before.until
  const proven = holds ? before : { end: end ?? '', until: now + shownMs, albums: new Set<string>() }
  const missing = albums.filter((album) => !proven.albums.has(album))
  await existing(session, missing)
  for (const album of missing) proven.albums.add(album)
  if (proven.end !== '') shown.set(redis, proven)
}

/** Has Redis judge whether a caller may read albums. FORBIDDEN where it may not. */
const proveRights = (session: Session, albums: string[]): Promise<unknown> =>
  onRedis<unknown>(() => {
    const { redis, keys, identity } = session
    // Who may read what the keys of all albums begin with may read them all.
    if (identity.administrator || identity.service) return redis.exists(keys.albumKeys(''))
    return proveEach(session, albums)
  })

/**
 * Reads records of some albums. For an account with rights on many albums, of which Redis tries all key patterns at each record, the
 * server's own session reads them; then Redis judges on the caller's own connection, once for each album, before anything is given.
 *
 * @throws FORBIDDEN where the caller may not read one of the albums
 */
export const readRecordsOf = async <T>(
  session: Session,
  albums: Iterable<string>,
  read: (reader: Session) => Promise<T>,
): Promise<T> => {
  if ((shown.get(session.redis)?.albums.size ?? 0) < manyShown) return read(session)
  const found = await readShared(session, read)
  await onRedis(() => existing(session, [...new Set(albums)]))
  return found
}

/**
 * Reads something of many albums, which the caller may read: by a call of each caller, or once for all of them.
 *
 * @param kind names what is read
 * @param albums the albums, and `keys` those of their keys that are read, any number of each
 * @param read reads keys, in their order
 * @throws FORBIDDEN where the caller may not read one of the albums
 */
export const readOfAlbums = async <T extends string | number | object | null>(
  session: Session,
  kind: string,
  { albums, keys }: { albums: string[]; keys: string[] },
  read: (redis: Connection, keys: string[]) => Promise<T[]>,
): Promise<T[]> => {
  const watched = albums.length < manyAlbums ? null : watchedKeysOf(session)
  if (!watched) return read(session.redis, keys)
  const [isSettled] = await Promise.all([watched.settle(), proveRights(session, albums)])
  if (!isSettled) return read(session.redis, keys)
  return watched.read(kind, keys, (missing) => readShared(session, (reader) => read(reader.redis, missing)))
}
