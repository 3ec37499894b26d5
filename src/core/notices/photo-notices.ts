import { ShareName } from '../../shared/schemas/ids.ts'
import type { Notice } from '../../shared/schemas/notice.ts'
import { arrivals, fieldOf, photosIn, timeOfEntry } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'
import { readEvents } from '../redis/claims.ts'
import { freshAlbums } from './fresh-albums.ts'
import { importNotices } from './import-notices.ts'
import { Sums, type Span } from './sums.ts'

/** Events of one album that are looked at: of a large import the count is not exact. */
const maxEvents = 200

const iso = (at: number) => new Date(at).toISOString()

/** What is counted of one album. Files that somebody sends come in as photos of the library: they are taken from these. */
interface Counted {
  came: Sums
  sent: Sums
  /** By link. */
  byLinks: Sums
}

const count = ({ came, sent, byLinks }: Counted, account: string, id: string, fields: string[]) => {
  const [what, by, at] = [fieldOf(fields, 'what'), fieldOf(fields, 'by'), timeOfEntry(id)]
  if (arrivals.has(what) && by !== account) came.add('', photosIn(fieldOf(fields, 'photos')).length, at)
  if (what !== 'uploaded') return
  const isVisitor = ShareName.safeParse(by).success
  if (isVisitor) byLinks.add(by, 1, at)
  if (isVisitor || by === account) sent.add('', 1, at)
}

/** New photos in albums that others put there, those that visitors of links have sent, and what the caller's own library took in. */
export const photoNotices = async (session: Session, span: Span): Promise<Notice[]> => {
  const { redis, keys, account } = session
  const albums = await freshAlbums(session, 'end', span)
  const range = { from: `${span.from + 1}`, to: `${span.now}`, limit: maxEvents, newestFirst: true }
  const streams = albums.map((album) => keys.albumEvents(album))
  const entries = albums.length > 0 ? await readEvents(redis, streams, range) : []
  const others = albums.flatMap((album, i): Notice[] => {
    const counted = { came: new Sums(span), sent: new Sums(span), byLinks: new Sums(span) }
    for (const [id, fields] of entries[i] ?? []) count(counted, account, id, fields)
    const { came, sent, byLinks } = counted
    return [
      ...came.all().flatMap(({ count: photos, at }): Notice[] => {
        const byOthers = photos - sent.countOf('', at)
        return byOthers > 0 ? [{ kind: 'photos', album, count: byOthers, at: iso(at) }] : []
      }),
      ...byLinks.all().map(({ name, count: files, at }): Notice => ({
        ...{ kind: 'uploads', album, share: name },
        ...{ count: files, at: iso(at) },
      })),
    ]
  })
  const streamsRead = albums.map((album, i) => ({ album, entries: entries[i] ?? [] }))
  return [...others, ...importNotices(account, streamsRead)]
}
