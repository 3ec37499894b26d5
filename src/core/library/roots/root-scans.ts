import { english } from '../../../shared/i18n/english.ts'
import type { Failure } from '../../../shared/schemas/library.ts'
import type { WatchedPath } from './registered-roots.ts'
import { syncRoot, type SyncParts } from './sync-root.ts'
import type { Scan } from './walk.ts'

/** Folders and files that are passed over, kept of a root to be shown. */
const maxPassedShown = 500

type ScanParts = Omit<SyncParts, 'passed'> & {
  isRegistered: (path: string) => boolean
  /** Whether a path is this server's to read. */
  isMine: (path: string) => boolean
}

/** Scans of roots, or parts of them: they run one after the other, so that they do not tear at the disk. */
export class RootScans {
  readonly #parts: ScanParts
  readonly #passed = new Map<string, Failure[]>()
  /** Roots that this process has read. */
  readonly #read = new Set<string>()
  /** Roots that were found again, or are other folders than before, and whose scan waits. */
  readonly #foundAgain = new Set<string>()
  #scans: Promise<void> = Promise.resolve()
  #stop = new AbortController()

  constructor(parts: ScanParts) {
    this.#parts = parts
  }

  /**
   * Queues a scan of a root or a part of one; the status says `working` from this moment. `last`, `deep`: see ImportQueue.offer.
   */
  scan(watched: WatchedPath, { last = false, deep = false } = {}) {
    const { isMine, importQueue, progress } = this.#parts
    if (!isMine(watched.path)) return
    this.#read.add(watched.path)
    progress.scanBegins()
    importQueue.scanBegins()
    const { signal } = this.#stop
    const parts = { ...this.#parts, passed: this.#notePassed }
    this.#scans = this.#scans.then(() => {
      this.#foundAgain.delete(watched.path)
      return syncRoot(parts, watched, { signal, last, deep })
    })
  }

  /** One scan waits at a time for each root, whatever else is being done: another drive may have come meanwhile. */
  scanFound(watched: WatchedPath) {
    if (this.#foundAgain.has(watched.path) || !this.#parts.isMine(watched.path)) return
    this.#foundAgain.add(watched.path)
    this.scan(watched)
  }

  /** Whether this process has read a root, or begins to. */
  hasRead(root: string): boolean {
    return this.#read.has(root)
  }

  /** Stops the scans that run or wait. */
  stop() {
    this.#stop.abort()
    this.#stop = new AbortController()
  }

  /** Stops them, and runs none any more. */
  close() {
    this.#stop.abort()
  }

  /** Resolves once the scans that are queued by now have come to their end. */
  done(): Promise<void> {
    return this.#scans
  }

  /** What the last whole scan of a root passed over; not known before it. */
  passedIn(root: string): Failure[] {
    return this.#passed.get(root) ?? []
  }

  #notePassed = (path: string, passed: Scan['passed']) => {
    if (this.#parts.isRegistered(path))
      this.#passed.set(
        path,
        passed.slice(0, maxPassedShown).map((one) => ({ ...one, reason: english(one.text) })),
      )
  }
}
