import { readableAlbums, searchedAlbums } from '../albums/visible-albums.ts'
import { seenInCollection } from '../collections/collection-order.ts'
import type { Session } from '../gallery/session.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import type { View } from './looked-for.ts'
import { filterOfView, isOpen } from './photo-filter.ts'
import { albumIndexesOf, type AlbumIndex } from './photo-index.ts'

/** What a view shows of one album. */
export interface AlbumInView {
  index: AlbumIndex
  /** In no order; null: all that the album has. */
  shown: IndexedPhoto[] | null
}

/** What a collection has of one album; all of it where the view is none of a collection. */
const seenOf = ({ photos }: AlbumIndex, seen: readonly { id: string }[] | undefined) =>
  seen ? seen.flatMap(({ id }) => photos.get(id) ?? []) : [...photos.values()]

/** The albums that a view other than the trash is looked for in. A smart album finds nothing where its reader may read nothing. */
export const albumsOfView = async (session: Session, { album, saved }: View): Promise<string[]> => {
  if (saved) return searchedAlbums(session, album)
  return album === null ? readableAlbums(session) : [album]
}

/**
 * The photos of a view other than the trash, as they are in memory.
 *
 * @throws FORBIDDEN where the caller may not read the album or the collection of the view
 */
export const photosOfView = async (session: Session, view: View): Promise<AlbumInView[]> => {
  const readable = await albumsOfView(session, view)
  const collected = view.collection !== undefined
  const seen = Map.groupBy(
    collected ? await seenInCollection(session, view, readable) : [],
    ({ album }) => album,
  )
  const albums = collected ? [...seen.keys()] : readable
  const isWhole = !collected && isOpen(view.filter) && isOpen(view.saved)
  const testsIn = filterOfView(view)
  return (await albumIndexesOf(session, albums)).map((index, i) => {
    if (isWhole) return { index, shown: null }
    const tests = testsIn(index)
    if (!tests) return { index, shown: [] }
    const own = seenOf(index, seen.get(albums[i] ?? ''))
    return { index, shown: own.filter((photo) => tests.every((test) => test(photo))) }
  })
}
