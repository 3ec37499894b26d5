import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../shared/schemas.ts'
import { isCandidate, isJunk } from './sniff.ts'

export interface FoundFile {
  path: string
  size: number
  /** Milliseconds since 1970. */
  mtime: number
}

export interface Scan {
  /** Folders and files that could not be read, with the reason. */
  problems: Failure[]
}

/** Files asked for at once: enough to keep a disk busy. */
const together = 32

const folderReason = (error: unknown) => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return 'You may not read this folder.'
  return code === 'ENOENT'
    ? 'This folder is not there any more.'
    : `This folder cannot be read (${code ?? 'unknown'}).`
}

/** Linux allows names that are no text; Node shows what it cannot decode as U+FFFD, by which no file is found. */
const isUndecodable = (name: string) => name.includes('\u{FFFD}')

const filesOf = async (folder: string, entries: Dirent[], scan: Scan): Promise<FoundFile[]> => {
  const files: FoundFile[] = []
  const names = entries.filter((entry) => entry.isFile() && isCandidate(entry.name)).map(({ name }) => name)
  for (let start = 0; start < names.length; start += together) {
    const part = names.slice(start, start + together).map(async (name) => {
      const path = join(folder, name)
      const stats = await lstat(path).catch(() => null) // it may be gone again
      if (stats?.isFile()) files.push({ path, size: stats.size, mtime: Math.trunc(stats.mtimeMs) })
      else if (isUndecodable(name))
        scan.problems.push({ path, reason: 'The name of this file is not UTF-8. Rename it.' })
    })
    await Promise.all(part)
  }
  return files
}

/**
 * Walks a folder and yields the files in each folder that may be photos. Links are not followed, so there are no loops
 * and nothing outside the folder is taken in. A folder that cannot be read is noted, and the rest goes on.
 */
export async function* walk(root: string, scan: Scan, signal: AbortSignal): AsyncGenerator<FoundFile[]> {
  const waiting = [root]
  for (let folder = waiting.pop(); folder !== undefined && !signal.aborted; folder = waiting.pop()) {
    const at = folder
    try {
      const entries = await readdir(at, { withFileTypes: true })
      const folders = entries.filter((entry) => entry.isDirectory() && !isJunk(entry.name))
      waiting.push(...folders.map(({ name }) => join(at, name)))
      const files = await filesOf(at, entries, scan)
      if (files.length > 0) yield files
    } catch (error) {
      scan.problems.push({ path: at, reason: folderReason(error) })
    }
  }
}
