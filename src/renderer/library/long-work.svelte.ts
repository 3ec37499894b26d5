import { throughSteps } from '../../shared/domain/through-steps.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

type Steps<P, R> = Parameters<typeof throughSteps<P, R>>[0]

/** Work of the gallery that tells how far it is, may be stopped, and says at its end what came of it. */
export class LongWork<P, R> {
  progress = $state.raw<P | null>(null)
  result = $state.raw<R | null>(null)
  stopped = $state(false)
  readonly #notices: Notify
  #stop: AbortController | null = null

  constructor(notices: Notify) {
    this.#notices = notices
  }

  get busy() {
    return this.progress !== null
  }

  stop = () => this.#stop?.abort()

  /** @param first - How far it is before the gallery has said anything. */
  protected async work(first: P, begin: (signal: AbortSignal) => Promise<Steps<P, R>>) {
    this.result = null
    this.stopped = false
    this.progress = first
    const stop = new AbortController()
    this.#stop = stop
    try {
      await this.#notices.attempt(() => this.#follow(stop.signal, begin))
    } finally {
      this.#stop = null
      this.progress = null
    }
  }

  async #follow(signal: AbortSignal, begin: (signal: AbortSignal) => Promise<Steps<P, R>>) {
    try {
      this.result = await throughSteps<P, R>(await begin(signal), (progress) => (this.progress = progress))
    } catch (error) {
      if (!signal.aborted) throw error
      this.stopped = true
    }
  }
}
