/** Movements that come within this time are one, in milliseconds. A jump is a single one, and no flight. */
const oneMovementMs = 150
/** What passes faster than so many screens in a second is not recognised. */
const recognisableScreens = 20

/**
 * Whether photos fly past too fast to be recognised, as when the scroll bar is dragged through years: what is only passed is
 * neither asked for nor drawn, and comes when the movement slows down or rests.
 */
export class Flight {
  #flying = $state(false)
  #top = 0
  #at = -Infinity
  #landing: ReturnType<typeof setTimeout> | undefined

  get flying() {
    return this.#flying
  }

  /** The content was moved to `top` at a time, in milliseconds; the screen is so high. */
  move(top: number, height: number, now: number) {
    const took = Math.max(1, now - this.#at)
    const screens = Math.abs(top - this.#top) / Math.max(1, height)
    this.#flying = took < oneMovementMs && (screens * 1000) / took > recognisableScreens
    this.#top = top
    this.#at = now
    clearTimeout(this.#landing)
    if (this.#flying) this.#landing = setTimeout(() => (this.#flying = false), oneMovementMs)
  }

  /** The grid is gone. */
  end() {
    clearTimeout(this.#landing)
  }
}
