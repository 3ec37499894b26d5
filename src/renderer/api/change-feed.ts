import { createContext } from 'svelte'

/** Tells its listeners that something in the gallery has changed, in this session or another. */
export class ChangeFeed {
  readonly #listeners = new Set<() => void>()

  /** Calls back at each change; returns the way to stop. */
  onchange(listener: () => void) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  announce() {
    for (const listener of this.#listeners) listener()
  }
}

export const [getChangeFeed, setChangeFeed] = createContext<ChangeFeed>()
