import type { Library } from '../core/library/library.ts'
import { chooseFolders, showProblem } from './desktop.ts'
import { words } from './i18n.ts'

/** Adds folders to the library, and says why where that cannot be. */
export const addFolders = async (library: Library | null, folders: string[]): Promise<void> => {
  if (!library || folders.length === 0) return
  try {
    await library.add(folders)
  } catch (error) {
    await showProblem(words().cannotAddFolders, error)
  }
}

/** Asks for folders and adds them. */
export const chooseAndAddFolders = async (library: Library | null): Promise<void> =>
  addFolders(library, await chooseFolders())
