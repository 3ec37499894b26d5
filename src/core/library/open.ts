import { mkdir } from 'node:fs/promises'
import type { FSWatcher } from 'chokidar'
import type { Failure, Root } from '../../shared/schemas.ts'
import type { Home, RegisteredRoot } from '../home.ts'
import type { Session } from '../session.ts'
import { Folders } from './folders.ts'
import { Intake } from './intake.ts'
import { Ledger } from './ledger.ts'
import type { Library } from './library.ts'
import { createDecoder, type Decoder } from './pool.ts'
import { Progress } from './progress.ts'
import { checkFolder, innermost, isIn, isOnline, samplesFolder, withRoot } from './roots.ts'
import { walk, type Scan } from './scan.ts'
import { markMissing } from './store.ts'
import { watchFolder } from './watch.ts'

/** How often roots that cannot be reached are looked for again, in milliseconds. */
const lookAgain = 10_000

export interface LibraryOptions {
  /** Follow the registered folders from now on; otherwise folders are only taken in when they are added. */
  watch: boolean
  decoder?: Decoder
}

class WatchedLibrary implements Library {
  readonly #session: Session
  readonly #home: Home
  readonly #watch: boolean
  readonly #decoder: Decoder
  readonly #ledger = new Ledger()
  readonly #progress = new Progress()
  readonly #intake: Intake
  readonly #watchers = new Map<string, FSWatcher>()
  /** Roots that this process has taken notice of; what is registered besides them another process has added. */
  readonly #noticed = new Set<string>()
  /** Scans run one after the other, so that they do not tear at the disk. */
  #scans: Promise<void> = Promise.resolve()
  #stop = new AbortController()
  #looking: NodeJS.Timeout | undefined
  #unfollow: () => void = () => undefined
  #closed = false

  constructor(session: Session, home: Home, { watch, decoder }: LibraryOptions) {
    this.#session = session
    this.#home = home
    this.#watch = watch
    this.#decoder = decoder ?? createDecoder()
    this.#intake = new Intake({
      session,
      decoder: this.#decoder,
      ledger: this.#ledger,
      folders: new Folders(session),
      progress: this.#progress,
      rootOf: (path) => innermost(this.#registered(), path),
    })
  }

  async begin() {
    await this.#ledger.load(this.#session)
    if (!this.#watch) return
    for (const root of this.#registered()) this.#scan(root.path)
    this.#looking = setInterval(() => void this.#lookForLost(), lookAgain).unref()
    this.#unfollow = this.#home.onRootsChange(this.#session.keys.gallery, (roots) => {
      for (const { path } of roots) if (!this.#noticed.has(path)) this.#scan(path)
    })
  }

  roots = async (): Promise<Root[]> =>
    Promise.all(
      this.#registered().map(async ({ path, album }) => ({
        path,
        album,
        online: await isOnline(path, this.#hasPhotosIn(path)),
        watched: this.#watchers.has(path),
      })),
    )

  add = async (folders: string[], album?: string): Promise<Root[]> => {
    const paths = new Set<string>()
    for (const folder of folders) paths.add(await checkFolder(this.#home, folder))
    const before = this.#registered()
    const after = [...paths].reduce((roots, path) => withRoot(roots, path, album ?? null), before)
    for (const { path } of after) this.#noticed.add(path)
    if (after !== before) this.#home.setRoots(this.#session.keys.gallery, after)
    // A folder inside another one of the same call is read with that one.
    const outermost = [...paths].filter(
      (path) => ![...paths].some((other) => other !== path && isIn(path, other)),
    )
    for (const path of outermost) this.#scan(path)
    await this.#dropUnregistered()
    return this.roots()
  }

  forget = async (path: string): Promise<void> => {
    const rest = this.#registered().filter((root) => root.path !== path)
    this.#home.setRoots(this.#session.keys.gallery, rest)
    await this.#dropUnregistered()
  }

  rescan = async (): Promise<void> => {
    await this.#ledger.load(this.#session)
    for (const { path } of this.#registered()) this.#scan(path)
  }

  status = () => this.#progress.status()

  follow = (signal: AbortSignal | undefined) => this.#progress.follow(signal)

  pause = () => this.#setPaused(true)

  resume = () => this.#setPaused(false)

  cancel = () => {
    this.#progress.cancel()
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#intake.cancel()
    this.#progress.pause(false)
  }

  failures = async (): Promise<Failure[]> =>
    [...this.#ledger.failures]
      .map(([path, { reason }]) => ({ path, reason }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))

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
    this.#closed = true
    clearInterval(this.#looking)
    this.#unfollow()
    this.#stop.abort()
    this.#intake.cancel()
    await Promise.all([...this.#watchers.values()].map((watcher) => watcher.close()))
    await this.#scans
    await this.#intake.drained()
    await this.#decoder.close()
  }

  #registered(): RegisteredRoot[] {
    return this.#home.roots(this.#session.keys.gallery)
  }

  #hasPhotosIn(folder: string) {
    for (const path of this.#ledger.entries.keys()) if (isIn(path, folder)) return true
    return false
  }

  #setPaused(paused: boolean) {
    this.#intake.pause(paused)
    this.#progress.pause(paused)
  }

  /** Queues a scan of a folder; the status says `working` from this moment. */
  #scan(folder: string) {
    this.#noticed.add(folder)
    this.#progress.scanBegins()
    const { signal } = this.#stop
    this.#scans = this.#scans.then(async () => {
      const scan: Scan = { problems: [] }
      try {
        if (!signal.aborted) await this.#readFolder(folder, scan, signal)
      } catch (error) {
        scan.problems.push({ path: folder, reason: error instanceof Error ? error.message : String(error) })
      }
      this.#progress.scanEnds(scan.problems)
    })
  }

  async #readFolder(folder: string, scan: Scan, signal: AbortSignal) {
    if (!(await isOnline(folder, this.#hasPhotosIn(folder)))) {
      scan.problems.push({
        path: folder,
        reason: 'This folder cannot be reached. Its photos stay as they are.',
      })
      return
    }
    if (this.#watch) await this.#follow(folder)
    const seen = new Set<string>()
    for await (const files of walk(folder, scan, signal)) {
      for (const { path } of files) seen.add(path)
      await this.#intake.offer(files)
    }
    await this.#intake.drained()
    if (!signal.aborted) await this.#findMissing(folder, seen, scan)
  }

  /** Photos whose files were not met in a whole scan have lost them; where a folder could not be read, nobody knows. */
  async #findMissing(folder: string, seen: Set<string>, { problems }: Scan) {
    for (const path of [...this.#ledger.entries.keys()]) {
      if (!isIn(path, folder) || seen.has(path)) continue
      if (problems.some((problem) => isIn(path, problem.path))) continue
      await this.#lose(path)
    }
    for (const path of [...this.#ledger.failures.keys()])
      if (isIn(path, folder) && !seen.has(path)) await this.#intake.forgetFailed(path)
  }

  async #lose(path: string) {
    const entry = this.#ledger.entries.get(path)
    if (!entry || entry.missing) return
    const next = await markMissing(this.#session, entry, path)
    this.#ledger.set(path, next ?? { ...entry, missing: true })
  }

  async #follow(folder: string) {
    const root = innermost(this.#registered(), folder)?.path
    if (!root || this.#watchers.has(root) || this.#closed) return
    const watcher = await watchFolder(root, {
      found: (file) => void this.#intake.offer([file]),
      gone: (path) => void this.#goneFrom(root, path),
      lost: () => void this.#unwatch(root),
    })
    if (this.#closed) await watcher.close()
    else this.#watchers.set(root, watcher)
  }

  async #goneFrom(root: string, path: string) {
    if (await isOnline(root, true)) await this.#lose(path).catch((error: unknown) => console.error(error))
    else await this.#unwatch(root)
  }

  async #unwatch(root: string) {
    const watcher = this.#watchers.get(root)
    this.#watchers.delete(root)
    await watcher?.close()
  }

  async #dropUnregistered() {
    const paths = new Set(this.#registered().map(({ path }) => path))
    for (const path of [...this.#watchers.keys()]) if (!paths.has(path)) await this.#unwatch(path)
  }

  /** Drives come back: a root that is not watched although it can be reached is read and followed again. */
  async #lookForLost() {
    for (const { path } of this.#registered()) {
      const online = await isOnline(path, this.#hasPhotosIn(path))
      if (!online) await this.#unwatch(path)
      else if (!this.#watchers.has(path) && this.#progress.status().state === 'idle') this.#scan(path)
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
