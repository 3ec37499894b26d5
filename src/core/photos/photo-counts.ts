import { readableAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import { photoIndexesOf } from './photo-index.ts'

type Photos = ReadonlyMap<string, IndexedPhoto>

/** Makes something of an album's photos, and keeps it as long as these are what they were. */
export const keptOf = <T>(make: (photos: Photos) => T): ((photos: Photos) => T) => {
  const known = new WeakMap<Photos, { made: T }>()
  return (photos) => {
    const there = known.get(photos) ?? { made: make(photos) }
    known.set(photos, there)
    return there.made
  }
}

/**
 * How many photos have each value, of an album or of all that the session may read. Of albums whose photos have changed since the
 * last time, these alone are counted again.
 *
 * @param valueOf the value of a photo; '' for one that has none
 */
export const counting = (valueOf: (photo: IndexedPhoto) => string) => {
  const countsOf = keptOf((photos) => {
    const counts = new Map<string, number>()
    for (const photo of photos.values()) {
      const value = valueOf(photo)
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return counts
  })
  return async (session: Session, album: string | null): Promise<Map<string, number>> => {
    const all = new Map<string, number>()
    const albums = album === null ? await readableAlbums(session) : [album]
    for (const photos of await photoIndexesOf(session, albums))
      for (const [value, count] of countsOf(photos)) all.set(value, (all.get(value) ?? 0) + count)
    return all
  }
}
