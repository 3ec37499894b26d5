import { resolve } from 'node:path'

/**
 * The folders on the command line. It also holds switches, which may be Chromium's own, and, where Electron was told
 * which program to run, that program's path.
 */
export const foldersIn = (
  argv: readonly string[],
  { defaultApp = process.defaultApp, cwd = process.cwd() } = {},
) => {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'))
  return (defaultApp ? words.slice(1) : words).map((folder) => resolve(cwd, folder))
}
