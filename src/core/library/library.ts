import type { CardOptions, CardProgress, CardResult } from '../../shared/schemas/card.ts'
import type { CatalogueOptions, CatalogueProgress, CatalogueResult } from '../../shared/schemas/catalogue.ts'
import type { ExportOptions, ExportProgress, ExportResult } from '../../shared/schemas/export.ts'
import type { Failure, FoundPhoto, MissingPhoto, LibraryStatus, Root } from '../../shared/schemas/library.ts'
import type { Landed } from '../../shared/domain/uploads.ts'
import type { WholeUpload } from './uploads/land-upload.ts'
import type { Originals } from '../photos/originals.ts'

/** The watched folders and single files of this host, and the work of taking their photos in. */
export interface Library {
  /** What was taken in, for callers of any account. */
  originals: Originals
  roots: () => Promise<Root[]>
  /**
   * Registers folders, or single files for an album, and begins to take them in; answers with all roots. Throws INVALID,
   * NOT_FOUND or FORBIDDEN for what cannot be added.
   */
  add: (paths: string[], album?: string) => Promise<Root[]>
  /** The photos that were taken in from these files, where they are now. */
  find: (paths: string[]) => Promise<FoundPhoto[]>
  forget: (path: string) => Promise<void>
  /** A root lies elsewhere by now. Throws as `add`. */
  replaceRoot: (from: string, to: string) => Promise<Root[]>
  /** Whether what users enter is written into sidecars beside the photos of a folder. NOT_FOUND where it is not registered. */
  setSidecars: (path: string, write: boolean) => Promise<Root[]>
  /**
   * Has what browsers send land in a folder, named by a pattern; null: no more. NOT_FOUND where it is not registered, INVALID for a
   * pattern that is none, or a folder that feeds one album alone.
   */
  setUploads: (path: string, pattern: string | null) => Promise<Root[]>
  /** The folder that takes uploads. UNAVAILABLE where there is none, or its drive is away. */
  uploadRoot: () => Promise<{ path: string }>
  /** Gives a file that was sent its place in that folder, and takes it in. Throws as UploadLanding does. */
  landUpload: (upload: WholeUpload) => Promise<Landed>
  /**
   * Whether the names of a folder's files tell when their photos were taken, where the files do not. Known files are read for it again.
   * NOT_FOUND where the folder is not registered.
   */
  setNameDates: (path: string, use: boolean) => Promise<Root[]>
  /** Photos whose files are gone, of those that are not in the trash. */
  missing: () => Promise<MissingPhoto[]>
  /** The photos of a folder that is away are missing: its files are gone for good. */
  confirmGone: (folder: string) => Promise<void>
  /**
   * The file of a missing photo lies in this folder, or is this file. CONFLICT where it holds something else and `differs` is
   * not set; NOT_FOUND where there is none. Its neighbours are found with it.
   */
  locatePhoto: (photo: string, to: string, differs: boolean) => Promise<Root[]>
  rescan: () => Promise<void>
  /** Finds what happened in the folders while nothing was watched, as when the machine slept; files that look the same are not read. */
  lookAgain: () => void
  /** Somebody looks at these photos: those of them that were only looked at, or wait to be read again, are read before all others. */
  prefer: (photos: string[]) => void
  /** Copies the photos of a card into a folder, and takes that in. Throws INVALID, NOT_FOUND, FORBIDDEN or UNAVAILABLE. */
  importCard: (
    options: CardOptions,
    signal: AbortSignal | undefined,
  ) => AsyncGenerator<CardProgress, CardResult>
  /** Gives photos what another program knows of them. Throws as importCatalogue does. */
  importCatalogue: (
    options: CatalogueOptions,
    signal: AbortSignal | undefined,
  ) => AsyncGenerator<CatalogueProgress, CatalogueResult>
  /** Copies photos that its account can read into a folder that is none of its own. Throws as `importCard`. */
  exportPhotos: (
    options: ExportOptions,
    signal: AbortSignal | undefined,
  ) => AsyncGenerator<ExportProgress, ExportResult>
  status: () => LibraryStatus
  /** The status now and at each change, at most a few times a second, until the signal is aborted. */
  follow: (signal: AbortSignal | undefined) => AsyncGenerator<LibraryStatus>
  pause: () => void
  resume: () => void
  cancel: () => void
  failures: () => Promise<Failure[]>
  addSamples: () => Promise<Root[]>
  /** Resolves once there is nothing left to do. */
  settled: () => Promise<void>
  close: () => Promise<void>
}
