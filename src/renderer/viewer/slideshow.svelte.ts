import { preferences } from '../app/preferences.svelte.ts'
import { SlideOrder } from './slide-order.ts'

/** So soon it is looked again whether a film is over, in milliseconds. */
const filmMs = 500

interface Needs {
  /** The index of the photo that is shown, and how many there are. */
  at: () => number
  total: () => number
  go: (index: number) => void
  /** A film runs, and is seen to its end. */
  busy: () => boolean
}

/** Photos one after the other, by themselves, for as long and in the order that the user has chosen, until the user takes over. */
export class Slideshow {
  readonly #needs: Needs
  #order = $state.raw<SlideOrder | null>(null)
  #next = $state<number | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get runs() {
    return this.#order !== null
  }

  /** The index of the photo that comes next, so that it can be prepared; null where there is none. */
  get next() {
    return this.#next
  }

  toggle() {
    if (this.runs) this.stop()
    else this.start()
  }

  /** Begins, or begins anew from the photo that is shown, as where the order was changed. */
  start() {
    const { at, total } = this.#needs
    this.#order = new SlideOrder(total(), at(), preferences.slidesShuffled)
    this.#wait()
  }

  stop() {
    clearTimeout(this.#timer)
    this.#order = null
    this.#next = null
  }

  #wait(ms = preferences.slideSeconds * 1000) {
    clearTimeout(this.#timer)
    this.#next = this.#order?.after(this.#needs.at()) ?? null
    this.#timer = setTimeout(() => this.#goOn(), ms)
  }

  #goOn() {
    const { at, busy, go, total } = this.#needs
    if (busy()) {
      this.#wait(filmMs)
      return
    }
    // Photos came or went: each has another index now.
    if (this.#order?.total !== total())
      this.#order = new SlideOrder(total(), at(), preferences.slidesShuffled)
    const next = this.#order.after(at())
    if (next === null) {
      this.stop()
      return
    }
    this.#order.reach()
    go(next)
    this.#wait()
  }
}
