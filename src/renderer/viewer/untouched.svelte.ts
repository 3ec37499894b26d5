/** A key that is held for longer than this is let go of to end it, in milliseconds. */
const tapMs = 300

/** Whether the photo is shown as its file has it: while a key is held, or from one tap of it to the next. */
export class Untouched {
  readonly #now: () => number
  #on = $state(false)

  /** `now`: milliseconds of a clock that is never set. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  get on() {
    return this.#on
  }

  toggle = () => {
    this.#on = !this.#on
  }

  end() {
    this.#on = false
  }

  press() {
    this.toggle()
    if (!this.#on) return
    const begun = this.#now()
    const stop = new AbortController()
    const lift = () => {
      stop.abort()
      if (this.#now() - begun > tapMs) this.end()
    }
    for (const what of ['keyup', 'blur']) window.addEventListener(what, lift, { signal: stop.signal })
  }
}
