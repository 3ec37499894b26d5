import { copyFile, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { resourcesFolder } from '../../gallery/app-paths.ts'
import { makeFolder } from '../make-folder.ts'
import { exists } from '../roots/walk.ts'

/** Free photographs, and a page that says by whom each is and under which licence. */
const samples = () => join(resourcesFolder(), 'samples')

const copyNew = async (from: string, to: string) => {
  if (await exists(to)) return
  await copyFile(from, `${to}.part`)
  await rename(`${to}.part`, to) // the watcher never meets half a picture
}

/** Copies the sample photographs into folders of a directory. What is there already is left alone. Throws what the system says. */
export const copySamples = async (directory: string, from = samples()): Promise<void> => {
  await makeFolder(directory)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(directory, entry.name)]
    await (entry.isDirectory() ? copySamples(target, source) : copyNew(source, target))
  }
}
