import type { Stats } from 'node:fs'
import { open, readlink, realpath, type FileHandle } from 'node:fs/promises'
import type { Home } from '../gallery/local-settings.ts'
import { readFlags } from './index/file-identity.ts'
import { isIn } from './roots/registered-roots.ts'

export interface OpenFile {
  file: FileHandle
  stats: Stats
  /** Without any link in it, below a registered root. */
  path: string
}

/** Whether a file is, or lies in, what is registered on this host. */
const isRegistered = async (home: Home, gallery: string, file: string) => {
  for (const { path } of home.roots(gallery)) {
    const root = await realpath(path).catch(() => null)
    if (root && isIn(file, root)) return true
  }
  return false
}

/**
 * Where an open file lies. A folder above it may have become a link between the look at its path and the opening: Linux
 * tells the place of the file that is open; elsewhere its path is looked at a second time.
 */
const placeOf = ({ fd }: FileHandle, path: string) =>
  readlink(`/proc/self/fd/${fd}`).catch(() => realpath(path))

/**
 * Opens a regular file below a registered root for reading; null where there is none, it is elsewhere, or cannot be read.
 * The caller closes it.
 */
export const openRegistered = async (
  home: Home,
  gallery: string,
  indexed: string,
): Promise<OpenFile | null> => {
  const path = await realpath(indexed).catch(() => null)
  if (path === null || !(await isRegistered(home, gallery, path))) return null
  const file = await open(path, readFlags).catch(() => null)
  if (!file) return null
  try {
    const stats = await file.stat()
    if (stats.isFile() && (await placeOf(file, path)) === path) return { file, stats, path }
  } catch {
    // Gone since it was opened.
  }
  await file.close()
  return null
}
