/**
 * Turns for what is worth less than the rest: a browser has six connections to a server, and what one of these waits for, a
 * thumbnail or a call waits for too.
 */
export class SharpTurns {
  readonly #max: number
  #taken = 0
  readonly #waiting = new Set<() => void>()

  /** @param max How many are taken at once. */
  constructor(max: number) {
    this.#max = max
  }

  /** Calls back once there is a turn. The function that it returns gives it back, or gives up waiting. */
  take(begin: () => void): () => void {
    let has = false
    const start = () => {
      has = true
      this.#taken++
      begin()
    }
    if (this.#taken < this.#max) start()
    else this.#waiting.add(start)
    return () => {
      this.#waiting.delete(start)
      if (!has) return
      has = false
      this.#taken--
      this.#goOn()
    }
  }

  #goOn() {
    const [next] = this.#waiting
    if (!next || this.#taken >= this.#max) return
    this.#waiting.delete(next)
    next()
  }
}

/** Those of all cells of the page. */
export const cellTurns = new SharpTurns(3)
