import { GalleryError } from '../../shared/errors.ts'

export interface QueueLimits {
  /** Pieces of work that run at once. */
  running: number
  /** Pieces that may wait, of all callers. */
  waiting: number
  /** Pieces that one caller may have in it, so that none fills it alone. */
  ofCaller: number
}

/** Work for callers that could ask for any amount of it. What finds the queue full is refused, not kept. */
export class BoundedQueue {
  readonly #limits: QueueLimits
  readonly #waiting: (() => void)[] = []
  readonly #callers = new Map<string, number>()
  #running = 0

  constructor(limits: QueueLimits) {
    this.#limits = limits
  }

  /** UNAVAILABLE where too much waits already. */
  async run<T>(caller: string, work: () => Promise<T>): Promise<T> {
    const own = this.#callers.get(caller) ?? 0
    if (this.#waiting.length >= this.#limits.waiting || own >= this.#limits.ofCaller)
      throw new GalleryError('UNAVAILABLE', 'tooManyPictures')
    this.#callers.set(caller, own + 1)
    try {
      await this.#turn()
      try {
        return await work()
      } finally {
        this.#running--
        this.#waiting.shift()?.()
      }
    } finally {
      this.#leave(caller)
    }
  }

  #turn(): Promise<void> {
    if (this.#running < this.#limits.running) {
      this.#running++
      return Promise.resolve()
    }
    return new Promise((resolve) =>
      this.#waiting.push(() => {
        this.#running++
        resolve()
      }),
    )
  }

  #leave(caller: string) {
    const left = (this.#callers.get(caller) ?? 1) - 1
    if (left > 0) this.#callers.set(caller, left)
    else this.#callers.delete(caller)
  }
}
