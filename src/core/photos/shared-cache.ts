interface Entry<T> {
  value: T | undefined
  weight: number
  /** Resolves when the value is made that is under way, and never rejects. */
  making: Promise<unknown> | null
}

/**
 * What all sessions of a process share: made once, by whichever asks first, and kept until it is out of date. What was not
 * asked for the longest goes first, where all together weigh more than `maxWeight`; the last one stays, however much it is.
 *
 * It knows nothing of rights: callers have shown their own to Redis before.
 */
export class SharedCache<T> {
  readonly #maxWeight: number
  readonly #weightOf: (value: T) => number
  readonly #entries = new Map<string, Entry<T>>()
  #weight = 0

  constructor(maxWeight: number, weightOf: (value: T) => number) {
    this.#maxWeight = maxWeight
    this.#weightOf = weightOf
  }

  /**
   * The value of a name. Where another caller is making it, that is waited for; where that fails, this caller makes it.
   *
   * @param isCurrent whether a value still holds for this caller
   * @param make makes it, from the one that was there before
   * @returns the value, and whether it was there at once
   */
  async get(
    name: string,
    isCurrent: (value: T) => boolean,
    make: (before: T | undefined) => Promise<T>,
  ): Promise<{ value: T; atOnce: boolean }> {
    for (let atOnce = true; ; atOnce = false) {
      const entry = this.#entries.get(name) ?? { value: undefined, weight: 0, making: null }
      this.#entries.delete(name)
      this.#entries.set(name, entry)
      if (entry.value !== undefined && isCurrent(entry.value)) return { value: entry.value, atOnce }
      if (entry.making) await entry.making
      else return { value: await this.#make(name, entry, make), atOnce: false }
    }
  }

  /** How much all that is kept weighs. */
  get weight() {
    return this.#weight
  }

  /** What is there of a name, be it out of date; undefined where nothing is. */
  peek(name: string): T | undefined {
    return this.#entries.get(name)?.value
  }

  async #make(name: string, entry: Entry<T>, make: (before: T | undefined) => Promise<T>) {
    const making = make(entry.value)
    entry.making = making.catch(() => undefined)
    try {
      const value = await making
      this.#weigh(entry, this.#weightOf(value))
      entry.value = value
      return value
    } catch (error) {
      this.#weigh(entry, 0)
      this.#entries.delete(name)
      throw error
    } finally {
      entry.making = null
      this.#trim()
    }
  }

  #trim() {
    for (const [name, entry] of this.#entries) {
      if (this.#weight <= this.#maxWeight || this.#entries.size === 1) return
      if (entry.making) continue
      this.#weigh(entry, 0)
      this.#entries.delete(name)
    }
  }

  #weigh(entry: Entry<T>, weight: number) {
    this.#weight += weight - entry.weight
    entry.weight = weight
  }
}
