import type { Text } from '../../../shared/i18n/text.ts'
import { folderAt, isSameFolder, type FolderIdentity } from './known-folders.ts'
import type { WatchedPath } from './registered-roots.ts'
import { exists } from './walk.ts'
import { watchFolder, type WatchHandlers } from './watch.ts'

interface RootWatcher {
  /** Which folder it is: another one of the same name, of a drive that was changed, is not being watched. */
  identity: FolderIdentity
  /** Resolves once nothing new escapes. */
  ready: Promise<unknown>
  stop: () => Promise<void>
}

type Handlers = Pick<WatchHandlers, 'found' | 'touched' | 'sidecar'> & {
  gone: (root: WatchedPath, path: string) => void
  /** A root was taken away or put in its place, and is not watched any more. */
  moved: (root: string) => void
  /** A folder in a root was. */
  folderMoved: (root: WatchedPath, folder: string) => void
  problem: (root: string, text: Text) => void
}

/** A root may be another folder by the time that it is watched, so often in a row; later the next look finds that out. */
const maxAttempts = 3

/** The watched roots. */
export class RootWatchers {
  readonly #handlers: Handlers
  readonly #watchers = new Map<string, RootWatcher>()
  #closed = false

  constructor(handlers: Handlers) {
    this.#handlers = handlers
  }

  has(root: string) {
    return this.#watchers.has(root)
  }

  /**
   * Watches a root from now on, as the folder that it is now; resolves once nothing new escapes. What is not there is left alone: it
   * is looked for.
   */
  async follow(watched: WatchedPath): Promise<void> {
    for (let attempt = 0; attempt < maxAttempts && !this.#closed; attempt++) {
      const identity = await folderAt(watched.path)
      if (!(await this.#isCurrent(watched.path))) await this.unfollow(watched.path)
      if (!identity) return
      this.#watch(watched, identity)
      await this.#watchers.get(watched.path)?.ready
      if (await this.#isCurrent(watched.path)) return
    }
  }

  #watch(watched: WatchedPath, identity: FolderIdentity) {
    const root = watched.path
    if (this.#closed || this.has(root)) return
    const { found, touched, sidecar, gone, moved, folderMoved, problem } = this.#handlers
    const watching = watchFolder(root, {
      found,
      touched,
      sidecar,
      gone: (path) => gone(watched, path),
      moved: () => {
        // One that was let go may tell of it late. A single file tells so whenever it is written anew.
        if (!watched.file && this.#watchers.get(root) === watcher)
          void this.unfollow(root).then(() => moved(root))
      },
      folderMoved: (folder) => folderMoved(watched, folder),
      problem: (text) => problem(root, text),
    })
    const watcher: RootWatcher = { identity, ready: watching, stop: async () => (await watching)() }
    this.#watchers.set(root, watcher)
  }

  async unfollow(root: string): Promise<void> {
    const watcher = this.#watchers.get(root)
    this.#watchers.delete(root)
    await watcher?.stop()
  }

  /** Stops watching roots that are not registered any more. */
  async keepOnly(roots: Set<string>): Promise<void> {
    for (const root of [...this.#watchers.keys()]) if (!roots.has(root)) await this.unfollow(root)
  }

  /** Whether a root could be watched and is not. One that has gone, or is another folder by now, is let go. */
  async misses({ path, file }: WatchedPath, online: boolean): Promise<boolean> {
    const there = online && (!file || (await exists(path)))
    if (!there || !(await this.#isCurrent(path))) await this.unfollow(path)
    return there && !this.has(path)
  }

  /** Whether the folder that is there is the one that is being watched. */
  async #isCurrent(root: string): Promise<boolean> {
    const now = await folderAt(root)
    const watcher = this.#watchers.get(root)
    return watcher !== undefined && now !== null && isSameFolder(watcher.identity, now)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.keepOnly(new Set())
  }
}
