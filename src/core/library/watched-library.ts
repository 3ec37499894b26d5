import { mkdir } from 'node:fs/promises'
import type { Failure, FoundPhoto, Root } from '../../shared/schemas/library.ts'
import type { Home, RegisteredRoot } from '../gallery/local-settings.ts'
import { createOriginals, type Originals } from '../photos/originals.ts'
import type { Session } from '../gallery/session.ts'
import { findPhotos } from './locate-photo.ts'
import { Folders } from './folder-albums.ts'
import { RootWatchers } from './root-watchers.ts'
import { ImportQueue } from './import-queue.ts'
import { FileIndex } from './file-index.ts'
import type { Library } from './library.ts'
import { createDecoder, type Decoder } from './decode/pool.ts'
import { Progress } from './progress.ts'
import { Reconciler } from './reconcile.ts'
import { checkPlaces, innermost, isIn, isOnline, samplesFolder, withRoot, type WatchedPath } from './roots.ts'
import { hasPhotosIn, syncRoot, type SyncParts } from './sync-root.ts'

/** How often roots that cannot be reached are looked for again, in milliseconds. */
const lookAgain = 10_000

export interface LibraryOptions {
  /** Follow the registered folders from now on; otherwise folders are only taken in when they are added. */
  watch: boolean
  decoder?: Decoder
}

class WatchedLibrary implements Library {
  readonly originals: Originals
  readonly #session: Session
  readonly #home: Home
  readonly #watch: boolean
  readonly #decoder: Decoder
  readonly #fileIndex = new FileIndex()
  readonly #progress = new Progress()
  readonly #importQueue: ImportQueue
  readonly #parts: SyncParts
  readonly #rootWatchers: RootWatchers
  /** Roots that this process has taken notice of; what is registered besides them another process has added. */
  readonly #noticed = new Set<string>()
  /** Scans run one after the other, so that they do not tear at the disk. */
  #scans: Promise<void> = Promise.resolve()
  #stop = new AbortController()
  #looking: NodeJS.Timeout | undefined
  #unfollow: () => void = () => undefined

  constructor(session: Session, home: Home, { watch, decoder }: LibraryOptions) {
    this.#session = session
    this.#home = home
    this.#watch = watch
    this.#decoder = decoder ?? createDecoder()
    const [fileIndex, progress] = [this.#fileIndex, this.#progress]
    this.originals = createOriginals({ host: session, home, fileIndex })
    const rootOf = (path: string) => innermost(this.#registered(), path)
    const reconciler = new Reconciler({ session, fileIndex, progress, rootOf })
    const folders = new Folders(session)
    const importQueue = new ImportQueue({
      session,
      decoder: this.#decoder,
      fileIndex,
      folders,
      progress,
      reconciler,
      rootOf,
    })
    this.#importQueue = importQueue
    this.#parts = {
      fileIndex,
      importQueue,
      reconciler,
      progress,
      before: (watched) => this.#followRootOf(watched),
    }
    this.#rootWatchers = new RootWatchers({
      found: (file) => this.#importQueue.offer([file]),
      gone: (root, path) => void this.#goneFrom(root, path),
      problem: (root, text) => this.#progress.problem(root, text),
    })
  }

  async begin() {
    await this.#fileIndex.load(this.#session)
    if (!this.#watch) return
    for (const root of this.#registered()) this.#scan(root)
    this.#looking = setInterval(() => void this.#lookForLost(), lookAgain).unref()
    this.#unfollow = this.#home.onRootsChange(this.#session.keys.gallery, () => void this.#noticeRoots())
  }

  roots = async (): Promise<Root[]> =>
    Promise.all(
      this.#registered().map(async (root) => ({
        path: root.path,
        album: root.album,
        file: root.file === true,
        online: await this.#isOnline(root),
        watched: this.#rootWatchers.has(root.path),
      })),
    )

  add = async (named: string[], album?: string): Promise<Root[]> => {
    const watchedPaths = await checkPlaces(this.#home, named, album)
    const before = this.#registered()
    const after = watchedPaths.reduce((roots, watched) => withRoot(roots, watched, album ?? null), before)
    for (const { path } of after) this.#noticed.add(path)
    if (after !== before) this.#home.setRoots(this.#session.keys.gallery, after)
    // What is inside another folder of the same call is read with that one.
    const isInner = ({ path }: WatchedPath) =>
      watchedPaths.some((other) => other.path !== path && isIn(path, other.path))
    for (const watched of watchedPaths) if (!isInner(watched)) this.#scan(watched)
    await this.#dropUnregistered()
    return this.roots()
  }

  find = (paths: string[]): Promise<FoundPhoto[]> => findPhotos(this.#session, this.#fileIndex, paths)

  forget = async (path: string): Promise<void> => {
    const rest = this.#registered().filter((root) => root.path !== path)
    this.#home.setRoots(this.#session.keys.gallery, rest)
    await this.#dropUnregistered()
  }

  rescan = async (): Promise<void> => {
    await this.#fileIndex.load(this.#session)
    for (const root of this.#registered()) this.#scan(root)
  }

  status = () => this.#progress.status()

  follow = (signal: AbortSignal | undefined) => this.#progress.follow(signal)

  pause = () => this.#setPaused(true)

  resume = () => this.#setPaused(false)

  cancel = () => {
    this.#progress.cancel()
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#importQueue.cancel()
    this.#progress.pause(false)
  }

  failures = (): Promise<Failure[]> => {
    const roots = this.#registered()
    const failures = [...this.#fileIndex.failures]
      .filter(([path]) => innermost(roots, path))
      .map(([path, { reason, text }]) => ({ path, reason, ...(text ? { text } : {}) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
    return Promise.resolve(failures)
  }

  addSamples = async (): Promise<Root[]> => {
    const folder = samplesFolder(this.#home)
    await mkdir(folder, { recursive: true })
    await this.#decoder.drawSamples(folder)
    return this.add([folder])
  }

  settled = async (): Promise<void> => {
    await this.#scans
    await this.#progress.settled()
  }

  close = async (): Promise<void> => {
    clearInterval(this.#looking)
    this.#unfollow()
    this.#stop.abort()
    this.#importQueue.cancel()
    await this.#rootWatchers.close()
    await this.#scans
    await this.#importQueue.drained()
    await this.#decoder.close()
  }

  #registered(): RegisteredRoot[] {
    return this.#home.roots(this.#session.keys.gallery)
  }

  #isOnline(root: WatchedPath) {
    return isOnline(root, hasPhotosIn(this.#fileIndex, root))
  }

  #setPaused(paused: boolean) {
    this.#importQueue.pause(paused)
    this.#progress.pause(paused)
  }

  /** Queues a scan of a place; the status says `working` from this moment. `last`: see Intake.offer. */
  #scan(watched: WatchedPath, { last = false } = {}) {
    this.#noticed.add(watched.path)
    this.#progress.scanBegins()
    const { signal } = this.#stop
    this.#scans = this.#scans.then(() => syncRoot(this.#parts, watched, { signal, last }))
  }

  async #followRootOf({ path }: WatchedPath) {
    const root = innermost(this.#registered(), path)
    if (root?.restored) this.#noteSeen(root.path)
    if (this.#watch && root) await this.#rootWatchers.follow(root)
  }

  /** A root that came with a backup is on this computer: from now on it is one like any other. */
  #noteSeen(path: string) {
    const roots = this.#registered().map(({ restored, ...root }) =>
      restored && root.path !== path ? { ...root, restored } : root,
    )
    this.#home.setRoots(this.#session.keys.gallery, roots)
  }

  async #goneFrom(root: WatchedPath, path: string) {
    const online = await isOnline(root, true)
    if (!online || root.file) await this.#rootWatchers.unfollow(root.path)
    if (!online) return
    try {
      await this.#parts.reconciler.lose(path)
      await this.#importQueue.forgetFailed(path)
    } catch (error) {
      this.#progress.failed(path, error)
    }
  }

  async #dropUnregistered() {
    const paths = new Set(this.#registered().map(({ path }) => path))
    for (const path of this.#noticed) if (!paths.has(path)) this.#noticed.delete(path)
    await this.#rootWatchers.keepOnly(paths)
  }

  /** Another process has changed the roots. It takes in what it has added, so this one only helps from the other end. */
  async #noticeRoots() {
    for (const root of this.#registered()) if (!this.#noticed.has(root.path)) this.#scan(root, { last: true })
    await this.#dropUnregistered()
  }

  /** Drives come back: a root that is not watched although it can be reached is read and followed again. */
  async #lookForLost() {
    for (const root of this.#registered()) {
      const lost = await this.#rootWatchers.misses(root, await this.#isOnline(root))
      if (lost && this.#progress.status().state === 'idle') this.#scan(root)
    }
  }
}

/**
 * Opens the library of this host for a session: reads what was taken in before and, if asked to, brings it into step
 * with the registered folders and follows them.
 */
export const openLibrary = async (
  session: Session,
  home: Home,
  options: LibraryOptions,
): Promise<Library> => {
  const library = new WatchedLibrary(session, home, options)
  await library.begin()
  return library
}
