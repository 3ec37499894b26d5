import type { CardOptions, CardProgress, CardResult } from '../../shared/schemas/card.ts'
import type { CatalogueOptions } from '../../shared/schemas/catalogue.ts'
import type { ExportOptions } from '../../shared/schemas/export.ts'
import { dirname } from 'node:path'
import { exampleFile, nameByPattern } from '../../shared/domain/naming-pattern.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Connection } from '../redis/connection.ts'
import type { Failure, FoundPhoto, MissingPhoto, Root } from '../../shared/schemas/library.ts'
import type { Home } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import type { Originals } from '../photos/originals.ts'
import { cardGalleryOf } from './card/card-gallery.ts'
import { checkCard, importCard } from './card/import-card.ts'
import { importCatalogue } from './catalogues/import-catalogue.ts'
import { createDecoder, type Decoder } from './decode/pool.ts'
import { exportPhotos } from './export/export-photos.ts'
import type { ImportQueue } from './queue/import-queue.ts'
import { joinParts } from './library-parts.ts'
import type { Library } from './library.ts'
import { findPhotos } from './recognition/locate-photo.ts'
import { makeFolder } from './make-folder.ts'
import type { MissingPhotos } from './recognition/missing-photos.ts'
import type { Progress } from './queue/progress.ts'
import { checkPlaces, innermost, samplesFolder } from './roots/registered-roots.ts'
import { copySamples } from './samples/copy-samples.ts'
import type { SidecarWriter } from './sidecars-out/sidecar-writer.ts'
import type { TakeIn } from './take-in.ts'
import { UploadLanding, type WholeUpload } from './uploads/land-upload.ts'
import type { WatchedRoots } from './roots/watched-roots.ts'

export interface LibraryOptions {
  /** Follow the registered folders from now on; otherwise folders are only taken in when they are added. */
  watch: boolean
  decoder?: Decoder
  /** The program's own connection: each root is followed by one of the servers that have the same ones (roots/root-leases.ts). */
  steward?: Connection | null
}

class WatchedLibrary implements Library {
  readonly originals: Originals
  readonly #session: Session
  readonly #home: Home
  readonly #decoder: Decoder
  readonly #progress: Progress
  readonly #takeIn: TakeIn
  readonly #missing: MissingPhotos
  readonly #importQueue: ImportQueue
  readonly #roots: WatchedRoots
  readonly #watch: boolean
  readonly #sidecars: SidecarWriter
  readonly #uploads: UploadLanding

  constructor(session: Session, home: Home, options: LibraryOptions) {
    const { watch, decoder = createDecoder(), steward = null } = options
    const taken = () => this.#writeSidecars()
    const parts = joinParts({ session, home, watch, decoder, steward, taken })
    this.#session = session
    this.#home = home
    this.#watch = watch
    this.#decoder = decoder
    this.originals = parts.originals
    this.#progress = parts.progress
    this.#takeIn = parts.takeIn
    this.#missing = parts.missing
    this.#importQueue = parts.importQueue
    this.#sidecars = parts.sidecars
    this.#roots = parts.roots
    this.#uploads = new UploadLanding({
      session,
      known: this.#takeIn.known,
      roots: () => this.#roots.registered(),
      isOnline: (root) => this.#roots.isOnline(root),
      look: (path) => this.#roots.look(path),
    })
  }

  async begin() {
    await this.#takeIn.load()
    this.#roots.begin()
    this.#writeSidecars()
  }

  roots = async (): Promise<Root[]> =>
    Promise.all(
      this.#roots.registered().map(async (root) => ({
        path: root.path,
        album: root.album,
        file: root.file === true,
        online: await this.#roots.isOnline(root),
        watched: this.#roots.isWatched(root),
        away: this.#roots.away.in(root.path),
        passed: this.#roots.passedIn(root.path),
        sidecars: root.sidecars === true,
        nameDates: root.nameDates === true,
        uploads: root.uploads ?? null,
      })),
    )

  add = async (named: string[], album?: string): Promise<Root[]> => {
    const watchedPaths = await checkPlaces(this.#home, named, album)
    await this.#roots.add(watchedPaths, album ?? null)
    return this.roots()
  }

  find = (paths: string[]): Promise<FoundPhoto[]> => findPhotos(this.#session, this.#takeIn.known, paths)

  forget = (path: string): Promise<void> => this.#roots.forget(path)

  replaceRoot = async (from: string, to: string): Promise<Root[]> => {
    if (!this.#roots.registered().some(({ path, file }) => path === from && !file))
      throw new GalleryError('NOT_FOUND', 'noFolder', { path: from })
    const [place] = await checkPlaces(this.#home, [to], undefined)
    if (place) await this.#roots.replace(from, place)
    return this.roots()
  }

  setSidecars = async (path: string, write: boolean): Promise<Root[]> => {
    this.#roots.choose(path, 'sidecars', write)
    if (write) this.#writeSidecars()
    return this.roots()
  }

  setUploads = (path: string, pattern: string | null): Promise<Root[]> => {
    if (pattern !== null) nameByPattern(pattern, exampleFile())
    this.#roots.chooseUploads(path, pattern)
    return this.roots()
  }

  uploadRoot = () => this.#uploads.root()

  landUpload = (upload: WholeUpload) => this.#uploads.land(upload)

  setNameDates = async (path: string, use: boolean): Promise<Root[]> => {
    this.#roots.choose(path, 'nameDates', use)
    await this.#takeIn.rereadNamed(path)
    this.#roots.scanFolder(path)
    return this.roots()
  }

  /** Only a library that follows its folders writes into them. */
  #writeSidecars() {
    if (this.#watch && this.#roots.registered().some(({ sidecars }) => sidecars)) this.#sidecars.begin()
  }

  missing = (): Promise<MissingPhoto[]> => this.#missing.list()

  confirmGone = async (folder: string): Promise<void> => {
    await this.#missing.confirm(folder)
    this.#roots.away.begin(folder)
  }

  locatePhoto = async (photo: string, to: string, differs: boolean): Promise<Root[]> => {
    const path = await this.#missing.found(photo, to, differs)
    if (innermost(this.#roots.registered(), path)) this.#roots.scanFolder(dirname(path))
    else await this.add([dirname(path)])
    return this.roots()
  }

  rescan = async (): Promise<void> => {
    await this.#takeIn.load()
    this.#roots.scanAll({ deep: true })
  }

  lookAgain = (): void => this.#roots.scanAll()

  prefer = (photos: string[]): void => {
    const { known } = this.#takeIn
    this.#importQueue.prefer(new Set(photos.flatMap((photo) => known.pathsOfPhoto(photo))))
  }

  /** The folder is registered first: what cannot be taken in is refused before it is copied, and what lies there is known. */
  async *importCard(
    options: CardOptions,
    signal: AbortSignal = new AbortController().signal,
  ): AsyncGenerator<CardProgress, CardResult> {
    await checkCard(options)
    await makeFolder(options.target).catch((cause: unknown) => {
      throw new GalleryError('FORBIDDEN', 'cardTarget', { folder: options.target }, { cause })
    })
    await this.add([options.target])
    await this.settled()
    const result = yield* importCard(options, cardGalleryOf(this.#takeIn.known, this.#decoder), signal)
    await this.add([options.target])
    return result
  }

  importCatalogue = (options: CatalogueOptions, signal: AbortSignal = new AbortController().signal) =>
    importCatalogue({ session: this.#session, find: this.find }, options, signal)

  exportPhotos = (options: ExportOptions, signal: AbortSignal | undefined) =>
    exportPhotos(
      { session: this.#session, home: this.#home, originals: this.originals, decoder: this.#decoder },
      options,
      signal,
    )

  status = () => this.#progress.status()

  follow = (signal: AbortSignal | undefined) => this.#progress.follow(signal)

  pause = () => this.#setPaused(true)

  resume = () => this.#setPaused(false)

  cancel = () => {
    this.#progress.cancel()
    this.#roots.stopScans()
    this.#importQueue.cancel()
    this.#progress.pause(false)
  }

  failures = (): Promise<Failure[]> => {
    const roots = this.#roots.registered()
    const failures = [...this.#takeIn.known.failures]
      .filter(([path]) => innermost(roots, path))
      .map(([path, { reason, text }]) => ({ path, reason, ...(text ? { text } : {}) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
    return Promise.resolve(failures)
  }

  addSamples = async (): Promise<Root[]> => {
    const folder = samplesFolder(this.#home)
    await copySamples(folder)
    return this.add([folder])
  }

  settled = async (): Promise<void> => {
    await this.#roots.scanned()
    await this.#progress.settled()
  }

  close = async (): Promise<void> => {
    this.#importQueue.cancel()
    await this.#sidecars.close()
    await this.#roots.close()
    await this.#roots.scanned()
    await this.#importQueue.drained()
    await this.#takeIn.close()
    await this.#roots.release()
    await this.#decoder.close()
  }

  #setPaused(paused: boolean) {
    this.#importQueue.pause(paused)
    this.#progress.pause(paused)
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
