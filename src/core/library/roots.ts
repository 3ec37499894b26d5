import { opendir, realpath, readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { GalleryError } from '../../shared/errors.ts'
import { foldTitle } from '../albums.ts'
import type { Home, RegisteredRoot } from '../home.ts'

/** Whether a path is a folder or lies in it. */
export const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** The registered root that a path belongs to: the innermost one that it lies in. */
export const innermost = (roots: RegisteredRoot[], path: string): RegisteredRoot | null =>
  roots
    .filter((root) => isIn(path, root.path))
    .reduce<RegisteredRoot | null>(
      (best, root) => (best && best.path.length >= root.path.length ? best : root),
      null,
    )

/**
 * Whether a root can be reached. A folder that is there but empty is what an unmounted drive leaves behind where it was
 * mounted: `hadPhotos` makes the difference.
 */
export const isOnline = async (root: string, hadPhotos: boolean): Promise<boolean> => {
  try {
    const folder = await opendir(root)
    const first = await folder.read()
    await folder.close()
    return first !== null || !hadPhotos
  } catch {
    return false
  }
}

/** Folder of the sample photos, the only one in the data folder that may be a root. */
export const samplesFolder = (home: Home) => join(home.path, 'samples')

/** The real path of a folder that a person named. Throws INVALID or NOT_FOUND in words that say what to do. */
export const checkFolder = async (home: Home, folder: string): Promise<string> => {
  const wanted = resolve(folder)
  const path = await realpath(wanted).catch((cause: unknown) => {
    throw new GalleryError(
      'NOT_FOUND',
      `There is no folder ${wanted}. If it is on a drive, connect it first.`,
      { cause },
    )
  })
  const stats = await stat(path)
  if (!stats.isDirectory())
    throw new GalleryError('INVALID', `${wanted} is a file. Add the folder that it is in: ${dirname(wanted)}`)
  await readdir(path).catch((cause: unknown) => {
    throw new GalleryError('FORBIDDEN', `You may not read the folder ${wanted}.`, { cause })
  })
  const data = await realpath(home.path)
  if (isIn(path, data) && !isIn(path, join(data, 'samples')))
    throw new GalleryError(
      'INVALID',
      `${wanted} is where Cimaise keeps its own data. Choose the folder of your photos.`,
    )
  return path
}

/**
 * The roots after a folder was added. A folder inside a root belongs to it already, unless it is to feed an album of
 * its own; roots inside a new one are absorbed, unless they feed an album of their own.
 */
export const withRoot = (roots: RegisteredRoot[], path: string, album: string | null): RegisteredRoot[] => {
  const around = innermost(roots, path)
  const sameAlbum = (root: RegisteredRoot) =>
    album === null || (root.album !== null && foldTitle(root.album) === foldTitle(album))
  if (around && sameAlbum(around)) return roots
  const kept = roots.filter((root) => root.path !== path && !(isIn(root.path, path) && root.album === null))
  return [...kept, { path, album }].sort((a, b) => (a.path < b.path ? -1 : 1))
}
