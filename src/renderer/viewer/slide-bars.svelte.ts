/** So long the bars stay after the mouse has rested, in milliseconds. */
const restMs = 2000

/** Whether the bars over an open photo are seen: a tap changes it, and while a slideshow runs they come with the mouse and go again. */
export class SlideBars {
  readonly #runs: () => boolean
  #shown = $state(true)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `runs`: a slideshow does. */
  constructor(runs: () => boolean) {
    this.#runs = runs
  }

  get shown() {
    return this.#shown
  }

  /** A slideshow began or ended. */
  follow() {
    clearTimeout(this.#timer)
    this.#shown = !this.#runs()
    return () => clearTimeout(this.#timer)
  }

  tap = () => {
    clearTimeout(this.#timer)
    this.#shown = !this.#shown
  }

  move = (event: PointerEvent) => {
    if (!this.#runs() || event.pointerType === 'touch') return
    this.#shown = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.#shown = false), restMs)
  }
}
