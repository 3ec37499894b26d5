import { hasCode } from '../../shared/errors.ts'
import { readHashes } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
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

/** Of what is kept already Redis is asked for one byte: whether the caller may have it, and whether it is there. */
const bytesOf = async (session: Session, kept: KeptThumbs, name: string): Promise<Buffer | null> => {
  const { redis, keys } = session
  const known = kept.get(name)
  if (known)
    return (await onRedis(() => redis.getrangeBuffer(keys.thumb(name), 0, 0))).length > 0 ? known : null
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
 * caller's own connection.
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
  const stranger = session.guest || session.identity.share
  if (stranger && !asked) return 'hidden'
  const [bytes, shown] = await Promise.all([
    bytesOf(session, kept, name),
    !stranger || (asked !== null && shows(session, asked, name)),
  ])
  return shown ? bytes : 'hidden'
}
