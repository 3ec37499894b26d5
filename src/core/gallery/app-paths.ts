import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const isRoot = (folder: string) => {
  const file = join(folder, 'package.json')
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'cimaise'
}

/** The folder of the program: the nearest above this module whose package.json is ours, built or not, packed or not. */
export const applicationRoot = (): string => {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (isRoot(folder)) return folder
    if (folder === dirname(folder)) throw new Error('package.json of cimaise was not found above this module')
  }
}

/** The environment of our own child processes: none of our secrets is in it, as hostile pictures are opened there. */
export const childEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CIMAISE_')))

/** A package has the program in an archive, and beside it what runs as a process of its own. */
const archive = 'app.asar'
const besideArchive = 'app.asar.unpacked'

/**
 * The built file of a process of its own: the supervisor of the embedded Redis, or the decoder of pictures. In a package it lies
 * beside the archive.
 */
export const entryPath = (name: 'supervisor' | 'decoder', root = applicationRoot()): string => {
  const folder = basename(root) === archive ? join(dirname(root), besideArchive) : root
  return join(folder, 'out', 'main', `${name}.js`)
}

/** The folder `resources`: in a package the one that the program lies in, whichever of its processes asks; otherwise the project's. */
export const resourcesFolder = (root = applicationRoot()): string =>
  [archive, besideArchive].includes(basename(root)) ? dirname(root) : join(root, 'resources')
