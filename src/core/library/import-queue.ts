import { english } from '../../shared/i18n/english.ts'
import type { Text } from '../../shared/i18n/text.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { findLostThumbs } from '../thumbnails/find-bad.ts'
import { writeRedrawn } from '../thumbnails/redraw.ts'
import type { ShownPhoto } from '../thumbnails/shown.ts'
import { WorkQueue } from './work-queue.ts'
import { Batches } from './batch-writer.ts'
import { fetchEntry } from './locate-photo.ts'
import type { Folders } from './folder-albums.ts'
import { decoderVersion, type Entry, type FileIndex } from './file-index.ts'
import { whileAway } from './retry.ts'
import type { Decoder } from './decode/pool.ts'
import type { Progress } from './progress.ts'
import type { Reconciler } from './reconcile.ts'
import type { FoundFile } from './walk.ts'
import { forgetFailure, noteFailure, type NewPhoto } from './photo-writer.ts'

/** A file that is being written is read again after these pauses, in milliseconds. */
const pauses = [300, 700, 1500, 3000, 6000]
/** The size of a file whose failure is not its content's: it fits no file, so the next scan tries again. */
const anySize = -1

export interface IntakeParts {
  session: Session
  decoder: Decoder
  fileIndex: FileIndex
  folders: Folders
  progress: Progress
  reconciler: Reconciler
  rootOf: (path: string) => RegisteredRoot | null
}

interface Job {
  file: FoundFile
  attempt: number
  /** What the file became while it was being taken in. */
  next: FoundFile | null
  cancelled: boolean
  /** The file is unchanged, and is read for this photo's lost thumbnail only. */
  lost?: ShownPhoto
}

/** `later`: the file is being written, read it again; `gathered`: its batch decides. */
type Outcome = 'done' | 'later' | 'gathered'

const sameFile = (a: { size: number; mtime: number }, b: { size: number; mtime: number }) =>
  a.size === b.size && a.mtime === b.mtime

/** Takes files in: compares them with the file index, decodes what is new, and writes it in batches, an album at a time. */
export class ImportQueue {
  readonly #parts: IntakeParts
  readonly #workQueue: WorkQueue<Job>
  readonly #batches: Batches
  readonly #jobs = new Map<string, Job>()

  constructor(parts: IntakeParts) {
    this.#parts = parts
    // One more than there are decoders, so that none waits for the next file to be handed over.
    this.#workQueue = new WorkQueue(parts.decoder.workers + 1, (job) => this.#run(job))
    this.#batches = new Batches({
      session: parts.session,
      folders: parts.folders,
      rootOf: parts.rootOf,
      written: (path, outcome) => this.#written(path, outcome),
    })
  }

  /**
   * Offers files that were found, and returns those that are unchanged. `last`: after all others, from the back, as another
   * process began at the front.
   */
  offer(files: FoundFile[], { last = false } = {}): FoundFile[] {
    const { progress } = this.#parts
    const counts = { unchanged: 0, failed: 0, new: 0 }
    const fresh: FoundFile[] = []
    const unchanged: FoundFile[] = []
    for (const file of files) {
      const job = this.#jobs.get(file.path)
      if (job) {
        job.next = sameFile(job.file, file) ? null : file
        continue
      }
      const state = this.#compare(file)
      counts[state]++
      if (state === 'new') fresh.push(file)
      if (state === 'unchanged') unchanged.push(file)
    }
    progress.found(counts.unchanged + counts.failed + counts.new)
    if (counts.unchanged > 0) progress.done('unchanged', counts.unchanged)
    if (counts.failed > 0) progress.done('failed', counts.failed)
    for (const file of fresh) this.#enqueue(file, { last })
    return unchanged
  }

  /** Reads those of some unchanged files again whose photos have lost their thumbnails. */
  async mendThumbs(files: FoundFile[]) {
    const { fileIndex, session } = this.#parts
    const known = new Map<string, FoundFile>()
    const entries: Entry[] = []
    for (const file of files) {
      const entry = fileIndex.entries.get(file.path)
      if (!entry) continue
      entries.push(entry)
      known.set(entry.photo, file)
    }
    for (const lost of await findLostThumbs(session, entries)) {
      const file = known.get(lost.photo)
      if (file && !this.#jobs.has(file.path)) this.#enqueue(file, { lost })
    }
  }

  pause(paused: boolean) {
    this.#workQueue.pause(paused)
  }

  /** Drops what has not begun yet. */
  cancel() {
    const dropped = this.#workQueue.clear()
    for (const { file } of dropped) this.#jobs.delete(file.path)
    for (const job of this.#jobs.values()) job.cancelled = true
    this.#parts.progress.dropped(dropped.filter(({ lost }) => !lost).length)
    this.#workQueue.pause(false)
  }

  /** Resolves when everything that was offered is written. */
  async drained(): Promise<void> {
    do {
      await this.#workQueue.idle()
      await this.#batches.flush()
    } while (this.#workQueue.size > 0)
  }

  /** The file that could not be read is not there any more. */
  async forgetFailed(path: string) {
    if (this.#parts.fileIndex.failures.delete(path)) await forgetFailure(this.#parts.session, path)
  }

  #compare(file: FoundFile): 'unchanged' | 'failed' | 'new' {
    const { fileIndex } = this.#parts
    const entry = fileIndex.entries.get(file.path)
    if (entry && sameFile(entry, file) && !entry.missing) return 'unchanged'
    if (file.problem) {
      const { size, mtime, problem: text } = file
      fileIndex.failures.set(file.path, { size, mtime, reason: english(text), text, decoder: decoderVersion })
    }
    const failure = fileIndex.failures.get(file.path)
    return failure && sameFile(failure, file) && failure.decoder >= decoderVersion ? 'failed' : 'new'
  }

  #enqueue(file: FoundFile, { last = false, lost }: { last?: boolean; lost?: ShownPhoto } = {}) {
    const job: Job = { file, attempt: 0, next: null, cancelled: false, ...(lost ? { lost } : {}) }
    this.#jobs.set(file.path, job)
    this.#workQueue.add(job, { last })
  }

  async #run(job: Job): Promise<void> {
    const { progress, session } = this.#parts
    try {
      const { lost, file } = job
      const outcome = await whileAway(session, () => (lost ? this.#redraw(file, lost) : this.#take(job)))
      if (outcome === 'gathered') return
      if (outcome === 'done') {
        this.#finish(job.file.path)
        return
      }
      const pause = pauses[job.attempt++] ?? 0
      if (!job.cancelled) {
        this.#workQueue.addLater(job, pause)
        return
      }
      progress.dropped()
    } catch (error) {
      if (job.lost) progress.failed(job.file.path, error)
      else this.#fail(job.file.path, error)
    }
    this.#finish(job.file.path)
  }

  /** The file is taken care of. What it became meanwhile is its next turn. */
  #finish(path: string) {
    const job = this.#jobs.get(path)
    this.#jobs.delete(path)
    if (job?.next && !job.cancelled) this.offer([job.next])
  }

  /** Something other than the file is at fault, Redis for one: the next scan tries again. */
  #fail(path: string, error: unknown) {
    this.#parts.progress.failed(path, error)
    this.#parts.progress.done('failed')
  }

  #written(path: string, outcome: Entry | null | { error: unknown }) {
    const { fileIndex, progress } = this.#parts
    if (outcome === null) progress.dropped()
    else if ('error' in outcome) this.#fail(path, outcome.error)
    else {
      fileIndex.set(path, outcome)
      progress.done('added')
    }
    this.#finish(path)
  }

  /** What was taken in from this path before, by another process of this host too. */
  async #entryOf(path: string): Promise<Entry | undefined> {
    const { fileIndex, session } = this.#parts
    const known = fileIndex.entries.get(path)
    if (known) return known
    const entry = await fetchEntry(session, path)
    if (entry) fileIndex.set(path, entry)
    return entry ?? undefined
  }

  async #take({ file, attempt }: Job): Promise<Outcome> {
    const { fileIndex, progress, decoder, reconciler } = this.#parts
    const isKnown = fileIndex.entries.has(file.path)
    const entry = await this.#entryOf(file.path)
    if (entry && sameFile(entry, file)) {
      if (entry.missing) await reconciler.relocate(entry, file.path, file.path, file)
      // Added meanwhile by another process at work on the same folder: to whoever waits for this one, it is added.
      else progress.done(isKnown ? 'unchanged' : 'added')
      return 'done'
    }
    const result = await decoder.read(file.path)
    if (result.kind === 'photo') return this.#accept({ path: file.path, read: result.photo }, entry)
    if (result.kind === 'growing' && attempt < pauses.length) return 'later'
    if (result.kind === 'gone') progress.dropped()
    else if (result.kind === 'failed') await this.#reject(file, result.text, result.again)
    else await this.#reject(file, { id: 'fileGrowing' }, true)
    return 'done'
  }

  /** A file that was counted as unchanged gives its photo's thumbnail once more. One that fails to was told of before. */
  async #redraw({ path }: FoundFile, { album, thumb }: ShownPhoto): Promise<Outcome> {
    const { fileIndex, session, decoder } = this.#parts
    const entry = fileIndex.entries.get(path)
    const result = entry && (await decoder.read(path))
    if (result?.kind === 'photo' && result.photo.digest === entry?.digest)
      await writeRedrawn(session, { ...entry, album }, { path, read: result.photo }, thumb)
    return 'done'
  }

  async #reject({ path, size, mtime }: FoundFile, text: Text, again: boolean) {
    const { session, fileIndex, progress } = this.#parts
    const reason = english(text)
    const failure = { size: again ? anySize : size, mtime, reason, text, decoder: decoderVersion }
    await noteFailure(session, path, failure)
    fileIndex.failures.set(path, failure)
    progress.done('failed')
  }

  async #accept(photo: NewPhoto, entry: Entry | undefined): Promise<Outcome> {
    await this.forgetFailed(photo.path)
    if (await this.#parts.reconciler.accept(photo, entry)) return 'done'
    await this.#batches.add(photo, this.#workQueue.size <= 1)
    return 'gathered'
  }
}
