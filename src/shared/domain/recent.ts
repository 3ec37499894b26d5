/** Values by name, of which those that were used last are kept; what was not used for longest is dropped first. */
export class Recent<Value> {
  readonly #max: number
  /** In the order of their last use. */
  readonly #values = new Map<string, Value>()

  /** @param max How many are kept. */
  constructor(max: number) {
    this.#max = max
  }

  /** The value of a name, which counts as a use of it. */
  get(name: string): Value | undefined {
    const value = this.#values.get(name)
    if (value !== undefined) this.set(name, value)
    return value
  }

  set(name: string, value: Value) {
    this.#values.delete(name)
    this.#values.set(name, value)
    const [oldest] = this.#values.keys()
    if (this.#values.size > this.#max && oldest !== undefined) this.#values.delete(oldest)
  }

  delete(name: string) {
    this.#values.delete(name)
  }

  values() {
    return this.#values.values()
  }

  clear() {
    this.#values.clear()
  }
}
