import { lstat, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isParked, type KnownFiles } from '../index/file-index.ts'
import { fileOf, sidecarsOf, type FoundFile } from './walk.ts'
import { isIn, type WatchedPath } from './registered-roots.ts'
import { isCandidate } from '../decode/file-type.ts'
import { isPassedOver } from './ignore-rules.ts'

/** The folders of a root that photos were taken in from, and those in between. */
const foldersOf = (known: KnownFiles, root: string): Set<string> => {
  const folders = new Set([root])
  for (const path of known.entries.keys())
    if (!isParked(path) && isIn(path, root))
      for (let at = dirname(path); !folders.has(at) && isIn(at, root); at = dirname(at)) folders.add(at)
  return folders
}

/**
 * New files of some sizes in folders that changed since `since`, in milliseconds since 1970: what came there and was not told of
 * yet, as the system is slow or nobody follows the root. It costs a look at each folder, not at each file.
 */
export const newInChangedFolders = async (
  known: KnownFiles,
  { path: root }: WatchedPath,
  sizes: ReadonlySet<number>,
  since: number,
): Promise<FoundFile[]> => {
  const found: FoundFile[] = []
  const folders = foldersOf(known, root)
  const waiting = [...folders]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const stats = await lstat(folder).catch(() => null)
    if (!stats?.isDirectory() || (folders.has(folder) && stats.mtimeMs < since)) continue
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    const listing = sidecarsOf(folder, entries)
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !folders.has(path)) waiting.push(path)
      if (!entry.isFile() || !isCandidate(entry.name)) continue
      const file = await fileOf(path, listing)
      if (file && !file.problem && sizes.has(file.size) && !(await isPassedOver(root, path))) found.push(file)
    }
  }
  return found
}
