import type { Change, Changed } from '../../shared/schemas/change.ts'
import { isRank } from '../photos/manual-order.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Keys } from '../redis/keys.ts'
import { followMove } from '../comments/follow-move.ts'
import { done, scriptArgs, type ChangeContext } from './change-context.ts'

const side = (keys: Keys, album: string) => [
  keys.albumInfo(album),
  keys.albumPhotos(album),
  keys.photo(album),
  keys.albumTag(album),
  keys.albumTags(album),
  keys.albumTagNames(album),
  keys.albumEvents(album),
  keys.albumBehind(album),
]

type Move = Extract<Change, { kind: 'move' }>

/** Moves photos to another album, with their tags. NOT_FOUND where that one is gone. */
export const movePhotos = async (context: ChangeContext, { from, to, photos }: Move): Promise<Changed> => {
  if (from === to) return done(0, 0, [])
  const { redis, keys, account } = context.session
  const touched = [keys.acts(account), ...side(keys, from), ...side(keys, to)]
  const moved = await callFunction(redis, 'move-photos', touched, [...scriptArgs(context), ...photos])
  const ids = moved.filter((_, i) => i % 2 === 0)
  if (ids.length === 0) return done(0, context.mode === 'check' ? 0 : photos.length, [])
  await followMove(context.session, { from, to, photos: ids })
  const ranks = ids
    .map((photo, i) => ({ photo, to: moved[2 * i + 1] ?? '', from: null }))
    .filter(({ to }) => isRank(to))
  return done(ids.length, photos.length - ids.length, [
    { kind: 'move', from: to, to: from, photos: ids },
    ...(ranks.length > 0
      ? [{ kind: 'edit' as const, album: from, field: 'rank' as const, values: ranks }]
      : []),
  ])
}
