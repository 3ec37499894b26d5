import type { ClientList } from '../../shared/schemas/selection.ts'
import type { Client } from '../api/client.ts'

/** What clients have chosen in one album at a time. */
export class ClientLists {
  readonly #client: Client
  #all = $state.raw<ClientList[]>([])
  #album: string | null = null
  #turn = 0

  constructor(client: Client) {
    this.#client = client
  }

  get all() {
    return this.#all
  }

  /** Asks anew, for those of an album; where the gallery refuses, or there is no album, there are none. */
  async ask(album: string | null = this.#album): Promise<void> {
    const turn = ++this.#turn
    if (album !== this.#album) this.#all = []
    this.#album = album
    const all = album === null ? [] : await this.#client.selections.list({ album }).catch(() => [])
    if (turn === this.#turn) this.#all = all
  }
}
