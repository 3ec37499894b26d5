import type { Change, Changed, ChangeMode } from '../../shared/schemas/change.ts'
import type { Session } from '../gallery/session.ts'
import { deleteAlbum, describeAlbum, makeAlbum, renameAlbums, restoreAlbum } from './album.ts'
import { done, type ChangeContext } from './change-context.ts'
import {
  arrangePhotos,
  collectPhotos,
  deleteCollection,
  makeCollection,
  restoreCollection,
  uncollectPhotos,
} from './collection.ts'
import { describeCollection, renameCollection, searchCollection } from './collection-info.ts'
import { editOrAsk } from '../statuses/ask-status.ts'
import { shiftDates } from './edit.ts'
import { movePhotos } from './move.ts'
import { orderPhotos } from './order.ts'
import { leadStack, stackPhotos, unstackPhotos } from './stack.ts'
import { tagPhotos } from './tag.ts'
import { restorePhotos, trashPhotos } from './trash.ts'
import { turnPhotos } from './turn.ts'

const makers: {
  [K in Change['kind']]: (context: ChangeContext, change: Extract<Change, { kind: K }>) => Promise<Changed>
} = {
  move: movePhotos,
  tag: tagPhotos,
  edit: editOrAsk,
  order: orderPhotos,
  shift: shiftDates,
  turn: turnPhotos,
  trash: trashPhotos,
  restore: restorePhotos,
  stack: stackPhotos,
  unstack: unstackPhotos,
  lead: leadStack,
  'create-album': makeAlbum,
  'rename-albums': renameAlbums,
  'describe-album': describeAlbum,
  'delete-album': deleteAlbum,
  'restore-album': restoreAlbum,
  'create-collection': makeCollection,
  'rename-collection': renameCollection,
  'search-collection': searchCollection,
  'describe-collection': describeCollection,
  'delete-collection': deleteCollection,
  'restore-collection': restoreCollection,
  collect: collectPhotos,
  uncollect: uncollectPhotos,
  arrange: arrangePhotos,
}

const make = (context: ChangeContext, change: Change): Promise<Changed> => {
  const maker = makers[change.kind] as (context: ChangeContext, change: Change) => Promise<Changed>
  return maker(context, change)
}

/**
 * Makes changes, each whole or not at all, one after the other; what undoes them comes in the opposite order.
 * Where one is refused, those before it are taken back.
 */
export const applyChanges = async (
  session: Session,
  { act, changes, mode }: { act: string; changes: Change[]; mode: ChangeMode },
): Promise<Changed> => {
  const all = done(0, 0, [])
  try {
    for (const change of changes) {
      const { changed, skipped, undo, album, collection } = await make({ session, act, mode }, change)
      all.changed += changed
      all.skipped += skipped
      all.undo.unshift(...undo)
      all.album = album ?? all.album
      all.collection = collection ?? all.collection
    }
    return all
  } catch (error) {
    // As far as Redis still answers, the call as a whole has done nothing.
    for (const change of all.undo) await make({ session, act, mode: 'free' }, change).catch(() => undefined)
    throw error
  }
}
