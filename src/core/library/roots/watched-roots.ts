import type { Failure } from '../../../shared/schemas/library.ts'
import type { Home, RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import type { Connection } from '../../redis/connection.ts'
import type { ImportQueue } from '../queue/import-queue.ts'
import type { Presence } from '../recognition/presence.ts'
import type { Progress } from '../queue/progress.ts'
import type { TakeIn } from '../take-in.ts'
import { AwayFolders } from './away-folders.ts'
import { newInChangedFolders } from './changed-folders.ts'
import { FollowedRoots } from './followed-roots.ts'
import { isIn, type WatchedPath } from './registered-roots.ts'
import { RootLeases } from './root-leases.ts'
import { RootRegistry, type RootChoice } from './root-registry.ts'
import { RootScans } from './root-scans.ts'
import type { FoundFile } from './walk.ts'

/** A file may have been moved away so long before another one got its name without anybody having told of it, in milliseconds. */
const movedBeforeMs = 60_000

interface WatchedRootsOptions {
  session: Session
  home: Home
  /** Follow the registered roots from now on; otherwise they are only read when they are added. */
  watch: boolean
  takeIn: TakeIn
  presence: Presence
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
  readonly #registry: RootRegistry
  readonly #scans: RootScans
  readonly #followed: FollowedRoots
  readonly away: AwayFolders
  /** Roots that this process has taken notice of; what is registered besides them another process has added. */
  readonly #noticed = new Set<string>()
  #hearNoMore: () => void = () => undefined
  readonly #leases: RootLeases | null

  constructor(options: WatchedRootsOptions) {
    this.#options = options
    const { takeIn, session, steward, watch, home } = options
    this.#registry = new RootRegistry(home, session)
    const registry = this.#registry
    const roots = () => registry.all().map(({ path }) => path)
    const [taken, lost] = [this.#takeOver, this.#letGo]
    this.#leases = watch && steward ? new RootLeases({ session, steward, roots, taken, lost }) : null
    this.away = new AwayFolders(
      () => takeIn.known,
      (path) => registry.of(path),
    )
    const isMine = (path: string) => this.isMine(path)
    const parts = { ...options, away: this.away, registry, isMine }
    const isRegistered = (path: string) => registry.find(path) !== undefined
    this.#scans = new RootScans({ ...parts, isRegistered, before: this.#followRootOf })
    this.#followed = new FollowedRoots({ ...parts, found: (root) => this.#scans.scanFound(root) })
  }

  begin() {
    if (!this.#options.watch) return
    if (this.#leases) this.#leases.begin()
    else this.scanAll()
    this.#followed.begin()
    this.#hearNoMore = this.#registry.onChange(() => void this.#noticeRoots())
  }

  /** Whether a path is this server's to follow; where there is one server, all are. */
  isMine(path: string): boolean {
    return this.#leases?.holds(path) ?? true
  }

  /** Another server may have followed these roots until now: what it noted is read before they are. */
  #takeOver = async (roots: string[]) => {
    const { takeIn, presence, progress, taken } = this.#options
    try {
      await takeIn.load()
      for (const root of roots) presence.forget(root)
      for (const root of this.registered()) if (roots.some((path) => isIn(root.path, path))) this.#scan(root)
      taken()
    } catch (error) {
      progress.failed(roots[0] ?? '', error) // Redis is away again: the roots are looked for (FollowedRoots)
    }
  }

  /** Another server follows these roots from now on, and takes in what is still to be taken in. */
  #letGo = async (roots: string[]) => {
    for (const { path } of this.registered())
      if (roots.some((root) => isIn(path, root))) await this.#followed.unfollow(path)
    this.stopScans()
    this.#options.importQueue.cancel()
    this.scanAll()
  }

  registered(): RegisteredRoot[] {
    return this.#registry.all()
  }

  /** Registers roots that `checkPlaces` let pass, and scans them. */
  async add(watchedPaths: WatchedPath[], album: string | null): Promise<void> {
    // Of the others it is to be found out first whether they are.
    const mine = watchedPaths.filter(({ path }) => this.isMine(path))
    // Before the registry tells of them: they are read below, and need not be a second time.
    for (const { path } of watchedPaths) this.#noticed.add(path)
    this.#registry.add(watchedPaths, album)
    await this.#leases?.look()
    // What is inside another folder of the same call is read with that one.
    const isInner = ({ path }: WatchedPath) =>
      watchedPaths.some((other) => other.path !== path && isIn(path, other.path))
    for (const watched of mine) if (!isInner(watched)) this.#scan(watched)
    await this.#dropUnregistered()
  }

  /** A root lies elsewhere by now: what it holds there is recognised. `to`: as `checkPlaces` let it pass. */
  async replace(from: string, to: WatchedPath): Promise<void> {
    const old = this.#registry.find(from)
    this.#registry.remove(from)
    await this.add([to], old?.album ?? null)
    for (const choice of ['sidecars', 'nameDates'] as const)
      if (old?.[choice]) this.choose(to.path, choice, true)
  }

  async forget(path: string): Promise<void> {
    this.#registry.remove(path)
    await this.#dropUnregistered()
  }

  /** Switches a choice of a root on or off. NOT_FOUND where it is not registered. */
  choose(path: string, choice: RootChoice, isOn: boolean) {
    this.#registry.choose(path, choice, isOn)
  }

  /** See RootRegistry. */
  chooseUploads(path: string, pattern: string | null) {
    this.#registry.chooseUploads(path, pattern)
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
    this.#scans.scanFound(this.#registry.find(path) ?? { path })
  }

  /** By this server or another one. */
  isWatched({ path }: WatchedPath): boolean {
    return this.#followed.has(path) || !this.isMine(path)
  }

  isOnline(root: WatchedPath): Promise<boolean> {
    return this.#followed.isOnline(root)
  }

  /** Looks at one file that may hold something else by now, although nothing told so. */
  look(path: string): Promise<void> {
    return this.#followed.look(path)
  }

  /** New files that may hold what changed ones held: see ImportQueueOptions. Of a root that nobody has read, all are looked at. */
  async elsewhere(changed: FoundFile[]): Promise<FoundFile[]> {
    const { known } = this.#options.takeIn
    const sizes = new Set(changed.map(({ path }) => known.entries.get(path)?.size ?? -1))
    const since = Math.min(...changed.map(({ ctime, mtime }) => ctime ?? mtime)) - movedBeforeMs
    const found: FoundFile[] = []
    for (const root of this.registered().filter(({ path, file }) => !file && this.isMine(path)))
      found.push(
        ...(await newInChangedFolders(known, root, sizes, this.#scans.hasRead(root.path) ? since : 0)),
      )
    return found.filter((file) => this.#options.takeIn.compare(file) === 'new')
  }

  /** Stops the scans that run or wait. */
  stopScans() {
    this.#scans.stop()
  }

  /** Resolves once the scans that are queued by now have come to their end. */
  scanned(): Promise<void> {
    return this.#scans.done()
  }

  /** What the last whole scan of a root passed over; not known before it. */
  passedIn(root: string): Failure[] {
    return this.#scans.passedIn(root)
  }

  /** Begins no scan any more, and lets go of all roots. */
  async close(): Promise<void> {
    this.#hearNoMore()
    this.#scans.close()
    await this.#followed.close()
  }

  /** Another server may follow them: to be called when nothing is taken in any more. */
  async release(): Promise<void> {
    await this.#leases?.close()
  }

  #scan(watched: WatchedPath, how: { last?: boolean; deep?: boolean } = {}) {
    this.#noticed.add(watched.path)
    this.#scans.scan(watched, how)
  }

  #followRootOf = async ({ path }: WatchedPath) => {
    const root = this.#registry.of(path)
    if (root?.restored) this.#registry.noteSeen(root.path)
    if (this.#options.watch && root) await this.#followed.follow(root)
  }

  async #dropUnregistered(): Promise<void> {
    const paths = new Set(this.registered().map(({ path }) => path))
    for (const path of this.#noticed) if (!paths.has(path)) this.#noticed.delete(path)
    await this.#followed.keepOnly(paths)
  }

  /** Another process has changed the roots. It takes in what it has added, so this one only helps from the other end. */
  async #noticeRoots() {
    for (const root of this.registered()) if (!this.#noticed.has(root.path)) this.#scan(root, { last: true })
    await this.#dropUnregistered()
  }
}
