import type { Notice } from '../../shared/schemas/notice.ts'
import { recentComments } from '../comments/recent-comments.ts'
import type { Session } from '../gallery/session.ts'
import { listSelections } from '../selections/client-selections.ts'
import { readFacts } from '../selections/selection-record.ts'
import { freshAlbums } from './fresh-albums.ts'
import type { Span } from './sums.ts'

const commentNotices = async (session: Session, albums: string[], span: Span): Promise<Notice[]> => {
  const recent = await recentComments(session, albums, span)
  const groups = Map.groupBy(recent, ({ album, at }) => `${album} ${at > span.read}`)
  return [...groups.values()].flatMap((own): Notice[] => {
    const last = own.reduce((one, other) => (other.at > one.at ? other : one))
    const photos = new Set(own.map(({ photo }) => photo))
    return [
      {
        ...{ kind: 'comments', album: last.album, photo: photos.size === 1 ? last.photo : null },
        ...{ name: last.name, count: own.length, at: new Date(last.at).toISOString() },
      },
    ]
  })
}

const selectionNotices = async (
  session: Session,
  albums: string[],
  { from, now }: Span,
): Promise<Notice[]> => {
  const facts = await readFacts(session, albums)
  const found: Notice[] = []
  for (const album of albums.filter((_, i) => facts[i]?.length))
    for (const { link, name, label, done, picks } of await listSelections(session, album))
      if (done !== null && Date.parse(done) > from && Date.parse(done) <= now)
        found.push({
          kind: 'selection',
          album,
          share: link,
          name: name || label,
          count: picks.length,
          at: done,
        })
  return found
}

/** What others said, and clients who are done with choosing. */
export const talkNotices = async (session: Session, span: Span): Promise<Notice[]> => {
  const albums = await freshAlbums(session, 'talk-end', span)
  if (albums.length === 0) return []
  return [
    ...(await commentNotices(session, albums, span)),
    ...(await selectionNotices(session, albums, span)),
  ]
}
