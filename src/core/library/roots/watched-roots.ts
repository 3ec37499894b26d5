import { dirname } from 'node:path'
import { GalleryError } from '../../../shared/errors.ts'
import type { Home, RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import type { ImportQueue } from '../import-queue.ts'
import type { Progress } from '../progress.ts'
import type { Connection } from '../../redis/connection.ts'
import { RootLeases } from './root-leases.ts'
import { RootWatchers } from './root-watchers.ts'
import { innermost, isIn, isOnline, withRoot, type WatchedPath } from './registered-roots.ts'
import { AwayFolders } from './away-folders.ts'
import { newInChangedFolders } from './changed-folders.ts'
import { newestIn, pathsIn, syncRoot } from './sync-root.ts'
import type { TakeIn } from '../take-in.ts'
import { ChangedSidecars } from './changed-sidecars.ts'
import { fileOf, type FoundFile, type Scan } from './walk.ts'
import { english } from '../../../shared/i18n/english.ts'
import type { Failure } from '../../../shared/schemas/library.ts'

/** How often roots that cannot be reached are looked for again, in milliseconds. */
const reconnectIntervalMs = 10_000

/** A file may have been moved away so long before another one got its name without anybody having told of it, in milliseconds. */
const movedBeforeMs = 60_000

/** Folders and files that are passed over, kept of a root to be shown. */
const maxPassedShown = 500

interface WatchedRootsOptions {
  session: Session
  home: Home
  /** Follow the registered roots from now on; otherwise they are only read when they are added. */
  watch: boolean
  takeIn: TakeIn
  importQueue: ImportQueue
  progress: Progress
  /** The program's own connection, where several servers may have the same roots; see RootLeases. */
  steward: Connection | null
  /** Roots are followed here from now on. */
  taken: () => void
}

/** The registered roots of this host: says when each is read, and follows those that can be reached. */
export class WatchedRoots {
  readonly #options: WatchedRootsOptions
  readonly #watchers: RootWatchers
  readonly away: AwayFolders
  readonly #sidecars: ChangedSidecars
  readonly #passed = new Map<string, Failure[]>()
  /** Roots that this process has read. */
  readonly #read = new Set<string>()
  /** Roots that this process has taken notice of; what is registered besides them another process has added. */
  readonly #noticed = new Set<string>()
  /** Roots that were found again, or are other folders than before, and whose scan waits. */
  readonly #foundAgain = new Set<string>()
  #isLooking = false
  /** Scans run one after the other, so that they do not tear at the disk. */
  #scans: Promise<void> = Promise.resolve()
  #stop = new AbortController()
  #looking: NodeJS.Timeout | undefined
  #unfollow: () => void = () => undefined
  readonly #leases: RootLeases | null

  constructor(options: WatchedRootsOptions) {
    this.#options = options
    const { importQueue, progress, takeIn, session, steward, watch } = options
    const roots = () => this.registered().map(({ path }) => path)
    const [taken, lost] = [this.#takeOver, this.#letGo]
    this.#leases = watch && steward ? new RootLeases({ session, steward, roots, taken, lost }) : null
    this.away = new AwayFolders(
      () => takeIn.known,
      (path) => innermost(this.registered(), path),
    )
    const isKnown = (path: string) => takeIn.known.entries.has(path) || importQueue.has(path)
    this.#sidecars = new ChangedSidecars(isKnown, (files) => void importQueue.offer(files))
    this.#watchers = new RootWatchers({
      found: (file) => void this.#offer(file),
      // New files are told of once they are whole.
      touched: (path) => takeIn.known.entries.has(path) && void this.look(path),
      sidecar: (path) => this.#sidecars.note(path),
      gone: (root, path) => void this.#goneFrom(root, path),
      moved: (root) => void this.#noticeMoved(root),
      problem: (root, text) => progress.problem(root, text),
    })
  }

  begin() {
    const { session, home, watch } = this.#options
    if (!watch) return
    if (this.#leases) this.#leases.begin()
    else this.scanAll()
    this.#looking = setInterval(() => void this.#lookForLost(), reconnectIntervalMs).unref()
    this.#unfollow = home.onRootsChange(session.keys.gallery, () => void this.#noticeRoots())
  }

  /** Whether a path is this server's to follow; where there is one server, all are. */
  isMine(path: string): boolean {
    return this.#leases?.holds(path) ?? true
  }

  /** Another server may have followed these roots until now: what it noted is read before they are. */
  #takeOver = async (roots: string[]) => {
    const { takeIn, progress, taken } = this.#options
    try {
      await takeIn.load()
      for (const root of this.registered()) if (roots.some((path) => isIn(root.path, path))) this.#scan(root)
      taken()
    } catch (error) {
      progress.failed(roots[0] ?? '', error) // Redis is away again: the roots are looked for (#lookForLost)
    }
  }

  /** Another server follows these roots from now on, and takes in what is still to be taken in. */
  #letGo = async (roots: string[]) => {
    for (const { path } of this.registered())
      if (roots.some((root) => isIn(path, root))) await this.#watchers.unfollow(path)
    this.stopScans()
    this.#options.importQueue.cancel()
    this.scanAll()
  }

  registered(): RegisteredRoot[] {
    const { session, home } = this.#options
    return home.roots(session.keys.gallery)
  }

  /** Registers roots that `checkPlaces` let pass, and scans them. */
  async add(watchedPaths: WatchedPath[], album: string | null): Promise<void> {
    const { session, home } = this.#options
    const before = this.registered()
    // Of the others it is to be found out first whether they are.
    const mine = watchedPaths.filter(({ path }) => this.isMine(path))
    const after = watchedPaths.reduce((roots, watched) => withRoot(roots, watched, album), before)
    for (const { path } of after) this.#noticed.add(path)
    if (after !== before) home.setRoots(session.keys.gallery, after)
    await this.#leases?.look()
    // What is inside another folder of the same call is read with that one.
    const isInner = ({ path }: WatchedPath) =>
      watchedPaths.some((other) => other.path !== path && isIn(path, other.path))
    for (const watched of mine) if (!isInner(watched)) this.#scan(watched)
    await this.#dropUnregistered()
  }

  /** A root lies elsewhere by now: what it holds there is recognised. `to`: as `checkPlaces` let it pass. */
  async replace(from: string, to: WatchedPath): Promise<void> {
    const { session, home } = this.#options
    const old = this.registered().find(({ path }) => path === from)
    const rest = this.registered().filter(({ path }) => path !== from)
    home.setRoots(session.keys.gallery, rest)
    await this.add([to], old?.album ?? null)
    for (const choice of ['sidecars', 'nameDates'] as const)
      if (old?.[choice]) this.choose(to.path, choice, true)
  }

  async forget(path: string): Promise<void> {
    const { session, home } = this.#options
    const rest = this.registered().filter((root) => root.path !== path)
    home.setRoots(session.keys.gallery, rest)
    await this.#dropUnregistered()
  }

  /** Switches a choice of a root on or off. NOT_FOUND where it is not registered. */
  choose(path: string, choice: 'sidecars' | 'nameDates', isOn: boolean) {
    const { session, home } = this.#options
    if (!this.registered().some((root) => root.path === path))
      throw new GalleryError('NOT_FOUND', 'noFolder', { path })
    const roots = this.registered().map((root) => {
      if (root.path !== path) return root
      const { sidecars, nameDates, ...others } = { ...root, [choice]: isOn }
      return {
        ...others,
        ...(sidecars ? { sidecars: true as const } : {}),
        ...(nameDates ? { nameDates: true as const } : {}),
      }
    })
    home.setRoots(session.keys.gallery, roots)
  }

  /** `deep`: see ImportQueue.offer. */
  scanAll({ deep = false } = {}) {
    for (const root of this.registered()) this.#scan(root, { deep })
  }

  /** Reads a part of a root anew. */
  scanFolder(path: string) {
    this.#scan({ path })
  }

  /** Reads a root, or a part of one, that is another folder than before. */
  scanAgain(path: string) {
    const root = this.registered().find((one) => one.path === path)
    this.#scanFound(root ?? { path })
  }

  /** By this server or another one. */
  isWatched({ path }: WatchedPath): boolean {
    return this.#watchers.has(path) || !this.isMine(path)
  }

  isOnline(root: WatchedPath): Promise<boolean> {
    return isOnline(root, this.#newestIn(root))
  }

  /** Looks at one file that may hold something else by now, although nothing told so. */
  async look(path: string): Promise<void> {
    const root = innermost(this.registered(), path)
    const file = root && (await fileOf(path))
    if (file && !file.problem && this.isMine(path)) await this.#offer(file)
  }

  async #offer(file: FoundFile) {
    const { importQueue, takeIn, progress } = this.#options
    try {
      // Otherwise it is found as its folder is read.
      if (await takeIn.meet(file.path)) await takeIn.met(importQueue.offer([file]))
    } catch (error) {
      progress.failed(file.path, error)
    }
  }

  /** New files that may hold what changed ones held: see ImportQueueOptions. Of a root that nobody has read, all are looked at. */
  async elsewhere(changed: FoundFile[]): Promise<FoundFile[]> {
    const { known } = this.#options.takeIn
    const sizes = new Set(changed.map(({ path }) => known.entries.get(path)?.size ?? -1))
    const since = Math.min(...changed.map(({ ctime, mtime }) => ctime ?? mtime)) - movedBeforeMs
    const found: FoundFile[] = []
    for (const root of this.registered().filter(({ path, file }) => !file && this.isMine(path)))
      found.push(...(await newInChangedFolders(known, root, sizes, this.#read.has(root.path) ? since : 0)))
    return found.filter((file) => this.#options.takeIn.compare(file) === 'new')
  }

  /** Stops the scans that run or wait. */
  stopScans() {
    this.#stop.abort()
    this.#stop = new AbortController()
  }

  /** Resolves once the scans that are queued by now have come to their end. */
  scanned(): Promise<void> {
    return this.#scans
  }

  /** Begins no scan any more, and lets go of all roots. */
  async close(): Promise<void> {
    clearInterval(this.#looking)
    this.#sidecars.end()
    this.#unfollow()
    this.#stop.abort()
    await this.#watchers.close()
  }

  /** Another server may follow them: to be called when nothing is taken in any more. */
  async release(): Promise<void> {
    await this.#leases?.close()
  }

  /** Queues a scan of a root or a part of one; the status says `working` from this moment. `last`: see ImportQueue.offer. */
  #scan(watched: WatchedPath, { last = false, deep = false } = {}) {
    this.#noticed.add(watched.path)
    if (!this.isMine(watched.path)) return
    this.#read.add(watched.path)
    const { takeIn, importQueue, progress } = this.#options
    progress.scanBegins()
    importQueue.scanBegins()
    const { signal } = this.#stop
    const parts = {
      takeIn,
      importQueue,
      progress,
      away: this.away,
      passed: this.#notePassed,
      before: () => this.#followRootOf(watched),
    }
    this.#scans = this.#scans.then(() => {
      this.#foundAgain.delete(watched.path)
      return syncRoot(parts, watched, { signal, last, deep })
    })
  }

  #notePassed = (path: string, passed: Scan['passed']) => {
    if (this.registered().some((root) => root.path === path))
      this.#passed.set(
        path,
        passed.slice(0, maxPassedShown).map((one) => ({ ...one, reason: english(one.text) })),
      )
  }

  /** What the last whole scan of a root passed over; not known before it. */
  passedIn(root: string): Failure[] {
    return this.#passed.get(root) ?? []
  }

  #newestIn = (root: WatchedPath) => () => newestIn(this.#options.takeIn.known, root)

  async #followRootOf({ path }: WatchedPath) {
    const root = innermost(this.registered(), path)
    if (root?.restored) this.#noteSeen(root.path)
    if (this.#options.watch && root) await this.#watchers.follow(root)
  }

  /** A root that came with a backup is on this computer: from now on it is one like any other. */
  #noteSeen(path: string) {
    const roots = this.registered().map(({ restored, ...root }) =>
      restored && root.path !== path ? { ...root, restored } : root,
    )
    const { session, home } = this.#options
    home.setRoots(session.keys.gallery, roots)
  }

  async #goneFrom(root: WatchedPath, path: string) {
    const online = await isOnline(root, this.#newestIn(root))
    if (!online || root.file) await this.#watchers.unfollow(root.path)
    const { takeIn, progress } = this.#options
    try {
      if (!online) await takeIn.offline(pathsIn(takeIn.known, root))
      else if (!(await takeIn.meet(path))) return
      else if (await this.away.has(path)) await takeIn.offline(this.#besides(path))
      else {
        await takeIn.lose(path)
        await takeIn.forgetFailed(path)
      }
    } catch (error) {
      progress.failed(path, error)
    }
  }

  /** The files of the folder of a file that is found to be away, so that all have gone at one moment; none where that is known. */
  #besides(path: string): string[] {
    const { entries } = this.#options.takeIn.known
    const isKnown = entries.get(path)?.away !== undefined
    return isKnown ? [] : [...entries.keys()].filter((other) => dirname(other) === dirname(path))
  }

  async #dropUnregistered(): Promise<void> {
    const paths = new Set(this.registered().map(({ path }) => path))
    for (const path of this.#noticed) if (!paths.has(path)) this.#noticed.delete(path)
    await this.#watchers.keepOnly(paths)
  }

  /** Another process has changed the roots. It takes in what it has added, so this one only helps from the other end. */
  async #noticeRoots() {
    for (const root of this.registered()) if (!this.#noticed.has(root.path)) this.#scan(root, { last: true })
    await this.#dropUnregistered()
  }

  /** Drives come back: a root that is not watched although it can be reached is read and followed again. */
  async #lookForLost() {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      for (const root of this.registered().filter(({ path }) => this.isMine(path))) await this.#lookFor(root)
    } finally {
      this.#isLooking = false
    }
  }

  async #lookFor(root: RegisteredRoot) {
    const { takeIn } = this.#options
    const online = await this.isOnline(root)
    // Where Redis is away too, the next look notes it.
    if (!online) await takeIn.offline(pathsIn(takeIn.known, root)).catch(() => undefined)
    if (await this.#watchers.misses(root, online)) this.#scanFound(root)
  }

  /** A root was taken away, and is back already or something else is in its place: nobody waits for the next look. */
  async #noticeMoved(path: string) {
    const root = this.registered().find((one) => one.path === path)
    if (!root || !this.isMine(path)) return
    await this.#options.takeIn.doubt(path)
    await this.#lookFor(root)
  }

  /** One scan waits at a time for each root, whatever else is being done: another drive may have come meanwhile. */
  #scanFound(watched: WatchedPath) {
    if (this.#foundAgain.has(watched.path) || !this.isMine(watched.path)) return
    this.#foundAgain.add(watched.path)
    this.#scan(watched)
  }
}
