import type { Change, Changed } from '../../shared/schemas/change.ts'
import { GalleryError } from '../../shared/errors.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { createAlbum } from '../albums/create-album.ts'
import { readDates } from '../photos/photos.ts'
import { timeOf } from '../photos/photo-dates.ts'
import { readHash } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { callFunction } from '../redis/call-function.ts'
import { done, scriptArgs, trashKeys, type ChangeContext } from './change-context.ts'
import { movePhotos } from './move.ts'

type Trash = Extract<Change, { kind: 'trash' }>
type Restore = Extract<Change, { kind: 'restore' }>

/** Takes photos out of their album into its trash. Their files stay where they are. */
export const trashPhotos = async (context: ChangeContext, { album, photos }: Trash): Promise<Changed> => {
  const args = [...scriptArgs(context), Date.now(), ...photos]
  const gone = await callFunction(context.session.redis, 'trash-photos', trashKeys(context, album), args)
  return done(
    gone.length,
    context.mode === 'check' ? 0 : photos.length - gone.length,
    gone.length > 0 ? [{ kind: 'restore', album, photos: gone }] : [],
  )
}

const hangAgain = async (context: ChangeContext, { album, photos }: Restore) => {
  const dates = await readDates(context.session, album, photos)
  const args = [...scriptArgs(context), ...photos.flatMap((photo, i) => [photo, timeOf(dates[i] ?? {})])]
  return callFunction(context.session.redis, 'restore-photos', trashKeys(context, album), args)
}

/** Photos of an album that is in the trash come back to one of its title. */
const restoreElsewhere = async (
  context: ChangeContext,
  { album, photos, ...change }: Restore,
  title: string,
) => {
  if (context.mode === 'check') return done(0, 0, [])
  await hangAgain({ ...context, mode: 'free' }, { ...change, album, photos })
  const { id: to } = await createAlbum(context.session, { title, act: context.act })
  const moved = await movePhotos({ ...context, mode: 'free' }, { kind: 'move', from: album, to, photos })
  const [back] = moved.undo
  const undo: Change[] = back?.kind === 'move' ? [{ kind: 'trash', album: to, photos: back.photos }] : []
  return { ...moved, undo, album: to }
}

/** Brings photos back to where they were, or to an album of that title where theirs is in the trash itself. */
export const restorePhotos = async (context: ChangeContext, change: Restore): Promise<Changed> => {
  const { album, photos } = change
  const { redis, keys } = context.session
  const { title, deleted } = await onRedis(() =>
    readHash(redis, keys.albumInfo(album), { title: maxTitleBytes, deleted: 32 }),
  )
  if (title === undefined) throw new GalleryError('NOT_FOUND', 'photosAlbumGone')
  if (deleted) return restoreElsewhere(context, change, title)
  const back = await hangAgain(context, change)
  return done(
    back.length,
    context.mode === 'check' ? 0 : photos.length - back.length,
    back.length > 0 ? [{ kind: 'trash', album, photos: back }] : [],
  )
}
