import { readableAlbums, searchedAlbums } from '../albums/visible-albums.ts'
import { seenInCollection } from '../collections/collection-order.ts'
import type { Session } from '../gallery/session.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import type { View } from './looked-for.ts'
import { filterOf, isOpen } from './photo-filter.ts'
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

const albumsOf = async (session: Session, { album, saved }: View): Promise<string[]> => {
  if (saved) return searchedAlbums(session, album)
  return album === null ? readableAlbums(session) : [album]
}

/**
 * The photos of a view other than the trash, as they are in memory.
 *
 * @throws FORBIDDEN where the caller may not read the album or the collection of the view
 */
export const photosOfView = async (session: Session, view: View): Promise<AlbumInView[]> => {
  const readable = await albumsOf(session, view)
  const collected = view.collection !== undefined
  const seen = Map.groupBy(
    collected ? await seenInCollection(session, view, readable) : [],
    ({ album }) => album,
  )
  const albums = collected ? [...seen.keys()] : readable
  const isWhole = !collected && isOpen(view.filter) && isOpen(view.saved)
  const [testsIn, savedIn] = [filterOf(view.filter ?? {}), filterOf(view.saved ?? {})]
  return (await albumIndexesOf(session, albums)).map((index, i) => {
    if (isWhole) return { index, shown: null }
    const [asked, saved] = [testsIn(index), savedIn(index)]
    if (!asked || !saved) return { index, shown: [] }
    const tests = [...asked, ...saved]
    const own = seenOf(index, seen.get(albums[i] ?? ''))
    return { index, shown: own.filter((photo) => tests.every((test) => test(photo))) }
  })
}
