import type { PhotoFilter } from '../../shared/schemas/photo.ts'
import type { Session } from '../gallery/session.ts'
import type { AppliedFilter } from '../photos/photo-filter.ts'
import { readStatuses } from './status-list.ts'

/** A filter as it is applied: where it asks for a status, with those that the gallery has, which are part of what is asked then. */
export const appliedFilter = async (session: Session, filter: PhotoFilter): Promise<AppliedFilter> => {
  if (filter.status === undefined) return filter
  return { ...filter, statuses: (await readStatuses(session)).map(({ id }) => id) }
}
