import { createContext } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'

/** Photos that were cut to be pasted into another album, as `album/photo`. */
export class Clipboard {
  readonly #cut = new SvelteSet<string>()

  get cut(): ReadonlySet<string> {
    return this.#cut
  }

  take(refs: string[]) {
    this.#cut.clear()
    for (const ref of refs) this.#cut.add(ref)
  }

  /** What was cut; it can be pasted once. */
  give(): string[] {
    const refs = [...this.#cut]
    this.#cut.clear()
    return refs
  }
}

export const [getClipboard, setClipboard] = createContext<Clipboard>()
