import { exampleFile, nameByPattern, usualPattern } from '../../shared/domain/naming-pattern.ts'
import { throughSteps } from '../../shared/domain/through-steps.ts'
import type { CardProgress, CardResult } from '../../shared/schemas/card.ts'
import type { Client } from '../api/client.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

/** Asks for folders of a card and of its copies, and copies. */
export class CardImport {
  source = $state('')
  target = $state('')
  pattern = $state(usualPattern)
  backup = $state('')
  progress = $state.raw<CardProgress | null>(null)
  result = $state.raw<CardResult | null>(null)
  stopped = $state(false)
  readonly #client: Client
  readonly #notices: Notify
  #begun = 0
  #stop: AbortController | null = null

  constructor(client: Client, notices: Notify) {
    this.#client = client
    this.#notices = notices
  }

  /** Where a photo of today would go; null where the pattern is none. */
  get example(): string | null {
    try {
      return nameByPattern(this.pattern, exampleFile())
    } catch {
      return null
    }
  }

  get busy() {
    return this.progress !== null
  }

  get ready() {
    return this.source.trim() !== '' && this.target.trim() !== '' && this.example !== null
  }

  /** Seconds until all is copied; null until that can be told. */
  get secondsLeft(): number | null {
    const { progress } = this
    if (!progress || progress.bytes === 0) return null
    const seconds = (performance.now() - this.#begun) / 1000
    return ((progress.totalBytes - progress.bytes) / progress.bytes) * seconds
  }

  async start() {
    this.result = null
    this.stopped = false
    this.progress = { done: 0, found: 0, bytes: 0, totalBytes: 0 }
    this.#begun = performance.now()
    const stop = new AbortController()
    this.#stop = stop
    try {
      await this.#notices.attempt(() => this.#run(stop.signal))
    } finally {
      this.#stop = null
      this.progress = null
    }
  }

  stop = () => this.#stop?.abort()

  async #run(signal: AbortSignal) {
    const [source, target, backup] = [this.source.trim(), this.target.trim(), this.backup.trim()]
    const options = { source, target, pattern: this.pattern, ...(backup === '' ? {} : { backup }) }
    try {
      const steps = await this.#client.library.importCard(options, { signal })
      this.result = await throughSteps<CardProgress, CardResult>(
        steps,
        (progress) => (this.progress = progress),
      )
    } catch (error) {
      if (!signal.aborted) throw error
      this.stopped = true
    }
  }
}
