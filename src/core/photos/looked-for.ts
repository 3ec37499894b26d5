import type { PhotoFilter, PhotoQuery } from '../../shared/schemas/photo.ts'
import { searchOf } from '../collections/saved-search.ts'
import type { Session } from '../gallery/session.ts'
import { readStatuses } from '../statuses/status-list.ts'
import { appliedFilter } from './applied-filter.ts'
import { isOpen } from './photo-filter.ts'

/** A view as it is looked for. */
export interface View extends PhotoQuery {
  /** Of a smart album: what its search asks for beside `filter`. Its `album` is looked through where the caller may read it. */
  saved?: PhotoFilter
  /** Where it is ordered by status: the ids of those that the gallery has, in their order. */
  statuses?: readonly string[]
}

/**
 * What a view shows. One of a smart album is its search, of which `filter` leaves some; null where that cannot be read. FORBIDDEN
 * to who may not see the collection, NOT_FOUND once it was removed.
 */
export const lookedFor = async (session: Session, asked: PhotoQuery): Promise<View | null> => {
  const view = await searchedFor(session, asked)
  if (!view) return null
  const { album, filter, saved } = view
  return {
    ...view,
    ...(filter && { filter: await appliedFilter(session, filter, album) }),
    ...(view.sort === 'status' && { statuses: (await readStatuses(session)).map(({ id }) => id) }),
    ...(saved && { saved: await appliedFilter(session, saved, album) }),
  }
}

const searchedFor = async (session: Session, view: PhotoQuery): Promise<View | null> => {
  const { collection, ...plain } = view
  if (collection === undefined || view.trash) return view
  const { smart, search } = await searchOf(session, collection)
  if (!smart) return view
  if (!search) return null
  const order = view.sort === 'manual' ? ({ sort: 'taken', descending: true } as const) : {}
  const found = { ...plain, ...order, album: search.album }
  return isOpen(view.filter)
    ? { ...found, filter: search.filter, saved: {} }
    : { ...found, saved: search.filter }
}
