import { html } from 'hono/html'
import type { Session } from '../../core/gallery/session.ts'
import { listView } from '../../core/photos/photos.ts'
import { previewUrl } from '../../shared/domain/preview-address.ts'
import type { AlbumFacts } from './album-facts.ts'

/** The newest are told of, by when they came into the gallery. */
const maxEntries = 50

/** XML has no way to write these. */
const plain = (text: string) => text.replace(/[^\P{Cc}\t\n\r]/gu, '')

/** The newest photos of a public album, as its guests see them. `root`: the address of the gallery. @see RFC 4287 */
export const albumFeed = async (guest: Session, facts: AlbumFacts, root: string): Promise<string> => {
  const view = { album: facts.id, sort: 'added' as const, descending: true }
  const photos = await listView(guest, view, 0, maxEntries)
  const page = `${root}?album=${facts.id}`
  const entries = photos.map(
    (photo) =>
      html`<entry>
        <id>${page}&amp;photo=${photo.id}</id>
        <title>${plain(photo.title)}</title>
        <updated>${photo.addedAt}</updated>
        <link href="${page}&amp;photo=${photo.id}" />
        <summary>${plain(photo.caption)}</summary>
        <link rel="enclosure" href="${root}${previewUrl({ ...photo, digest: null }, 1280)}" />
      </entry>`,
  )
  const feed = await html`<feed xmlns="http://www.w3.org/2005/Atom">
    <id>${page}</id>
    <title>${plain(facts.title)}</title>
    <subtitle>${plain(facts.description)}</subtitle>
    <updated>${photos[0]?.addedAt ?? new Date(0).toISOString()}</updated>
    <author><name>Cimaise</name></author>
    <link rel="alternate" href="${page}" />
    <link rel="self" href="${root}feed/${facts.id}" />
    ${entries}
  </feed>`
  return `<?xml version="1.0" encoding="utf-8"?>\n${String(feed)}\n`
}
