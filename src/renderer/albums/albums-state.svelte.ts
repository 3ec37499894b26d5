import { createContext } from 'svelte'
import type { Album } from '../../shared/schemas/album.ts'
import type { Client } from '../api/client.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import type { SessionState } from '../auth/session-state.svelte.ts'

interface Needs {
  client: Client
  navigation: Navigation
  sessionState: SessionState
}

/** The albums that the user may see, by title, and how many photos are in the trash. */
export class AlbumsState {
  readonly #needs: Needs
  #albums = $state.raw<Album[]>([])
  #trashed = $state(0)

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get albums() {
    return this.#albums
  }
  /** How many photos are in the trash. */
  get trashed() {
    return this.#trashed
  }
  readonly total = $derived.by(() => this.#albums.reduce((sum, { photos }) => sum + photos, 0))

  /** The album that is shown; undefined for all photos, and where it cannot be seen. */
  get shown(): Album | undefined {
    return this.byId(this.#needs.navigation.album)
  }

  byId(id: string | null | undefined): Album | undefined {
    return this.#albums.find((album) => album.id === id)
  }

  async read() {
    this.#albums = await this.#needs.client.albums.list()
  }

  /** How much is in the trash, for those who may take it out again. */
  async readTrash() {
    const { client, sessionState } = this.#needs
    if (!this.#albums.some(({ right }) => right === 'modify') && !sessionState.administrator) return
    const view = { album: null, sort: 'taken', descending: true, trash: true } as const
    this.#trashed = (await client.photos.page({ view, offset: 0, limit: 1 })).total
  }
}

export const [getAlbumsState, setAlbumsState] = createContext<AlbumsState>()
