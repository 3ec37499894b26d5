import type { PhotoFilter } from '../schemas/photo.ts'

/** What a smart album looks for, as `SavedSearch` in schemas/collection.ts has it. */
interface Search {
  album: string | null
  filter: PhotoFilter
}

/** A filter without what asks for nothing. */
export const tidyFilter = (filter: PhotoFilter): PhotoFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

/** Objects have their names in alphabetical order. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** A search as one text, which is the same for the same search. */
export const searchText = ({ album, filter }: Search): string =>
  JSON.stringify({ album, filter: tidyFilter(filter) }, inOrder)
