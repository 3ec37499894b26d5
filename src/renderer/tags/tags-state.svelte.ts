import { createContext } from 'svelte'
import type { TagCount } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'

/** Every tag that the user may see, by name. */
export class TagsState {
  readonly #client: Client
  #tags = $state.raw<TagCount[]>([])

  constructor(client: Client) {
    this.#client = client
  }

  get tags() {
    return this.#tags
  }

  async read() {
    this.#tags = await this.#client.tags.list()
  }
}

export const [getTagsState, setTagsState] = createContext<TagsState>()
