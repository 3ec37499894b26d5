import { chunksOf } from '../../shared/domain/chunks.ts'
import { hasCode } from '../../shared/errors.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { readFound, shownTo } from './found-comments.ts'
import { saidIndexesOf, toSaid, type Said } from './said-index.ts'

/** Albums of which it is asked in one call whether the caller may read what was said. */
const albumsPerCall = 500

interface Shown {
  album: string
  one: Said
  hidden: boolean
}

/** Visitors of a link read what was said by it; nothing where they may say nothing. */
const saidByLink = async (session: Session, album: string): Promise<Said[]> => {
  try {
    const found = await onRedis(() => readFound(session, album, { writers: [session.account], photo: '*' }))
    return found.map(toSaid)
  } catch (error) {
    if (hasCode(error, 'FORBIDDEN')) return []
    throw error
  }
}

/** Guests and tokens reach no comment. */
const saidTo = (session: Session, albums: string[]): Promise<Said[][]> => {
  if (session.identity.share) return Promise.all(albums.map((album) => saidByLink(session, album)))
  if (session.guest || session.identity.tokenOf !== null) return Promise.resolve([])
  return saidIndexesOf(session, albums)
}

/**
 * The comments of some albums that are wanted, of those that the caller may be shown. What was said is read once for all callers: the
 * caller's own connection then has Redis judge whether it may read it.
 */
export const shownComments = async (
  session: Session,
  albums: string[],
  isWanted: (said: Said) => boolean,
): Promise<Shown[]> => {
  const found = (await saidTo(session, albums)).flatMap((all, i) => {
    const said = all.filter(isWanted)
    return said.length > 0 ? [{ album: albums[i] ?? '', said }] : []
  })
  const { redis, keys, identity } = session
  for (const part of identity.share ? [] : chunksOf(found, albumsPerCall))
    await redis.exists(...part.map(({ album }) => keys.talkEvents(album)))
  const shown: Shown[] = []
  for (const { album, said } of found)
    for (const { one, hidden } of await shownTo(session, album, said)) shown.push({ album, one, hidden })
  return shown
}
