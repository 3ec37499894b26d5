interface Late<T> {
  item: T
  timer: NodeJS.Timeout
}

/**
 * Work that waits for its turn, a few pieces at a time. What waits is a value and no promise, so that a hundred thousand
 * files may wait.
 */
export class WorkQueue<T> {
  readonly #work: (item: T) => Promise<void>
  readonly #together: number
  #waiting: T[] = []
  #next = 0
  /** Taken before all that waits. */
  readonly #first: T[] = []
  /** Taken when nothing else waits, and from the back. */
  #last: T[] = []
  readonly #late = new Set<Late<T>>()
  #running = 0
  #paused = false
  #listeners: (() => void)[] = []

  /** `work` never rejects. */
  constructor(together: number, work: (item: T) => Promise<void>) {
    this.#together = together
    this.#work = work
  }

  /** How many pieces of work wait or run. */
  get size() {
    return (
      this.#first.length +
      this.#waiting.length -
      this.#next +
      this.#last.length +
      this.#late.size +
      this.#running
    )
  }

  /** `first`: before all that waits; `last`: after it, from the back. */
  add(item: T, { first = false, last = false } = {}) {
    if (first) this.#first.push(item)
    else if (last) this.#last.push(item)
    else this.#waiting.push(item)
    this.#begin()
  }

  /** Adds work that must not begin before some milliseconds have passed. */
  addLater(item: T, delay: number) {
    const late: Late<T> = { item, timer: setTimeout(() => this.#ripen(late), delay) }
    this.#late.add(late)
  }

  /** Has what is chosen of that which waits taken next, in the order in which it waits. */
  prefer(isChosen: (item: T) => boolean) {
    const waiting = [...this.#waiting.slice(this.#next), ...this.#last.toReversed()]
    const chosen = waiting.filter(isChosen)
    if (chosen.length === 0) return
    const isOther = (item: T) => !isChosen(item)
    this.#waiting = [...chosen, ...this.#waiting.slice(this.#next).filter(isOther)]
    this.#next = 0
    this.#last = this.#last.filter(isOther)
  }

  pause(paused: boolean) {
    this.#paused = paused
    this.#begin()
  }

  /** Gives up what has not begun, and returns it. */
  clear(): T[] {
    for (const { timer } of this.#late) clearTimeout(timer)
    const dropped = [
      ...this.#first.splice(0),
      ...this.#waiting.slice(this.#next),
      ...this.#last,
      ...[...this.#late].map(({ item }) => item),
    ]
    this.#waiting = []
    this.#next = 0
    this.#last = []
    this.#late.clear()
    this.#tell()
    return dropped
  }

  /** Resolves once nothing waits or runs. */
  idle(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#listeners.push(resolve))
  }

  #ripen(late: Late<T>) {
    this.#late.delete(late)
    this.add(late.item)
  }

  #take(): T | undefined {
    const first = this.#first.shift()
    if (first !== undefined) return first
    const item = this.#waiting[this.#next]
    if (item === undefined) return this.#last.pop()
    this.#next++
    if (this.#next < 1000) return item
    this.#waiting = this.#waiting.slice(this.#next)
    this.#next = 0
    return item
  }

  #begin() {
    while (!this.#paused && this.#running < this.#together) {
      const item = this.#take()
      if (item === undefined) return
      this.#running++
      void this.#work(item).finally(() => {
        this.#running--
        this.#begin()
        this.#tell()
      })
    }
  }

  #tell() {
    if (this.size > 0) return
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }
}
