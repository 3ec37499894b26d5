/** A frame that took longer is late, in milliseconds: at 60 a second one takes 17. */
const lateMs = 25
/** So many late frames in a row take no turn; the next one takes one all the same, so that slow machines come to an end too. */
const mostLate = 3

/**
 * Spreads work over frames: a page of photos that comes would else fill and draw the whole screen in one. `most`: turns in a frame.
 * `yields`: at this moment smooth movement goes before the work, and frames that are late take no turn.
 */
export class FrameTurns {
  readonly #most: number
  readonly #yields: () => boolean
  #left: number
  #late = 0
  /** The last frame, by its own clock. */
  #at = Infinity
  #isAwaited = false
  #frame = $state(0)

  constructor(most: number, yields: () => boolean = () => false) {
    this.#most = this.#left = most
    this.#yields = yields
  }

  /** Whether it may be done now. Where not, an effect or a derived value that asked asks again in a later frame. */
  take(): boolean {
    this.#await()
    if (this.#left > 0) {
      this.#left--
      return true
    }
    void this.#frame
    return false
  }

  #await() {
    if (this.#isAwaited) return
    this.#isAwaited = true
    requestAnimationFrame((now) => this.#begin(now))
  }

  #begin(now: number) {
    this.#isAwaited = false
    const yields = this.#yields()
    this.#late = yields && now - this.#at > lateMs ? this.#late + 1 : 0
    this.#at = yields ? now : Infinity
    this.#left = this.#late === 0 ? this.#most : this.#late % (mostLate + 1) === 0 ? 1 : 0
    // Frames are watched for as long as they may be late.
    if (yields) this.#await()
    if (this.#left > 0) this.#frame++
  }
}
