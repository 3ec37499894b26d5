import { basename, join, relative, sep } from 'node:path'
import { watch as chokidarWatch, type FSWatcher } from 'chokidar'
import type { Text } from '../../../shared/i18n/text.ts'
import { exists, fileOf, type FoundFile } from './walk.ts'
import { isCandidate } from '../decode/file-type.ts'
import { isSidecar } from '../sidecars.ts'
import { isJunk, isPassedOver } from './ignore-rules.ts'

/** A file that has not grown for this long is whole, in milliseconds. */
const stableAfterMs = 300
/** A file that went may be on its way to another name: this long it is waited for, in milliseconds. */
const absentAfterMs = 1500

export interface WatchHandlers {
  /** A file is new or has changed, and is whole. */
  found: (file: FoundFile) => void
  /** Something happened to a file that may have kept its size and date. */
  touched: (path: string) => void
  /** Something happened to a sidecar: it came, changed or went. */
  sidecar: (path: string) => void
  /** A file has been gone for a while. */
  gone: (path: string) => void
  /** The folder itself was taken away, or something was put in its place; what is told from then on may be of another one. */
  moved: () => void
  /** A folder in it was taken away or unmounted a moment ago; chokidar tells nothing where a drive is mounted on it again. */
  folderMoved: (folder: string) => void
  /** Something in the folder cannot be watched; the rest is. */
  problem: (text: Text) => void
}

const isFollowed = (name: string) => isCandidate(name) || isSidecar(name)

/** What is passed over, by the same rules as in a scan. */
const ignoring = (root: string) => (path: string, stats?: { isFile: () => boolean }) => {
  const parts = relative(root, path).split(sep)
  if (parts.slice(0, -1).some((part, at) => isJunk(part, parts[at - 1]))) return true
  const name = basename(path)
  return stats?.isFile() ? !isFollowed(name) : path !== root && isJunk(name, parts.at(-2))
}

const problemReason = (error: unknown): Text => {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EMFILE'
    ? { id: 'tooManyWatched' }
    : { id: 'notAllWatched', blanks: { message } }
}

/** Calls back for files that stay away, and not for those that were only renamed in between. */
const absences = (gone: (path: string) => void) => {
  const timers = new Map<string, NodeJS.Timeout>()
  const back = (path: string) => {
    clearTimeout(timers.get(path))
    timers.delete(path)
  }
  const left = (path: string) => {
    back(path)
    const look = async () => {
      timers.delete(path)
      if (!(await exists(path))) gone(path)
    }
    timers.set(
      path,
      setTimeout(() => void look(), absentAfterMs),
    )
  }
  const end = () => {
    for (const path of timers.keys()) back(path)
  }
  return { back, left, end }
}

/** Calls back for each path once it has been left alone for a while. */
const debounced = (call: (path: string) => void) => {
  const timers = new Map<string, NodeJS.Timeout>()
  const ripen = (path: string) => {
    timers.delete(path)
    call(path)
  }
  const note = (path: string) => {
    clearTimeout(timers.get(path))
    timers.set(
      path,
      setTimeout(() => ripen(path), 2 * stableAfterMs),
    )
  }
  const end = () => {
    for (const timer of timers.values()) clearTimeout(timer)
  }
  return { note, end }
}

/** The file that an event of the system is about: it names the folder, or the file itself, that is being watched. */
const fileOfEvent = (name: unknown, details: unknown): string | null => {
  const { watchedPath } = (details ?? {}) as { watchedPath?: string }
  if (typeof name !== 'string' || watchedPath === undefined || !isFollowed(basename(name))) return null
  return basename(watchedPath) === name ? watchedPath : join(watchedPath, name)
}

/** The folder of which an event of the system says that it has gone, moved or was unmounted itself, rather than something in it. */
const movedFolder = (root: string, event: string, name: unknown, details: unknown): string | null => {
  const { watchedPath } = (details ?? {}) as { watchedPath?: string }
  if (event !== 'rename' || watchedPath === undefined) return null
  const isFolder = watchedPath === root || !isFollowed(basename(watchedPath))
  const isItself = name === basename(watchedPath) || name === '' || name === null
  return isFolder && isItself ? watchedPath : null
}

/**
 * Follows a folder; returns the way to stop. What is in it already is the scan's business; nothing new escapes once this
 * has resolved.
 */
export const watchFolder = async (
  root: string,
  { found, touched, sidecar, gone, moved, folderMoved, problem }: WatchHandlers,
): Promise<() => Promise<void>> => {
  const watcher: FSWatcher = chokidarWatch(root, {
    ignored: ignoring(root),
    ignoreInitial: true,
    ignorePermissionErrors: true, // the scan tells of them
    followSymlinks: false,
    atomic: true,
    awaitWriteFinish: { stabilityThreshold: stableAfterMs, pollInterval: 100 },
  })
  const { back, left, end } = absences(gone)
  const quiet = debounced(touched)
  const movedFolders = debounced(folderMoved)
  const offer = async (path: string) => {
    back(path)
    if (isSidecar(basename(path))) {
      sidecar(path)
      return
    }
    // The stats that chokidar passes on may be older than the last change that it waited for.
    const file = await fileOf(path)
    if (file && !file.problem && !(await isPassedOver(root, path))) found(file)
  }
  watcher
    .on('add', (path) => void offer(path))
    .on('change', (path) => void offer(path))
    .on('unlink', (path) => (isSidecar(basename(path)) ? sidecar(path) : left(path)))
    // chokidar passes over a file whose date stays (exiftool -P); the system tells of it all the same.
    .on('raw', (event, name, details) => {
      const folder = movedFolder(root, event, name, details)
      if (folder === root) moved()
      else if (folder !== null) movedFolders.note(folder)
      const path = fileOfEvent(name, details)
      if (path !== null && isSidecar(path)) sidecar(path)
      else if (path !== null) quiet.note(path)
    })
    .on('unlinkDir', (path) => path === root && moved())
    .on('error', (error) => problem(problemReason(error)))
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return async () => {
    end()
    quiet.end()
    movedFolders.end()
    await watcher.close()
  }
}
