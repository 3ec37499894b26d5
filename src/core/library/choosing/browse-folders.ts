import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { byName } from '../../../shared/domain/by-name.ts'
import { GalleryError } from '../../../shared/errors.ts'

/** The folders in a folder of this host, hidden ones left out; the home folder where none is given. */
export const browseFolders = async (wanted = homedir()) => {
  const path = resolve(wanted)
  const entries = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
    throw new GalleryError('NOT_FOUND', 'folderUnreadable', { path }, { cause })
  })
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  return {
    path,
    parent: dirname(path) === path ? null : dirname(path),
    folders: folders.sort(byName).map((name) => join(path, name)),
  }
}
