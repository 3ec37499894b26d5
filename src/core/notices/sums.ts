/** Between which moments notices are told, and until when the caller has read them; in milliseconds since 1970. */
export interface Span {
  from: number
  read: number
  now: number
}

interface Sum {
  name: string
  count: number
  /** The last of them, in milliseconds since 1970. */
  at: number
}

/** Counts of what happened, by names; what was read is counted apart from what was not. */
export class Sums {
  readonly #read: number
  readonly #sums = new Map<string, Sum>()

  constructor({ read }: Pick<Span, 'read'>) {
    this.#read = read
  }

  add(name: string, count: number, at: number) {
    const key = this.#keyOf(name, at)
    const before = this.#sums.get(key) ?? { name, count: 0, at: 0 }
    this.#sums.set(key, { name, count: before.count + count, at: Math.max(at, before.at) })
  }

  /** How many there are of a name, of those that were read, or were not, as what happened at a moment. */
  countOf(name: string, at: number): number {
    return this.#sums.get(this.#keyOf(name, at))?.count ?? 0
  }

  all(): Sum[] {
    return [...this.#sums.values()]
  }

  #keyOf(name: string, at: number) {
    return `${at > this.#read ? 'new' : 'read'} ${name}`
  }
}
