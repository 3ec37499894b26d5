import { resolve } from 'node:path'
import { parseShareLink, type ShareLink } from '../../shared/domain/share-link.ts'
import { isOurScheme, scheme } from '../address.ts'

/** What is to be opened with the program: paths of folders and photos, and links, as they came. */
export interface Opened {
  paths: string[]
  links: string[]
  /** The user is to be asked for folders. */
  asks: boolean
}

/**
 * The switch that asks for the dialog for folders. On Linux the desktop entry of the packages has it
 * (scripts/package/config.ts).
 */
export const addFolderSwitch = '--add-folder'

const isLink = (word: string) => word.toLowerCase().startsWith(`${scheme}:`)

/**
 * What the command line asks for. It also holds switches, which may be Chromium's own, and, where Electron was told which
 * program to run, that program's path.
 */
export const openedBy = (
  argv: readonly string[],
  { defaultApp = process.defaultApp, cwd = process.cwd() } = {},
): Opened => {
  const given = argv.slice(1).filter((word) => !word.startsWith('-'))
  const words = defaultApp ? given.slice(1) : given
  return {
    paths: words.filter((word) => !isLink(word)).map((path) => resolve(cwd, path)),
    links: words.filter(isLink),
    asks: argv.includes(addFolderSwitch),
  }
}

/** The share link in an address of ours, as any program may send one; null for every other address. */
export const shareLinkIn = (address: string): ShareLink | null => {
  if (!isOurScheme(address)) return null
  const { search, hash } = new URL(address)
  return parseShareLink(search, hash)
}
