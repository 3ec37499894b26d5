import { basename } from 'node:path'
import { isCandidate } from '../core/library/decode/file-type.ts'
import { fromRedis } from '../core/redis/errors.ts'
import type { Changed } from '../shared/schemas/change.ts'
import { GalleryError } from '../shared/errors.ts'
import { english } from '../shared/i18n/english.ts'
import type { Text } from '../shared/i18n/text.ts'
import { behindOf } from '../core/stacks/stack-record.ts'
import { parseRef, refOf } from '../shared/domain/refs.ts'
import type { CopiesInput } from '../shared/schemas/dragged-copies.ts'
import type { Failure } from '../shared/schemas/library.ts'
import { logBug } from './bugs.ts'
import { notForStrangers } from './for-strangers.ts'
import { desktopOf, originalsOf, streamed, type Context } from './base.ts'

/** Whether an original is on this host, of which a visitor is not told where it is. */
export const isHere = (
  context: Context,
  { album, id, missing }: { album: string; id: string; missing: boolean },
): Promise<boolean> =>
  missing
    ? Promise.resolve(false)
    : originalsOf(context)
        .known(context.session, album, id)
        .then(
          () => true,
          () => false,
        )

/** Where the original of a photo is: only one of this host's own index, and for accounts alone. */
export const pathOf = async (context: Context, { album, photo }: { album: string; photo: string }) => {
  desktopOf(context)
  notForStrangers(context.session)
  const original = await originalsOf(context).open(context.session, album, photo)
  await original.file.close()
  return original.path
}

/** The same of several, without those that are not here; throws why the last is not where none is. */
export const pathsOf = async (context: Context, refs: string[]): Promise<string[]> => {
  const paths: string[] = []
  for (const [n, ref] of refs.entries()) {
    const { album, id: photo } = parseRef(ref)
    try {
      paths.push(await pathOf(context, { album, photo }))
    } catch (error) {
      const isOnlyAway = error instanceof GalleryError && error.code === 'NOT_FOUND'
      if (!isOnlyAway || (n === refs.length - 1 && paths.length === 0)) throw error
    }
  }
  return paths
}

/** Opens an original in the program that the system has for its kind: nothing whose name is not that of a photo or video. */
export const openOriginal = async (context: Context, photo: { album: string; photo: string }) => {
  const path = await pathOf(context, photo)
  if (!isCandidate(basename(path))) throw new GalleryError('UNSUPPORTED', 'notOpenedElsewhere')
  await desktopOf(context).openFile(path)
}

/** Puts the paths of originals on the clipboard, and says how many they are. */
export const copyPaths = async (context: Context, refs: string[]): Promise<number> => {
  const paths = await pathsOf(context, refs)
  await desktopOf(context).copyText(paths.join('\n'))
  return paths.length
}

/** Makes copies of photos, to be dragged out: for accounts alone, as their originals are. */
export const makeCopies = (context: Context, input: CopiesInput, signal: AbortSignal | undefined) => {
  const { copies } = desktopOf(context)
  notForStrangers(context.session)
  const caller = { session: context.session, originals: originalsOf(context) }
  return streamed(context, copies.make(caller, input, signal))
}

const trashOne = async (context: Context, ref: string) => {
  const { album, id } = parseRef(ref)
  const original = await originalsOf(context).open(context.session, album, id)
  await original.file.close()
  if (!original.unchanged) throw new GalleryError('CONFLICT', 'originalChanged')
  await desktopOf(context).trash(original.path)
}

/** The other files of a photo: its original is all of them. */
const filesBehind = async ({ session }: Context, ref: string): Promise<string[]> => {
  const { album, id } = parseRef(ref)
  const [behind = []] = await behindOf(session, album, [id])
  return behind.map((file) => refOf({ album, id: file.id }))
}

/**
 * Moves the originals of photos, and of what is behind them, to the system's trash. Only files of this host's own index, as for looking at them, with the
 * content that was taken in; each that stays where it is comes back with its reason.
 */
export const trashOriginals = async (context: Context, refs: string[]) => {
  desktopOf(context)
  notForStrangers(context.session)
  const failed: Failure[] = []
  let trashed = 0
  for (const ref of refs) {
    try {
      for (const file of await filesBehind(context, ref)) await trashOne(context, file)
      await trashOne(context, ref)
      trashed++
    } catch (error) {
      const text: Text = error instanceof GalleryError ? error.text : { id: 'notTrashed' }
      failed.push({ path: ref, reason: english(text), text })
    }
  }
  return { trashed, failed }
}

/**
 * The index of originals follows a move at once: no member who could write to the former album can then claim that the photo
 * never left it. The move is made; what goes wrong here is found out when the photo is looked at.
 */
export const followMoves = async (context: Context, { undo }: Changed): Promise<void> => {
  for (const back of [...undo].reverse())
    if (back.kind === 'move')
      await behindOf(context.session, back.from, back.photos)
        .then((behind) => [...back.photos, ...behind.flat().map(({ id }) => id)])
        .then((photos) => originalsOf(context).moved(photos, back.to, back.from))
        .catch((error: unknown) => logBug(fromRedis(error)))
}
