import { chunksOf } from '../../../shared/domain/chunks.ts'
import { isWorthALook, lookAtOnce } from './first-looks.ts'
import type { LostThumb, LostThumbs } from '../lost-thumbnails.ts'
import type { Progress } from './progress.ts'
import type { TakeIn } from '../take-in.ts'
import type { Outcome, Taken } from '../taken.ts'
import { UnsettledFiles } from './unsettled-files.ts'
import { isSameState, type Look } from '../index/file-identity.ts'
import type { FoundFile } from '../roots/walk.ts'
import { WorkQueue } from './work-queue.ts'

/** A file that is being written is read again after these times, in milliseconds. */
const growingRetriesMs = [300, 700, 1500, 3000, 6000]
interface Job {
  file: FoundFile
  attempt: number
  /** What else changed together with it has been looked at. */
  settled: boolean
  /** What it held has been sought elsewhere. */
  sought?: boolean
  /** What the file became while it was being taken in. */
  next: FoundFile | null
  cancelled: boolean
  /** The file is unchanged, and is read for its photo's lost thumbnail only. */
  lost?: LostThumb
}

/** What the queue asks of the way of a file. */
type FileWay = Pick<TakeIn, 'compare' | 'look' | 'take' | 'flush'>

interface ImportQueueOptions {
  takeIn: FileWay
  lostThumbs: Pick<LostThumbs, 'among' | 'redraw'>
  progress: Progress
  /** Files that are under way at once. */
  together: number
  /** Files that may hold what changed ones held, and that nobody has told of. */
  elsewhere?: (changed: FoundFile[]) => Promise<FoundFile[]>
}

/** Says when a file is taken in: one path at a time, a few files at once. Counts what comes of them. */
export class ImportQueue {
  readonly #takeIn: FileWay
  readonly #lostThumbs: ImportQueueOptions['lostThumbs']
  readonly #progress: Progress
  /** A list of jobs is a first look at their files, whose turns come then. */
  readonly #workQueue: WorkQueue<Job | Job[]>
  readonly #jobs = new Map<string, Job>()
  /** Photos that wait for their batch, whose files have given their turn to others. */
  readonly #writing = new Set<Promise<void>>()
  /** Known files of which this version reads more: their turn comes while nothing else is to be done. */
  readonly #outdated = new Map<string, FoundFile>()
  readonly #unsettled: UnsettledFiles<Job>
  readonly #together: number
  #scans = 0

  constructor({ takeIn, lostThumbs, progress, together, elsewhere }: ImportQueueOptions) {
    this.#takeIn = takeIn
    this.#lostThumbs = lostThumbs
    this.#progress = progress
    this.#together = together
    this.#workQueue = new WorkQueue(together, (work) =>
      Array.isArray(work) ? this.#look(work) : this.#run(work),
    )
    this.#unsettled = new UnsettledFiles({
      isReading: () => this.#scans > 0,
      isBusy: () => this.#workQueue.size > 0 || this.#writing.size > 0,
      elsewhere,
      found: (files) => this.offer(files),
      failed: (path, error) => progress.failed(path, error),
      settled: (job) => this.#workQueue.add(job),
    })
  }

  /**
   * Offers files that were found, and returns those that are unchanged. `last`: after all others, from the back, as another
   * process began at the front.
   */
  offer(files: FoundFile[], { last = false, look = {} }: { last?: boolean; look?: Look } = {}): FoundFile[] {
    const sorted = {
      unchanged: [] as FoundFile[],
      outdated: [] as FoundFile[],
      failed: [] as FoundFile[],
      new: [] as FoundFile[],
    }
    for (const file of files) {
      const job = this.#jobs.get(file.path)
      if (job) job.next = isSameState(job.file, file) ? null : file
      else sorted[this.#takeIn.compare(file, look)].push(file)
    }
    const { unchanged, failed, outdated } = sorted
    const waiting = outdated.filter(({ path }) => !this.#outdated.has(path)).length
    this.#progress.found(unchanged.length + failed.length + waiting + sorted.new.length)
    for (const file of outdated) this.#outdated.set(file.path, file)
    if (unchanged.length > 0) this.#progress.done('unchanged', unchanged.length)
    if (failed.length > 0) this.#progress.done('failed', failed.length)
    this.#enqueueNew(sorted.new, last)
    this.#readOutdated()
    return [...unchanged, ...outdated]
  }

  /** Whether a file is being taken in, or waits for it. */
  has(path: string): boolean {
    return this.#jobs.has(path)
  }

  /** A few at a time, so that whatever else comes is soon done. */
  #readOutdated() {
    for (const [path, file] of this.#outdated) {
      if (this.#scans > 0 || this.#workQueue.size > this.#together) return
      this.#outdated.delete(path)
      // Its turn may have come already, as it changed.
      if (this.#jobs.has(path) || this.#takeIn.compare(file) === 'unchanged') this.#progress.done('unchanged')
      else this.#enqueue({ file })
    }
  }

  /** Reads those of some unchanged files again whose photos have lost their thumbnails. */
  async mendThumbs(files: FoundFile[]) {
    for (const lost of await this.#lostThumbs.among(files))
      if (!this.#jobs.has(lost.file.path)) this.#enqueue({ file: lost.file, lost })
  }

  /** While folders are read, what a changed file held may be met yet. */
  scanBegins() {
    this.#scans++
  }

  scanEnds() {
    this.#scans--
    if (this.#scans === 0) this.#unsettled.readingEnds()
    this.#readOutdated()
  }

  /** Has the files at some paths taken in before all others that wait for their turns. */
  prefer(paths: ReadonlySet<string>) {
    this.#workQueue.prefer((work) => !Array.isArray(work) && paths.has(work.file.path))
  }

  pause(paused: boolean) {
    this.#workQueue.pause(paused)
  }

  /** Drops what has not begun yet. */
  cancel() {
    const dropped = [...this.#workQueue.clear().flat(), ...this.#unsettled.clear()]
    for (const { file } of dropped) this.#jobs.delete(file.path)
    for (const job of this.#jobs.values()) job.cancelled = true
    this.#progress.dropped(dropped.filter(({ lost }) => !lost).length + this.#outdated.size)
    this.#outdated.clear()
    this.#workQueue.pause(false)
  }

  /** Resolves when everything that was offered is written. */
  async drained(): Promise<void> {
    do {
      await this.#workQueue.idle()
      await this.#takeIn.flush()
      await Promise.all(this.#writing)
    } while (this.#workQueue.size > 0)
  }

  #enqueue(work: Pick<Job, 'file' | 'lost'>, { last = false } = {}) {
    this.#workQueue.add(this.#jobFor(work), { last })
  }

  #jobFor(work: Pick<Job, 'file' | 'lost'>): Job {
    const job: Job = { ...work, attempt: 0, settled: false, next: null, cancelled: false }
    this.#jobs.set(job.file.path, job)
    this.#unsettled.wait()
    return job
  }

  /** Where files would have to wait for their turns, a first look at each comes before all turns. */
  #enqueueNew(files: FoundFile[], last: boolean) {
    const isBusy = this.#workQueue.size + files.length > this.#together
    const looks = isBusy && !last ? files.filter(isWorthALook) : []
    const looked = new Set(looks)
    for (const some of chunksOf(looks, lookAtOnce))
      this.#workQueue.add(
        some.map((file) => this.#jobFor({ file })),
        { first: true },
      )
    for (const file of files) if (!looked.has(file)) this.#enqueue({ file }, { last })
  }

  async #look(jobs: Job[]): Promise<void> {
    await this.#takeIn.look(jobs.map(({ file }) => file))
    for (const job of jobs) {
      if (!job.cancelled) this.#workQueue.add(job)
      else {
        this.#count('dropped')
        this.#finish(job)
      }
    }
  }

  async #run(job: Job): Promise<void> {
    try {
      if (job.lost) await this.#lostThumbs.redraw(job.lost)
      else if (!this.#isOver(job, await this.#take(job))) return
    } catch (error) {
      this.#failed(job, error)
    }
    this.#finish(job)
  }

  #take({ file, attempt, settled }: Job): Promise<Taken> {
    return this.#takeIn.take(file, {
      lastTry: attempt >= growingRetriesMs.length,
      settled,
      urgent: () => this.#workQueue.size <= 1,
    })
  }

  /** Counts what came of a file; false where that is not known yet. */
  #isOver(job: Job, taken: Taken): boolean {
    if (typeof taken === 'object') {
      const writing = this.#settle(job, taken.written).finally(() => this.#writing.delete(writing))
      this.#writing.add(writing)
      return false
    }
    if (taken === 'growing' && !job.cancelled) {
      this.#workQueue.addLater(job, growingRetriesMs[job.attempt++] ?? 0)
      return false
    }
    if (taken === 'unsettled' && !job.cancelled) {
      this.#unsettled.add(job)
      return false
    }
    this.#count(taken === 'growing' || taken === 'unsettled' ? 'dropped' : taken)
    return true
  }

  async #settle(job: Job, written: Promise<Outcome | { error: unknown }>) {
    const outcome = await written
    if (typeof outcome === 'object') this.#failed(job, outcome.error)
    else this.#count(outcome)
    this.#finish(job)
  }

  #count(outcome: Outcome) {
    if (outcome === 'dropped') this.#progress.dropped()
    else this.#progress.done(outcome)
  }

  /** Something other than the file is at fault, Redis for one: the next scan tries again. */
  #failed({ file, lost }: Job, error: unknown) {
    this.#progress.failed(file.path, error)
    if (!lost) this.#progress.done('failed')
  }

  /** The file is taken care of. What it became meanwhile is its next turn. */
  #finish(job: Job) {
    this.#jobs.delete(job.file.path)
    if (job.next && !job.cancelled) this.offer([job.next])
    else this.#readOutdated()
  }
}
