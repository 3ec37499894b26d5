/** How long each photo is shown, in milliseconds. */
const photoMs = 4000

/** Photos one after the other, by themselves, until the user takes over. */
export class Slideshow {
  readonly #next: () => boolean
  readonly #busy: () => boolean
  #runs = $state(false)
  #timer: ReturnType<typeof setInterval> | undefined

  /** `next` goes on by one, and tells whether there was another; `busy`: a film runs, and is seen to its end. */
  constructor(next: () => boolean, busy: () => boolean) {
    this.#next = next
    this.#busy = busy
  }

  get runs() {
    return this.#runs
  }

  toggle() {
    if (this.#runs) {
      this.stop()
      return
    }
    this.#runs = true
    this.#timer = setInterval(() => {
      if (!this.#busy() && !this.#next()) this.stop()
    }, photoMs)
  }

  stop() {
    clearInterval(this.#timer)
    this.#runs = false
  }
}
