import { GalleryError } from '../../shared/errors.ts'

/** What a preview is wanted for, the most pressing first: the photo on screen, a cell of a grid, a photo that may be next. */
const urgencies = ['screen', 'cell', 'ahead'] as const
export type Urgency = (typeof urgencies)[number]

export interface QueueLimits {
  /** Pieces of work at once. */
  running: number
  /** Of these, such that were begun for what may be next: the others are left to what is on screen meanwhile. */
  ahead: number
  /** Wishes that wait, of all callers. */
  waiting: number
  /** The same of one caller, so that none fills it alone. */
  ofCaller: number
}

export interface Wish<T> {
  caller: string
  urgency: Urgency
  /** Aborted where nobody waits for it any more. */
  gone: AbortSignal
  work: () => Promise<T>
}

interface Waiter<T> extends Wish<T> {
  name: string
  /** Grows from each to the next. */
  turn: number
  settle: (result: Promise<T>) => void
}

/**
 * Work that many may wait for: what is wanted under one name is done once. The most pressing comes first, callers take turns, and
 * of one caller the latest wish goes before those that it has moved on from. Who is gone has no place any more; what nobody
 * waits for is not begun.
 */
export class PreviewQueue<T> {
  readonly #limits: QueueLimits
  #waiting: Waiter<T>[] = []
  readonly #running = new Map<string, { urgency: Urgency; result: Promise<T> }>()
  /** The last turn that was given to each caller who waits. */
  readonly #served = new Map<string, number>()
  #turns = 0

  constructor(limits: QueueLimits) {
    this.#limits = limits
  }

  /** The result of the work under a name. UNAVAILABLE where too much waits; the reason of the signal where the caller is gone. */
  async ask(name: string, wish: Wish<T>): Promise<T> {
    wish.gone.throwIfAborted()
    const running = this.#running.get(name)
    if (running) return running.result
    const own = this.#waiting.filter(({ caller }) => caller === wish.caller)
    if (own.length >= this.#limits.ofCaller || this.#waiting.length >= this.#limits.waiting)
      throw new GalleryError('UNAVAILABLE', 'tooManyPictures')
    return new Promise<T>((resolve) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter)
        resolve(Promise.reject(wish.gone.reason as Error))
      }
      const settle = (result: Promise<T>) => {
        wish.gone.removeEventListener('abort', leave)
        resolve(result)
      }
      const waiter = { ...wish, name, turn: ++this.#turns, settle }
      wish.gone.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiter)
      this.#begin()
    })
  }

  #begin() {
    while (this.#running.size < this.#limits.running) {
      const next = this.#next()
      if (!next) return
      const { name, caller, urgency } = next
      const result = next.work().finally(() => {
        this.#running.delete(name)
        this.#begin()
      })
      this.#running.set(name, { urgency, result })
      for (const waiter of this.#waiting) if (waiter.name === name) waiter.settle(result)
      this.#waiting = this.#waiting.filter((waiter) => waiter.name !== name)
      if (this.#waiting.some((waiter) => waiter.caller === caller)) this.#served.set(caller, ++this.#turns)
      else this.#served.delete(caller)
    }
  }

  #next(): Waiter<T> | undefined {
    const ahead = [...this.#running.values()].filter(({ urgency }) => urgency === 'ahead').length
    const may = this.#waiting.filter(({ urgency }) => urgency !== 'ahead' || ahead < this.#limits.ahead)
    return may.toSorted((a, b) => this.#compare(a, b))[0]
  }

  #compare(a: Waiter<T>, b: Waiter<T>) {
    const pressing = urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency)
    const served = (this.#served.get(a.caller) ?? 0) - (this.#served.get(b.caller) ?? 0)
    return pressing || served || b.turn - a.turn
  }
}
