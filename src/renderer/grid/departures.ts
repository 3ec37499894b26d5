import type { GalleryEvent, PhotoEventKind } from '../../shared/schemas/event.ts'
import { parseRef, refOf } from '../../shared/domain/refs.ts'
import type { PhotoQuery } from '../../shared/schemas/photo.ts'

const leavesAlbums = new Set<PhotoEventKind>(['left', 'trashed'])
const leavesTrash = new Set<PhotoEventKind>(['restored', 'purged'])
/** After these a photo may no longer be what a filter asks for. */
const mayNoLongerMatch = new Set<PhotoEventKind>([
  'completed',
  'changed',
  'missing',
  'found',
  'tagged',
  'edited',
])

type Shown = Pick<PhotoQuery, 'trash' | 'filter' | 'collection'>

/** Whether an event certainly takes its photos out of a view. */
export const takesAway = (what: PhotoEventKind, { trash }: Shown): boolean =>
  (trash ? leavesTrash : leavesAlbums).has(what)

/** The answer for events that take no photo out of a view: nothing is kept of them, as a whole import is many. */
export const takesNothing = () => false

/**
 * Tells, of photos as `album/photo`, whether an event may have taken them out of a view. Photos that come take none away:
 * a whole import asks nothing about what is selected.
 */
export const mayTakeAway = (event: GalleryEvent, query: Shown): ((ref: string) => boolean) => {
  if (event.kind === 'library' || event.kind === 'comments') return takesNothing
  if (event.kind === 'resync') return () => true
  if (event.kind === 'collections') return query.collection === event.collection ? () => true : takesNothing
  // The album may be gone, or no longer be the user's to see.
  if (event.kind === 'albums') return (ref) => parseRef(ref).album === event.album
  // A collection may be a smart album, which has a filter of its own.
  const isNarrowed = query.filter !== undefined || query.collection !== undefined
  const filtered = isNarrowed && mayNoLongerMatch.has(event.what)
  if (!filtered && !takesAway(event.what, query)) return takesNothing
  const refs = new Set(event.photos.map((id) => refOf({ album: event.album, id })))
  return (ref) => refs.has(ref)
}
