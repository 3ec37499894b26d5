import { findOriginal } from '../core/originals.ts'
import { GalleryError } from '../shared/errors.ts'
import { parseRef } from '../shared/refs.ts'
import type { Failure } from '../shared/schemas.ts'
import { desktopOf, type Context } from './base.ts'

/**
 * Moves the originals of photos to the system's trash. Only files below the folders that this host shows photos from, as
 * for looking at them; each that stays where it is comes back with its reason.
 */
export const trashOriginals = async (context: Context, refs: string[]) => {
  const shell = desktopOf(context)
  const failed: Failure[] = []
  for (const ref of refs) {
    const { album, id } = parseRef(ref)
    try {
      const original = await findOriginal(context.session, context.gallery.home, album, id)
      await shell.trash(original.path)
    } catch (error) {
      const reason =
        error instanceof GalleryError ? error.message : 'The system did not move it to its trash.'
      failed.push({ path: ref, reason })
    }
  }
  return { trashed: refs.length - failed.length, failed }
}
