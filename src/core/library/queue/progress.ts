import { errorText, GalleryError } from '../../../shared/errors.ts'
import { english } from '../../../shared/i18n/english.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import type { Failure, LibraryStatus } from '../../../shared/schemas/library.ts'

/** The time over which the rate is measured, in milliseconds. */
const rateWindowMs = 5000
/** Listeners hear of changes no more often than this, in milliseconds. */
const progressDebounceMs = 200

const zero = { found: 0, done: 0, added: 0, changed: 0, unchanged: 0, failed: 0 }

type Outcome = 'added' | 'changed' | 'unchanged' | 'failed'

/** Counts what the library does, and tells its followers. */
export class Progress {
  #counts = { ...zero }
  #problems: Failure[] = []
  /** Scans that have not come to their end. */
  #scans = 0
  /** Scans whose folders have not all been read. */
  #walks = 0
  #paused = false
  #cancelled = false
  /** Moments at which photos were finished, for the rate. */
  #finished: number[] = []
  #waiting = new Set<() => void>()

  /** Files were found; a run that had come to its end begins anew with them. */
  found(files: number) {
    this.#begin()
    this.#counts.found += files
    this.#changed()
  }

  scanBegins() {
    this.#begin()
    this.#scans++
    this.#walks++
    this.#changed()
  }

  /** All folders of a scan have been read: from now on it finds nothing more. */
  walkEnds() {
    this.#walks--
    this.#changed()
  }

  scanEnds() {
    this.#scans--
    this.#changed()
  }

  /** A folder that cannot be read or watched. */
  problem(path: string, text: Text) {
    const reason = english(text)
    if (this.#problems.some((known) => known.reason === reason && known.path === path)) return
    this.#note({ path, reason, text })
  }

  /** Something that is not a file's own fault. One cause may hit every file: it is told once. */
  failed(path: string, error: unknown) {
    const reason = errorText(error)
    if (this.#problems.some((known) => known.reason === reason)) return
    if (error instanceof GalleryError) {
      this.#note({ path, reason, text: error.text })
      return
    }
    console.error(error)
    this.#note({ path, reason })
  }

  done(outcome: Outcome, files = 1) {
    this.#counts.done += files
    this.#counts[outcome] += files
    if (outcome !== 'unchanged') this.#finished.push(...Array.from({ length: files }, () => Date.now()))
    this.#changed()
  }

  /** Files that were found turned out to be none, or are dropped. */
  dropped(files = 1) {
    this.#counts.found -= files
    this.#changed()
  }

  pause(paused: boolean) {
    this.#paused = paused
    this.#changed()
  }

  cancel() {
    this.#cancelled = !this.#isIdle()
    this.#changed()
  }

  status(): LibraryStatus {
    const rate = this.#rate()
    const left = this.#counts.found - this.#counts.done
    return {
      ...this.#counts,
      state: this.#isIdle() ? 'idle' : this.#paused ? 'paused' : 'working',
      scanning: this.#walks > 0,
      rate,
      secondsLeft: rate > 0 && this.#walks === 0 && left > 0 ? left / rate : null,
      problems: this.#problems,
      cancelled: this.#cancelled,
    }
  }

  /** The status now and after each change, until the signal is aborted. */
  async *follow(signal: AbortSignal | undefined): AsyncGenerator<LibraryStatus> {
    while (!signal?.aborted) {
      const next = this.#nextChange(signal)
      yield this.status()
      await next
      // The end is told at once.
      await Promise.race([new Promise((resolve) => setTimeout(resolve, progressDebounceMs)), this.settled()])
    }
  }

  /** Resolves once there is nothing left to do. */
  async settled(): Promise<void> {
    while (!this.#isIdle()) await this.#nextChange(undefined)
  }

  #note(problem: Failure) {
    this.#problems = [...this.#problems, problem]
    this.#changed()
  }

  #isIdle() {
    return this.#scans === 0 && this.#counts.done >= this.#counts.found
  }

  #begin() {
    if (!this.#isIdle()) return
    this.#counts = { ...zero }
    this.#problems = []
    this.#cancelled = false
    this.#finished = []
  }

  #rate() {
    const now = Date.now()
    this.#finished = this.#finished.filter((time) => now - time < rateWindowMs)
    const since = this.#finished[0]
    if (since === undefined || this.#isIdle()) return 0
    return this.#finished.length / Math.max(1, (now - since) / 1000)
  }

  #nextChange(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  #changed() {
    for (const wake of [...this.#waiting]) wake()
  }
}
