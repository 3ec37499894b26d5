import { createContext } from 'svelte'
import type { Collection } from '../../shared/schemas/collection.ts'
import type { Client } from '../api/client.ts'
import type { Navigation } from '../app/navigation.svelte.ts'

interface Needs {
  client: Client
  navigation: Navigation
}

/** The collections that the user may see, by title. */
export class CollectionsState {
  readonly #needs: Needs
  #collections = $state.raw<Collection[]>([])

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

  async read() {
    this.#collections = await this.#needs.client.collections.list()
  }
}

export const [getCollectionsState, setCollectionsState] = createContext<CollectionsState>()
