import { switchesOf } from '../../core/access/visitors.ts'
import { listAlbums } from '../../core/albums/albums.ts'
import type { Session } from '../../core/gallery/session.ts'
import { pageOfPhotos } from '../../core/photos/photos.ts'
import type { VisitorSwitches } from '../../shared/domain/visitor-switches.ts'

/** What an album is told by, to whoever may see it. */
export interface AlbumFacts {
  id: string
  title: string
  description: string
  photos: number
  /** The photo that stands for it; null where it has none. */
  cover: string | null
  shows: VisitorSwitches
}

/** The last part of a title: the parts above it tell of other albums. */
const ownTitle = (title: string): string => title.split('/').at(-1) ?? title

/** What a visitor's session is told of an album, or of the only one that it sees; null where it may not see it. */
export const albumFacts = async (session: Session, id: string | null): Promise<AlbumFacts | null> => {
  const albums = await listAlbums(session)
  const album = albums.find((one) => id === null || one.id === id)
  if (!album) return null
  const view = { album: album.id, sort: 'taken' as const, descending: false }
  const first = album.cover ?? (await pageOfPhotos(session, view, 0, 1)).photos[0]?.id ?? null
  const { photos, description } = album
  const shows = await switchesOf(session, album.id)
  return { id: album.id, title: ownTitle(album.title), description, photos, cover: first, shows }
}
