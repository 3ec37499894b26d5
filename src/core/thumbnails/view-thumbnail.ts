import { hasCode } from '../../shared/errors.ts'
import { readHashes } from '../redis/claims.ts'
import { readShared, watchedKeysOf } from '../photos/shared-reader.ts'
import { onRedis } from '../redis/errors.ts'
import { isStranger, type Session } from '../gallery/session.ts'
import type { KeptThumbs } from './kept-thumbnails.ts'
import { readThumb } from './read-thumbnail.ts'

/** The photo that a thumbnail is asked for. */
export interface AskedPhoto {
  album: string
  photo: string
}

const fields = { thumb: 64, trashed: 32 }

/** Whether a photo that the caller may read shows a thumbnail. Redis itself refuses its record to all others. */
const shows = async ({ redis, keys }: Session, { album, photo }: AskedPhoto, name: string) => {
  try {
    const [row] = await readHashes(redis, [keys.photo(album, photo)], fields)
    const [thumb, trashed] = row ?? []
    return thumb === name && !trashed
  } catch (error) {
    if (hasCode(error, 'FORBIDDEN')) return false
    throw error
  }
}

/**
 * The same of a thumbnail that is kept already, by one command for it and its photo; null where that does not tell. What the
 * photo's record says is known for all sessions, until Redis tells that it was changed.
 */
const showsKept = async (session: Session, asked: AskedPhoto, name: string): Promise<boolean | null> => {
  const watched = watchedKeysOf(session)
  if (!watched) return null
  const { redis, keys } = session
  const record = keys.photo(asked.album, asked.photo)
  try {
    const [isSettled, there] = await Promise.all([
      watched.settle(),
      onRedis(() => redis.exists(keys.thumb(name), record)),
    ])
    if (!isSettled || there < 2) return null
  } catch (error) {
    if (hasCode(error, 'FORBIDDEN')) return false
    throw error
  }
  const [row] = await watched.read('thumbnail', [record], (missing) =>
    readShared(session, (reader) => readHashes(reader.redis, missing, fields)),
  )
  return row?.[0] === name && !row[1]
}

/** Of what is kept already Redis is asked no more than whether the caller may have it, and whether it is there. */
const bytesOf = async (session: Session, kept: KeptThumbs, name: string): Promise<Buffer | null> => {
  const { redis, keys } = session
  const known = kept.get(name)
  if (known) return (await onRedis(() => redis.exists(keys.thumb(name)))) > 0 ? known : null
  try {
    const bytes = await readThumb(session, name)
    kept.keep(name, bytes)
    return bytes
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND')) return null
    throw error
  }
}

/**
 * The bytes of a thumbnail; `hidden` where the caller may not see it, null where it is gone. One round trip to Redis, on the
 * caller's own connection; of what is kept, one command.
 *
 * Redis gives a thumbnail to every client that knows its name, which only readers of its photo can. Those who are not logged
 * in get it over HTTP only for a photo which shows it, and which they may read at this moment.
 */
export const viewThumb = async (
  session: Session,
  kept: KeptThumbs,
  name: string,
  asked: AskedPhoto | null,
): Promise<Buffer | 'hidden' | null> => {
  const stranger = isStranger(session)
  if (stranger && !asked) return 'hidden'
  const known = stranger ? kept.get(name) : undefined
  const shownKept = known && asked ? await showsKept(session, asked, name) : null
  if (known && shownKept !== null) return shownKept ? known : 'hidden'
  const [bytes, shown] = await Promise.all([
    bytesOf(session, kept, name),
    !stranger || (asked !== null && shows(session, asked, name)),
  ])
  return shown ? bytes : 'hidden'
}
