import { createContext } from 'svelte'
import type { Collection } from '../../shared/schemas/collection.ts'
import type { Client } from '../api/client.ts'
import type { Navigation } from '../app/navigation.svelte.ts'

/** What is not counted yet is asked for again after so many milliseconds, and after twice as many each time. */
const againMs = 2000
const maxAgainMs = 60_000

interface Needs {
  client: Client
  navigation: Navigation
}

/** The collections that the user may see, by title. */
export class CollectionsState {
  readonly #needs: Needs
  #collections = $state.raw<Collection[]>([])
  #again: ReturnType<typeof setTimeout> | undefined
  #wait = againMs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get collections() {
    return this.#collections
  }

  /** The collection that is shown; undefined where none is, or where it cannot be seen. */
  get shown(): Collection | undefined {
    return this.byId(this.#needs.navigation.collection)
  }

  byId(id: string | null | undefined): Collection | undefined {
    return this.#collections.find((collection) => collection.id === id)
  }

  /** A search finds the photos of some. */
  get searches(): boolean {
    return this.#collections.some(({ smart }) => smart)
  }

  async read() {
    clearTimeout(this.#again)
    this.#collections = await this.#needs.client.collections.list()
    const isCounted = this.#collections.every(({ photos }) => photos !== null)
    this.#wait = isCounted ? againMs : Math.min(maxAgainMs, this.#wait * 2)
    // What fails here is asked for by the next event.
    if (!isCounted) this.#again = setTimeout(() => void this.read().catch(() => undefined), this.#wait / 2)
  }
}

export const [getCollectionsState, setCollectionsState] = createContext<CollectionsState>()
