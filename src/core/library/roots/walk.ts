import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Text } from '../../../shared/i18n/text.ts'
import { stateOf, type FileState } from '../file-identity.ts'
import type { WatchedPath } from './registered-roots.ts'
import { isCandidate, isJunk } from '../decode/file-type.ts'
import { systemCode } from '../../../shared/errors.ts'

export interface FoundFile extends FileState {
  path: string
  /** Why it cannot even be looked at. */
  problem?: Text
}

export interface Scan {
  /** Folders that could not be read, with the reason. */
  problems: { path: string; text: Text }[]
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

/** A file as it is now; null where there is none. */
export const fileOf = async (path: string): Promise<FoundFile | null> => {
  const stats = await lstat(path).catch(() => null) // it may be gone again
  if (stats?.isFile()) return { path, ...stateOf(stats) }
  if (stats || !isUndecodable(path)) return null
  return { path, size: 0, mtime: 0, problem: { id: 'fileNotUtf8' } }
}

async function* filesOf(folder: string, entries: Dirent[], signal: AbortSignal) {
  const names = entries.filter((entry) => entry.isFile() && isCandidate(entry.name)).map(({ name }) => name)
  for (let start = 0; start < names.length && !signal.aborted; start += filesAtOnce) {
    const part = names.slice(start, start + filesAtOnce)
    const files = await Promise.all(part.map((name) => fileOf(join(folder, name))))
    yield files.filter((file) => file !== null)
  }
}

/**
 * Walks a folder, or looks at a single file, and yields the files that may be photos, a few at a time. Links are not followed, so there are no loops
 * and nothing outside the folder is taken in. A folder that cannot be read is noted, and the rest goes on.
 */
export async function* walk(
  { path, file }: WatchedPath,
  scan: Scan,
  signal: AbortSignal,
): AsyncGenerator<FoundFile[]> {
  if (file) {
    const found = await fileOf(path)
    if (found) yield [found]
    return
  }
  const waiting = [path]
  for (let folder = waiting.pop(); folder !== undefined && !signal.aborted; folder = waiting.pop()) {
    const at = folder
    try {
      const entries = await readdir(at, { withFileTypes: true })
      const folders = entries.filter((entry) => entry.isDirectory() && !isJunk(entry.name))
      for (const { name } of folders) waiting.push(join(at, name))
      yield* filesOf(at, entries, signal)
    } catch (error) {
      scan.problems.push({ path: at, text: folderReason(at, error) })
    }
  }
}
