import type { Session } from '../gallery/session.ts'
import { readWriters } from './commenters.ts'
import { nameOf, photoOf, writtenAt } from './found-comments.ts'
import { shownComments } from './shown-comments.ts'

interface Recent {
  album: string
  /** Null: of the album itself. */
  photo: string | null
  /** Who said it, for people. */
  name: string
  /** Milliseconds since 1970. */
  at: number
}

/** What others have said in some albums between two moments, in milliseconds since 1970, of what the caller may be shown and is not hidden. */
export const recentComments = async (
  session: Session,
  albums: string[],
  { from, now }: { from: number; now: number },
): Promise<Recent[]> => {
  const atOf = (one: { parts: string[] }) => Math.floor(writtenAt(one) / 1000)
  const isRecent = (one: { writer: string; parts: string[] }) =>
    one.writer !== session.account && atOf(one) > from && atOf(one) <= now
  const found = (await shownComments(session, albums, isRecent)).filter(({ hidden }) => !hidden)
  const writers = new Map<string, Map<string, string>>()
  for (const album of new Set(found.map((one) => one.album)))
    writers.set(album, await readWriters(session, album))
  return found.map(({ album, one }) => {
    const name = nameOf(one, writers.get(album)?.get(one.writer) ?? one.writer)
    return { album, photo: photoOf(one), name, at: atOf(one) }
  })
}
