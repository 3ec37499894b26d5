import type { Session } from '../gallery/session.ts'
import { appliedFilter } from '../photos/applied-filter.ts'
import { filterOf } from '../photos/photo-filter.ts'
import { albumIndexesOf } from '../photos/photo-index.ts'
import type { FoundCollection } from './visible-collections.ts'

/** Smart albums that a photo is looked for in. */
const maxLookedThrough = 100

/** The ids of the smart albums, of some collections, whose searches find a photo of an album that the caller may read. */
export const smartHolding = async (
  session: Session,
  { album, photo }: { album: string; photo: string },
  collections: FoundCollection[],
): Promise<string[]> => {
  const asked = collections
    .flatMap(({ id, search }) => (search && [null, album].includes(search.album) ? [{ id, search }] : []))
    .slice(0, maxLookedThrough)
  if (asked.length === 0) return []
  const [index] = await albumIndexesOf(session, [album])
  const found = index?.photos.get(photo)
  if (!index || !found) return []
  const holds = await Promise.all(
    asked.map(async ({ search }) => {
      const tests = filterOf(await appliedFilter(session, search.filter, search.album))(index)
      return tests?.every((test) => test(found)) ?? false
    }),
  )
  return asked.flatMap(({ id }, i) => (holds[i] ? [id] : []))
}
