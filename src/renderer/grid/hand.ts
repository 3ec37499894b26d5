/** So long after it moved last a hand is still at work, in milliseconds. */
const restMs = 700
/** No longer than this photos that come in wait for it, in milliseconds. */
const patienceMs = 4000

/**
 * Whether somebody is about to point at something: photos that come in by themselves then wait a moment, so that none moves away from
 * under the pointer.
 */
export class Hand {
  #movedAt = -Infinity
  /** Since when something waits; null where nothing does. */
  #waitingSince: number | null = null

  /** The pointer was moved over the photos, or pressed there. `now` in milliseconds. */
  move(now = performance.now()) {
    this.#movedAt = now
  }

  /** Whether what would move photos has to wait; asked by what waits, again and again. */
  isAtWork(now = performance.now()): boolean {
    this.#waitingSince ??= now
    const works = now - this.#movedAt < restMs && now - this.#waitingSince < patienceMs
    if (!works) this.#waitingSince = null
    return works
  }
}
