import type { FoundFile } from '../roots/walk.ts'

/** What changed in one go is told of within this time, in milliseconds: so long a changed file waits for the others. */
const settleMs = 1200
/** It waits no longer than this, in milliseconds, whatever else goes on. */
const maxSettleMs = 10_000

interface Unsettled {
  file: FoundFile
  /** What else changed together with it has been looked at. */
  settled: boolean
  /** What it held has been sought elsewhere. */
  sought?: boolean
}

interface SettleParts<Job> {
  /** While folders are read, what a changed file held may be met yet. */
  isReading: () => boolean
  /** Other files are being taken in. */
  isBusy: () => boolean
  /** Files that may hold what changed ones held, and that nobody has told of. */
  elsewhere: ((changed: FoundFile[]) => Promise<FoundFile[]>) | undefined
  found: (files: FoundFile[]) => void
  failed: (path: string, error: unknown) => void
  /** The turn of a file, of which all is known by now. */
  settled: (job: Job) => void
}

/** Changed files, of which another one may yet turn out to hold what they held. They are decided about once nothing else is on its way. */
export class UnsettledFiles<Job extends Unsettled> {
  readonly #parts: SettleParts<Job>
  readonly #jobs = new Set<Job>()
  #timer: NodeJS.Timeout | undefined
  #since = 0
  #isSeeking = false

  constructor(parts: SettleParts<Job>) {
    this.#parts = parts
  }

  add(job: Job) {
    if (this.#jobs.size === 0) this.#since = Date.now()
    this.#jobs.add(job)
    this.#settleSoon(settleMs)
  }

  /** One more file changed: the others wait for what comes with it. */
  wait() {
    if (this.#jobs.size > 0 && Date.now() - this.#since < maxSettleMs) this.#settleSoon(settleMs)
  }

  /** All folders have been read. */
  readingEnds() {
    this.#settleSoon(0)
  }

  /** Gives them up, and returns them. */
  clear(): Job[] {
    clearTimeout(this.#timer)
    const jobs = [...this.#jobs]
    this.#jobs.clear()
    return jobs
  }

  #settleSoon(delay: number) {
    clearTimeout(this.#timer)
    if (this.#parts.isReading() || this.#jobs.size === 0) return
    this.#timer = setTimeout(() => this.#settle(), delay)
  }

  #settle() {
    if (this.#isSeeking) return
    if (this.#parts.isBusy() && Date.now() - this.#since < maxSettleMs) {
      this.#settleSoon(settleMs)
      return
    }
    if (this.#seek()) return
    for (const job of this.#jobs) this.#parts.settled(Object.assign(job, { settled: true }))
    this.#jobs.clear()
  }

  /** Looks once for each changed file whether what it held is where nobody told of it. False where that is done. */
  #seek(): boolean {
    const { elsewhere, failed, found } = this.#parts
    const jobs = [...this.#jobs].filter((job) => !job.sought)
    if (!elsewhere || jobs.length === 0) return false
    for (const job of jobs) job.sought = true
    this.#isSeeking = true
    void elsewhere(jobs.map(({ file }) => file))
      .catch((error: unknown) => {
        failed(jobs[0]?.file.path ?? '', error)
        return []
      })
      .then((files) => {
        this.#isSeeking = false
        if (files.length > 0) found(files)
        this.#settleSoon(0)
      })
    return true
  }
}
