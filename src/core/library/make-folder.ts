import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../../shared/errors.ts'

/** Whether a folder is there, and can be looked at. */
export const isFolder = (path: string) =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )

/**
 * Makes a folder and those above it that are not there, one after the other: where the system knows no folders, as in /proc,
 * Node's own way to make several never ends. Throws what the system says.
 */
export const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' && dirname(folder) !== folder && !(await isFolder(dirname(folder)))) {
      await makeFolder(dirname(folder))
      await mkdir(folder)
    } else if (code !== 'EEXIST' || !(await isFolder(folder))) throw error
  }
}
