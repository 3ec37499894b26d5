import type { Failure, LibraryStatus, Root } from '../../shared/schemas.ts'

/** The watched folders of this host, and the work of taking their photos in. */
export interface Library {
  roots: () => Promise<Root[]>
  /** Registers folders and begins to take them in; answers with all roots. Throws INVALID or NOT_FOUND for a bad folder. */
  add: (folders: string[], album?: string) => Promise<Root[]>
  forget: (path: string) => Promise<void>
  rescan: () => Promise<void>
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
