import type { Finding } from '../../shared/schemas.ts'

/** What was found, gathered by kind with one example each. */
export class Findings {
  readonly #found = new Map<string, { count: number; example: string }>()

  /** How much was found, of all kinds. */
  get count() {
    return [...this.#found.values()].reduce((sum, { count }) => sum + count, 0)
  }

  note(what: string, example: string) {
    const known = this.#found.get(what)
    if (known) known.count++
    else this.#found.set(what, { count: 1, example })
  }

  list(): Finding[] {
    return [...this.#found].map(([what, { count, example }]) => ({ what, count, example }))
  }
}
