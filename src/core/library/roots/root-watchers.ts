import { stat } from 'node:fs/promises'
import type { Text } from '../../../shared/i18n/text.ts'
import type { WatchedPath } from './registered-roots.ts'
import { exists } from './walk.ts'
import { watchFolder, type WatchHandlers } from './watch.ts'

interface RootWatcher {
  /** Which folder it is: another one of the same name, of a drive that was changed, is not being watched. */
  identity: string
  stop: () => Promise<void>
}

const identityOf = async (root: string) => {
  const { dev, ino } = await stat(root)
  return `${dev}:${ino}`
}

type Handlers = Pick<WatchHandlers, 'found' | 'touched' | 'sidecar'> & {
  gone: (root: WatchedPath, path: string) => void
  problem: (root: string, text: Text) => void
}

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

  /** Watches a root from now on; resolves once nothing new escapes. A single file that is not there is left alone. */
  async follow(watched: WatchedPath): Promise<void> {
    const { path: root, file } = watched
    if (this.#closed || this.#watchers.has(root) || (file && !(await exists(root)))) return
    const { found, touched, sidecar, gone, problem } = this.#handlers
    const identity = await identityOf(root)
    const stop = await watchFolder(root, {
      found,
      touched,
      sidecar,
      gone: (path) => gone(watched, path),
      lost: () => void this.unfollow(root),
      problem: (text) => problem(root, text),
    })
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- either may have happened meanwhile
    if (this.#closed || this.#watchers.has(root)) await stop()
    else this.#watchers.set(root, { identity, stop })
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
    const watcher = this.#watchers.get(root)
    return watcher !== undefined && watcher.identity === (await identityOf(root).catch(() => ''))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.keepOnly(new Set())
  }
}
