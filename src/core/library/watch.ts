import { lstat } from 'node:fs/promises'
import { basename, relative, sep } from 'node:path'
import { watch as chokidarWatch, type FSWatcher } from 'chokidar'
import type { FoundFile } from './scan.ts'
import { isCandidate, isJunk } from './sniff.ts'

/** A file that has not grown for this long is whole, in milliseconds. */
const quiet = 300
/** A file that went may be on its way to another name: this long it is waited for, in milliseconds. */
const absence = 1500

export interface WatchHandlers {
  /** A file is new or has changed, and is whole. */
  found: (file: FoundFile) => void
  /** A file has been gone for a while. */
  gone: (path: string) => void
  /** The root itself has gone, or cannot be watched. */
  lost: (reason: string) => void
}

/** What is passed over, by the same rules as in a scan. */
const ignoring = (root: string) => (path: string, stats?: { isFile: () => boolean }) => {
  const parts = relative(root, path).split(sep)
  if (parts.slice(0, -1).some(isJunk)) return true
  const name = basename(path)
  return stats?.isFile() ? !isCandidate(name) : path !== root && isJunk(name)
}

/** Follows a folder. What is in it already is the scan's business. Resolves once nothing new escapes it. */
export const watchFolder = async (root: string, { found, gone, lost }: WatchHandlers): Promise<FSWatcher> => {
  const watcher = chokidarWatch(root, {
    ignored: ignoring(root),
    ignoreInitial: true,
    followSymlinks: false,
    alwaysStat: true,
    atomic: true,
    awaitWriteFinish: { stabilityThreshold: quiet, pollInterval: 100 },
  })
  const leaving = new Map<string, NodeJS.Timeout>()
  const offer = (path: string, stats?: { size: number; mtimeMs: number }) => {
    clearTimeout(leaving.get(path))
    leaving.delete(path)
    if (stats) found({ path, size: stats.size, mtime: Math.trunc(stats.mtimeMs) })
  }
  const leave = (path: string) => {
    const look = async () => {
      leaving.delete(path)
      const there = await lstat(path).then(
        () => true,
        () => false,
      )
      if (!there) gone(path)
    }
    leaving.set(
      path,
      setTimeout(() => void look(), absence),
    )
  }
  watcher
    .on('add', offer)
    .on('change', offer)
    .on('unlink', leave)
    .on('unlinkDir', (path) => path === root && lost('This folder is not there any more.'))
    .on('error', (error) => lost(error instanceof Error ? error.message : String(error)))
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return watcher
}
