import { stat } from 'node:fs/promises'
import type { Place } from './roots.ts'
import { exists } from './walk.ts'
import { watchFolder, type WatchHandlers } from './watch.ts'

interface Follower {
  /** Which folder it is: another one of the same name, of a drive that was changed, is not being watched. */
  identity: string
  stop: () => Promise<void>
}

const identityOf = async (root: string) => {
  const { dev, ino } = await stat(root)
  return `${dev}:${ino}`
}

type Handlers = Pick<WatchHandlers, 'found'> & {
  gone: (root: Place, path: string) => void
  problem: (root: string, reason: string) => void
}

/** The watched roots. */
export class Followers {
  readonly #handlers: Handlers
  readonly #followers = new Map<string, Follower>()
  #closed = false

  constructor(handlers: Handlers) {
    this.#handlers = handlers
  }

  has(root: string) {
    return this.#followers.has(root)
  }

  /** Watches a root from now on; resolves once nothing new escapes. A single file that is not there is left alone. */
  async follow(place: Place): Promise<void> {
    const { path: root, file } = place
    if (this.#closed || this.#followers.has(root) || (file && !(await exists(root)))) return
    const { found, gone, problem } = this.#handlers
    const identity = await identityOf(root)
    const stop = await watchFolder(root, {
      found,
      gone: (path) => gone(place, path),
      lost: () => void this.unfollow(root),
      problem: (reason) => problem(root, reason),
    })
    if (this.#closed || this.#followers.has(root)) await stop()
    else this.#followers.set(root, { identity, stop })
  }

  async unfollow(root: string): Promise<void> {
    const follower = this.#followers.get(root)
    this.#followers.delete(root)
    await follower?.stop()
  }

  /** Stops watching roots that are not registered any more. */
  async keepOnly(roots: Set<string>): Promise<void> {
    for (const root of [...this.#followers.keys()]) if (!roots.has(root)) await this.unfollow(root)
  }

  /** Whether a root could be watched and is not. One that has gone, or is another folder by now, is let go. */
  async misses({ path, file }: Place, online: boolean): Promise<boolean> {
    const there = online && (!file || (await exists(path)))
    if (!there || !(await this.#isCurrent(path))) await this.unfollow(path)
    return there && !this.has(path)
  }

  /** Whether the folder that is there is the one that is being watched. */
  async #isCurrent(root: string): Promise<boolean> {
    const follower = this.#followers.get(root)
    return follower !== undefined && follower.identity === (await identityOf(root).catch(() => ''))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.keepOnly(new Set())
  }
}
