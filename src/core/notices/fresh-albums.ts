import { readOfAlbums } from '../albums/shown-albums.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import { timeOfEntry } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'
import { readEnds } from '../redis/claims.ts'
import type { Span } from './sums.ts'

/** Albums that are looked at: those in which something happened last. */
const maxAlbums = 200

/** The albums that the caller may read and in which something happened since, of photos (`end`) or of what is said (`talk-end`). */
export const freshAlbums = async (session: Session, kind: 'end' | 'talk-end', { from }: Span) => {
  const albums = await readableAlbums(session)
  const keyOf = kind === 'end' ? session.keys.albumEvents : session.keys.talkEvents
  const keys = albums.map((album) => keyOf(album))
  const ends = await readOfAlbums(session, kind, { albums, keys }, readEnds)
  return albums
    .map((album, i) => ({ album, at: timeOfEntry(ends[i] ?? '') }))
    .filter(({ at }) => at > from)
    .sort((a, b) => b.at - a.at)
    .slice(0, maxAlbums)
    .map(({ album }) => album)
}
