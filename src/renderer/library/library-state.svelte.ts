import { createContext } from 'svelte'
import type { LibraryStatus, Root } from '../../shared/schemas/library.ts'
import type { Client } from '../api/client.ts'
import type { SessionState } from '../auth/session-state.svelte.ts'

/** The folders of this host that are taken in, and how far that is. */
export class LibraryState {
  readonly #client: Client
  readonly #sessionState: SessionState
  #roots = $state.raw<Root[]>([])
  #status = $state.raw<LibraryStatus | null>(null)

  constructor(client: Client, sessionState: SessionState) {
    this.#client = client
    this.#sessionState = sessionState
  }

  get roots() {
    return this.#roots
  }
  /** Null until the library has said something of itself. */
  get status() {
    return this.#status
  }

  /** Photos are being taken in just now. */
  get isWorking() {
    return this.#status?.state === 'working'
  }

  /** Has photos that somebody looks at read before all others. Where that fails, they come in their turn. */
  prefer(photos: string[]) {
    void this.#client.library.prefer({ photos }).catch(() => undefined)
  }

  take(status: LibraryStatus) {
    this.#status = status
  }

  async addFolders(folders: string[]) {
    if (folders.length > 0) this.#roots = await this.#client.library.add({ paths: folders })
  }

  async readRoots() {
    if (this.#sessionState.session?.library) this.#roots = await this.#client.library.roots()
  }
}

export const [getLibraryState, setLibraryState] = createContext<LibraryState>()
