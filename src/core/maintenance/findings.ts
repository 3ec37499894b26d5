import type { Finding } from '../../shared/schemas/gallery.ts'

/** Characters of an example: the name of a key has no end. */
const maxExampleLength = 200

/** What was found, gathered by kind with one example each. */
export class Findings {
  readonly #found = new Map<string, { count: number; example: string }>()

  /** How much was found, of all kinds. */
  get count() {
    return [...this.#found.values()].reduce((sum, { count }) => sum + count, 0)
  }

  note(what: string, example: string, count = 1) {
    const known = this.#found.get(what)
    if (known) known.count += count
    else this.#found.set(what, { count, example: example.slice(0, maxExampleLength) })
  }

  list(): Finding[] {
    return [...this.#found].map(([what, { count, example }]) => ({ what, count, example }))
  }
}
