import type { PhotoFilter } from '../../shared/schemas/photo.ts'
import { searchedAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { chosenPhotos } from '../selections/client-selections.ts'
import { saidWordsOf } from '../comments/search-comments.ts'
import { readStatuses } from '../statuses/status-list.ts'
import type { AppliedFilter } from './photo-filter.ts'

/**
 * A filter as it is applied to an album, or to all (null): where it asks for a status, with those that the gallery has, and where it
 * asks for what visitors chose, with these photos. A search has the photos with it of whose comments the caller may read its words. They
 * are part of what is asked then.
 */
export const appliedFilter = async (
  session: Session,
  filter: PhotoFilter,
  album: string | null,
): Promise<AppliedFilter> => {
  const { status, chosen, text } = filter
  const said = text ? await saidWordsOf(session, text, album) : []
  return {
    ...filter,
    ...(status && { statuses: (await readStatuses(session)).map(({ id }) => id) }),
    ...(chosen && {
      chosenPhotos: await chosenPhotos(session, await searchedAlbums(session, album), chosen),
    }),
    ...(said.length > 0 && { said }),
  }
}
