import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Text } from '../../../shared/i18n/text.ts'
import { stateOf, type FileState } from '../index/file-identity.ts'
import type { WatchedPath } from './registered-roots.ts'
import { isCandidate } from '../decode/file-type.ts'
import { besideIn, besideOf, isSidecar, sidecarsAmong, type Beside, type Listing } from '../sidecars.ts'
import { FolderRules, passedByMark } from './ignore-rules.ts'
import { systemCode } from '../../../shared/errors.ts'

export interface FoundFile extends FileState, Partial<Beside> {
  path: string
  /** Why it cannot even be looked at. */
  problem?: Text
}

export interface Scan {
  /** Folders that could not be read, with the reason. */
  problems: { path: string; text: Text }[]
  /** What was passed over, and why. */
  passed: { path: string; text: Text }[]
}

/** Files asked for at once, and told of at once: enough to keep a disk busy, in a folder of any size. */
const filesAtOnce = 64

/** Whether something has this name. Where that cannot be told, it has: no photo is marked as missing too early. */
export const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => !['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? ''),
  )

/** Linux allows names that are no text; Node shows what it cannot decode as U+FFFD, by which no file is found. */
const isUndecodable = (name: string) => name.includes('\u{FFFD}')

const folderReason = (folder: string, error: unknown): Text => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return { id: 'folderForbidden' }
  if (isUndecodable(folder)) return { id: 'folderNotUtf8' }
  return code === 'ENOENT'
    ? { id: 'folderGone' }
    : { id: 'folderFailed', blanks: { code: code ?? 'unknown' } }
}

/** A file as it is now, with its sidecars; null where there is none. `listing`: the sidecars in its folder, where they are known. */
export const fileOf = async (path: string, listing?: Listing): Promise<FoundFile | null> => {
  const stats = await lstat(path).catch(() => null) // it may be gone again
  if (stats?.isFile())
    return { path, ...stateOf(stats), ...(await (listing ? besideIn(path, listing) : besideOf(path))) }
  if (stats || !isUndecodable(path)) return null
  return { path, size: 0, mtime: 0, problem: { id: 'fileNotUtf8' } }
}

/** A folder to look into, and what holds there. */
interface Waiting {
  folder: string
  rules: FolderRules
}

/** The sidecars in a folder by its listing. Links are none, as they are no photos: nothing outside a root is read. */
export const sidecarsOf = (folder: string, entries: Dirent[]): Listing => {
  const files = entries.filter(({ name }) => isSidecar(name)).filter((entry) => entry.isFile())
  return sidecarsAmong(
    folder,
    files.map(({ name }) => name),
  )
}

/** Those of some files in a folder that a listing of it shows, with their sidecars. */
async function* filesOf({ folder, rules }: Waiting, entries: Dirent[], signal: AbortSignal) {
  const names = entries
    .filter(({ name }) => isCandidate(name))
    .filter((entry) => entry.isFile() && !rules.passesOver(join(folder, entry.name)))
    .map(({ name }) => name)
  const listing = sidecarsOf(folder, entries)
  for (let start = 0; start < names.length && !signal.aborted; start += filesAtOnce) {
    const part = names.slice(start, start + filesAtOnce)
    const files = await Promise.all(part.map((name) => fileOf(join(folder, name), listing)))
    yield files.filter((file) => file !== null)
  }
}

/** The folders in a folder that are looked into too; the others are told of. */
const foldersOf = ({ folder, rules }: Waiting, entries: Dirent[], { passed }: Scan): Waiting[] => {
  const folders: Waiting[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const isLink = entry.isSymbolicLink() && !entry.name.startsWith('.')
    if (isLink) passed.push({ path, text: { id: 'passedLink' } })
    if (!entry.isDirectory()) continue
    const text = rules.reasonFor(path)
    if (!text) folders.push({ folder: path, rules })
    else if (text.id !== 'passedHidden') passed.push({ path, text })
  }
  return folders
}

/**
 * Walks a folder, or looks at a single file, and yields the files that may be photos, a few at a time. Links are not followed, so
 * there are no loops and nothing outside the folder is taken in: they are told of, and what they point to can be added. A folder
 * that cannot be read is noted, and the rest goes on. `enter` is waited for before a folder is read.
 */
export async function* walk(
  { path, file }: WatchedPath,
  scan: Scan,
  signal: AbortSignal,
  enter: (folder: string) => Promise<unknown> = () => Promise.resolve(),
): AsyncGenerator<FoundFile[]> {
  if (file) {
    await enter(dirname(path))
    const found = await fileOf(path)
    if (found) yield [found]
    return
  }
  const waiting: Waiting[] = [{ folder: path, rules: FolderRules.none }]
  for (let at = waiting.pop(); at !== undefined && !signal.aborted; at = waiting.pop()) {
    const { folder } = at
    await enter(folder)
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      const names = entries.filter(({ name }) => name.startsWith('.')).map(({ name }) => name)
      const mark = passedByMark(names)
      if (mark) {
        scan.passed.push({ path: folder, text: mark })
        continue
      }
      const here = { folder, rules: await at.rules.within(folder, names) }
      for (const below of foldersOf(here, entries, scan)) waiting.push(below)
      yield* filesOf(here, entries, signal)
    } catch (error) {
      scan.problems.push({ path: folder, text: folderReason(folder, error) })
    }
  }
}
