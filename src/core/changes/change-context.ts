import type { Change, Changed, ChangeMode } from '../../shared/schemas/change.ts'
import type { Session } from '../gallery/session.ts'

/** What every change needs: the caller's session, and the operation that the change belongs to. */
export interface ChangeContext {
  session: Session
  /** What one operation of a user did is one line in the record of what happened. */
  act: string
  mode: ChangeMode
}

/** A change that was made: how much of it, and what undoes it. */
export const done = (
  changed: number,
  skipped: number,
  undo: Change[],
  { album = null, collection = null }: { album?: string | null; collection?: string | null } = {},
): Changed => ({
  changed,
  skipped,
  undo,
  album,
  collection,
})

/** What every function that makes a change is told first: who, in which act, and how strictly. */
export const scriptArgs = ({ session, act, mode }: ChangeContext) => [session.account, act, mode]

/** The keys of the functions that put photos of an album into its trash and bring them back, in their order. */
export const trashKeys = ({ session: { keys, account } }: ChangeContext, album: string) => [
  keys.acts(account),
  keys.albumPhotos(album),
  keys.albumTrash(album),
  keys.photo(album),
  keys.albumTag(album),
  keys.albumTags(album),
  keys.albumTagNames(album),
  keys.albumEvents(album),
]
