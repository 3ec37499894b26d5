/** Finding programs on this machine. */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const windows = process.platform === 'win32'

/** @param {string} file */
export const isProgram = (file) => {
  try {
    accessSync(file, windows ? constants.F_OK : constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** The folders of a PATH. */
export const pathFolders = (path = process.env.PATH ?? '') => path.split(delimiter).filter(Boolean)

/**
 * Every program of one of these names in these folders, in their order.
 *
 * @param {string[]} names
 * @param {string[]} folders
 */
export const findPrograms = (names, folders = pathFolders()) =>
  folders
    .flatMap((folder) => names.map((name) => join(folder, windows ? `${name}.exe` : name)))
    .filter(isProgram)

/**
 * What a program prints, or null where it fails or hangs.
 *
 * @param {string} program
 * @param {string[]} args
 */
export const output = (program, args) => {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return null
  }
}
