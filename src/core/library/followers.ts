import { stat } from 'node:fs/promises'
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
  gone: (root: string, path: string) => void
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

  /** Watches a root from now on; resolves once nothing new escapes. */
  async follow(root: string): Promise<void> {
    if (this.#closed || this.#followers.has(root)) return
    const { found, gone, problem } = this.#handlers
    const identity = await identityOf(root)
    const stop = await watchFolder(root, {
      found,
      gone: (path) => gone(root, path),
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

  /** Whether the folder that is there is the one that is being watched. */
  async isCurrent(root: string): Promise<boolean> {
    const follower = this.#followers.get(root)
    return follower !== undefined && follower.identity === (await identityOf(root).catch(() => ''))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.keepOnly(new Set())
  }
}
