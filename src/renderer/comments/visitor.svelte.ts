/** What is kept in this browser, as the gallery knows the link alone by which somebody came. */
const storageKey = 'visitor'
/** Comments of which it is known that they were written here: as many as a link can write. */
const maxNoted = 500

interface Kept {
  name: string
  /** `album/number` of what was written here. */
  wrote: string[]
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'wrote' in value &&
  Array.isArray(value.wrote)

const read = (): Kept => {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '')
    if (isKept(value)) return value
  } catch {
    // Nothing is kept, or another program wrote there.
  }
  return { name: '', wrote: [] }
}

/** The visitor of a link in this browser: what they call themselves, and what they wrote. */
class Visitor {
  #kept = $state.raw(read())

  get name() {
    return this.#kept.name
  }

  set name(name: string) {
    this.#keep({ ...this.#kept, name: name.trim() })
  }

  /** Notes that a comment was written here. */
  note(album: string, number: number) {
    this.#keep({ ...this.#kept, wrote: [...this.#kept.wrote, `${album}/${number}`].slice(-maxNoted) })
  }

  /** Whether a comment was written in this browser. */
  wrote(album: string, number: number) {
    return this.#kept.wrote.includes(`${album}/${number}`)
  }

  #keep(kept: Kept) {
    this.#kept = kept
    try {
      localStorage.setItem(storageKey, JSON.stringify(kept))
    } catch {
      // A browser that keeps nothing: it holds for this page.
    }
  }
}

export const visitor = new Visitor()
