import { access, constants, realpath, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { GalleryError } from '../../../shared/errors.ts'
import { foldTitle } from '../../albums/albums.ts'
import type { Home, RegisteredRoot } from '../../gallery/local-settings.ts'
import { isFolderThere } from './away.ts'
import { isCandidate } from '../decode/file-type.ts'

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

/** A root, or a part of one, on the disk. */
export type WatchedPath = Pick<RegisteredRoot, 'path' | 'file'>

/**
 * Whether a root can be reached; for a single file, whether its folder can. A folder that is there but empty may be what an
 * unmounted drive leaves behind where it was mounted: see isFolderThere, for `newest` too.
 */
export const isOnline = ({ path, file }: WatchedPath, newest: () => number | null): Promise<boolean> =>
  isFolderThere(file ? dirname(path) : path, newest).catch(() => false)

/** Folder of the sample photos, the only one in the data folder that may be a root. */
export const samplesFolder = (home: Home) => join(home.path, 'samples')

/**
 * The real place of a folder that the user named, or of a single file for an album; null for a file that is no photo by
 * its name, which is passed over as it is in a folder. Throws INVALID, NOT_FOUND or FORBIDDEN in words that say what to do.
 */
const checkPlace = async (
  home: Home,
  named: string,
  album: string | undefined,
): Promise<WatchedPath | null> => {
  const wanted = resolve(named)
  const path = await realpath(wanted).catch((cause: unknown) => {
    throw new GalleryError('NOT_FOUND', 'noFolder', { path: wanted }, { cause })
  })
  const isFolder = (await stat(path)).isDirectory()
  if (!isFolder && album === undefined)
    throw new GalleryError('INVALID', 'isFile', { path: wanted, folder: dirname(wanted) })
  if (!isFolder && !isCandidate(basename(path))) return null
  await (isFolder ? readdir(path) : access(path, constants.R_OK)).catch((cause: unknown) => {
    throw new GalleryError('FORBIDDEN', 'mayNotRead', { path: wanted }, { cause })
  })
  const data = await realpath(home.path)
  if (isIn(path, data) && !isIn(path, join(data, 'samples')))
    throw new GalleryError('INVALID', 'ownFolder', { path: wanted })
  return isFolder ? { path } : { path, file: true }
}

/**
 * The real places of folders that the user named, and of single files for an album, each once. Throws INVALID, NOT_FOUND or
 * FORBIDDEN where one of them cannot be added, or none is a photo.
 */
export const checkPlaces = async (
  home: Home,
  named: string[],
  album: string | undefined,
): Promise<WatchedPath[]> => {
  const watchedPaths = new Map<string, WatchedPath>()
  for (const name of named) {
    const watched = await checkPlace(home, name, album)
    if (watched) watchedPaths.set(watched.path, watched)
  }
  if (watchedPaths.size === 0)
    throw new GalleryError('INVALID', 'noPhotoByName', {
      names: named.map((name) => basename(name)).join(', '),
    })
  return [...watchedPaths.values()]
}

/**
 * The roots after a folder or a file was added. A folder inside a root belongs to it already, unless it is to feed an album of
 * its own; roots inside a new one are absorbed, unless they feed an album of their own.
 */
export const withRoot = (
  roots: RegisteredRoot[],
  watched: WatchedPath,
  album: string | null,
): RegisteredRoot[] => {
  const { path } = watched
  const around = innermost(roots, path)
  const sameAlbum = (root: RegisteredRoot) =>
    album === null || (root.album !== null && foldTitle(root.album) === foldTitle(album))
  if (around && sameAlbum(around)) return roots
  const kept = roots.filter((root) => root.path !== path && !(isIn(root.path, path) && root.album === null))
  return [...kept, { ...watched, album }].sort((a, b) => (a.path < b.path ? -1 : 1))
}
