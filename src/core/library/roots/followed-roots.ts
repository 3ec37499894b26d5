import { dirname } from 'node:path'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { ImportQueue } from '../queue/import-queue.ts'
import type { Presence } from '../recognition/presence.ts'
import type { Progress } from '../queue/progress.ts'
import type { TakeIn } from '../take-in.ts'
import type { AwayFolders } from './away-folders.ts'
import { ChangedSidecars } from './changed-sidecars.ts'
import { newestIn, pathsIn } from './paths-in.ts'
import { isOnline, type WatchedPath } from './registered-roots.ts'
import type { RootRegistry } from './root-registry.ts'
import { RootWatchers } from './root-watchers.ts'
import { exists, fileOf, type FoundFile } from './walk.ts'

/** How often roots that cannot be reached are looked for again, in milliseconds. */
const reconnectIntervalMs = 10_000

interface FollowParts {
  takeIn: TakeIn
  presence: Presence
  importQueue: ImportQueue
  progress: Progress
  away: AwayFolders
  registry: RootRegistry
  /** Whether a path is this server's to follow. */
  isMine: (path: string) => boolean
  /** A root was found again, or is another folder by now: it is to be read, and followed from then on. */
  found: (root: RegisteredRoot) => void
}

/** Says what becomes of the events that the system tells of in the roots, and looks for those that it tells nothing of. */
export class FollowedRoots {
  readonly #parts: FollowParts
  readonly #watchers: RootWatchers
  readonly #sidecars: ChangedSidecars
  #looking: NodeJS.Timeout | undefined
  #isLooking = false

  constructor(parts: FollowParts) {
    this.#parts = parts
    const { takeIn, importQueue, progress } = parts
    const isKnown = (path: string) => takeIn.known.entries.has(path) || importQueue.has(path)
    this.#sidecars = new ChangedSidecars(isKnown, (files) => void importQueue.offer(files))
    this.#watchers = new RootWatchers({
      found: (file) => void this.#offer(file),
      // New files are told of once they are whole.
      touched: (path) => takeIn.known.entries.has(path) && void this.look(path),
      sidecar: (path) => this.#sidecars.note(path),
      gone: (root, path) => void this.#goneFrom(root, path),
      moved: (root) => void this.#noticeMoved(root),
      folderMoved: (root, folder) => void this.#noticeFolder(root, folder),
      problem: (root, text) => progress.problem(root, text),
    })
  }

  /** Looks for roots that are not followed although they should be, from now on. */
  begin() {
    this.#looking = setInterval(() => void this.#lookForLost(), reconnectIntervalMs).unref()
  }

  has(root: string): boolean {
    return this.#watchers.has(root)
  }

  follow(root: WatchedPath): Promise<void> {
    return this.#watchers.follow(root)
  }

  unfollow(root: string): Promise<void> {
    return this.#watchers.unfollow(root)
  }

  /** Follows no roots but these any more. */
  keepOnly(roots: Set<string>): Promise<void> {
    return this.#watchers.keepOnly(roots)
  }

  async close(): Promise<void> {
    clearInterval(this.#looking)
    this.#sidecars.end()
    await this.#watchers.close()
  }

  isOnline(root: WatchedPath): Promise<boolean> {
    return isOnline(root, () => newestIn(this.#parts.takeIn.known, root))
  }

  /** Looks at one file that may hold something else by now, although nothing told so. */
  async look(path: string): Promise<void> {
    const { registry, isMine } = this.#parts
    const file = registry.of(path) && (await fileOf(path))
    if (file && !file.problem && isMine(path)) await this.#offer(file)
  }

  async #offer(file: FoundFile) {
    const { importQueue, presence, progress } = this.#parts
    try {
      // Otherwise it is found as its folder is read.
      if (await presence.meet(file.path)) await presence.met(importQueue.offer([file]))
    } catch (error) {
      progress.failed(file.path, error)
    }
  }

  async #goneFrom(root: WatchedPath, path: string) {
    const online = await this.isOnline(root)
    if (!online || root.file) await this.#watchers.unfollow(root.path)
    const { takeIn, presence, progress, away } = this.#parts
    try {
      if (!online) await presence.offline(pathsIn(takeIn.known, root))
      else if (!(await presence.meet(path))) return
      else if (await away.has(path)) await presence.offline(this.#besides(path))
      else {
        await presence.lose(path)
        await takeIn.forgetFailed(path)
      }
    } catch (error) {
      progress.failed(path, error)
    }
  }

  /** The files of the folder of a file that is found to be away, so that all have gone at one moment; none where that is known. */
  #besides(path: string): string[] {
    const { entries } = this.#parts.takeIn.known
    const isKnown = entries.get(path)?.away !== undefined
    return isKnown ? [] : [...entries.keys()].filter((other) => dirname(other) === dirname(path))
  }

  /** Drives come back: a root that is not watched although it can be reached is read and followed again. */
  async #lookForLost() {
    if (this.#isLooking) return
    this.#isLooking = true
    const { registry, isMine } = this.#parts
    try {
      for (const root of registry.all().filter(({ path }) => isMine(path))) await this.#lookFor(root)
    } finally {
      this.#isLooking = false
    }
  }

  async #lookFor(root: RegisteredRoot) {
    const { takeIn, presence, found } = this.#parts
    const online = await this.isOnline(root)
    // Where Redis is away too, the next look notes it.
    if (!online) await presence.offline(pathsIn(takeIn.known, root)).catch(() => undefined)
    if (await this.#watchers.misses(root, online)) found(root)
  }

  /** A root was taken away, and is back already or something else is in its place: nobody waits for the next look. */
  async #noticeMoved(path: string) {
    const { registry, isMine, presence } = this.#parts
    const root = registry.find(path)
    if (!root || !isMine(path)) return
    await presence.doubt(path)
    await this.#lookFor(root)
  }

  /** Where another folder is in the place of one that was taken away, its root is followed anew: a drive that is mounted tells of nothing. */
  async #noticeFolder({ path }: WatchedPath, folder: string) {
    const { registry, isMine, presence, progress, found } = this.#parts
    const root = registry.find(path)
    if (!root || !isMine(path) || !(await exists(folder))) return
    try {
      await presence.doubt(folder)
      if (await presence.enter(folder)) return
    } catch (error) {
      progress.failed(folder, error)
      return
    }
    await this.#watchers.unfollow(path)
    found(root)
  }
}
