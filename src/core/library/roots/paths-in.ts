import { isParked, type KnownFiles } from '../index/file-index.ts'
import { isIn, type WatchedPath } from './registered-roots.ts'

/** When the newest of the photos of a root, or a part of one, changed; null where it has none. */
export const newestIn = ({ entries }: Pick<KnownFiles, 'entries'>, root: WatchedPath): number | null => {
  let newest: number | null = null
  for (const at of pathsIn({ entries }, root))
    newest = Math.max(newest ?? 0, entries.get(at)?.ctime ?? Infinity)
  return newest
}

/** The files that were taken in from a root, or a part of one. */
export function* pathsIn({ entries }: Pick<KnownFiles, 'entries'>, { path: root, file }: WatchedPath) {
  if (file && entries.has(root)) yield root
  if (!file) for (const path of entries.keys()) if (isIn(path, root) && !isParked(path)) yield path
}
