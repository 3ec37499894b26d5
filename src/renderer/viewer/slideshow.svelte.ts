/** How long each photo is shown, in milliseconds. */
const photoMs = 4000

/** Photos one after the other, by themselves, until the user takes over. */
export class Slideshow {
  readonly #next: () => boolean
  #runs = $state(false)
  #timer: ReturnType<typeof setInterval> | undefined

  /** `next` goes on by one, and tells whether there was another. */
  constructor(next: () => boolean) {
    this.#next = next
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
      if (!this.#next()) this.stop()
    }, photoMs)
  }

  stop() {
    clearInterval(this.#timer)
    this.#runs = false
  }
}
