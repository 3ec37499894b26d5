import { lstat, opendir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../../../shared/errors.ts'

/**
 * Whether an empty folder was emptied, rather than being the place where a drive is mounted: what was in it was taken out of it
 * after `since` (milliseconds since 1970), and after it was made. Where the system does not tell, it was not.
 */
const wasEmptied = async (folder: string, since: number): Promise<boolean> => {
  const { mtimeMs, birthtimeMs } = await lstat(folder)
  return birthtimeMs > 0 && mtimeMs > birthtimeMs && mtimeMs >= since
}

const isEmpty = async (folder: string): Promise<boolean> => {
  const opened = await opendir(folder)
  const first = await opened.read()
  await opened.close()
  return first === null
}

/**
 * Whether a folder that held photos is there with whatever it has now. One that is gone, or is empty as a mount point is, may
 * lie on a drive that is away. `newest`: when the last photo in it changed, in milliseconds since 1970; null: it held none.
 * Rejects where it is not there.
 */
export const isFolderThere = async (folder: string, newest: () => number | null): Promise<boolean> => {
  if (!(await isEmpty(folder))) return true
  const since = newest()
  return since === null || wasEmptied(folder, since)
}

/**
 * Whether the photos of a folder below a root are offline, rather than missing: the folder is away as a whole. Nobody can tell a
 * drive that was unplugged from a folder that was deleted, so nothing is called missing until a user says so.
 */
export const isAway = async (folder: string, root: string, newest: () => number | null): Promise<boolean> => {
  if (folder === root || dirname(folder) === folder) return false
  return isFolderThere(folder, newest).then(
    (there) => !there,
    (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? ''),
  )
}
