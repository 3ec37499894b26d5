import { refOf } from '../../shared/domain/refs.ts'
import type { ClientList } from '../../shared/schemas/selection.ts'
import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'
import { ClientLists } from './client-lists.svelte.ts'

/** Photos asked for at once. */
const pageSize = 500

/** Which photos are shown: those of any list, of every list, or of one, by its link. */
type Shown = string

/** The lists of an album side by side, with the photos that are in any of them. */
export class Compared {
  readonly #client: Client
  readonly #album: string
  readonly #lists: ClientLists
  #photos = $state.raw<PhotoDetails[] | null>(null)
  shown = $state<Shown>('any')

  readonly lists = $derived.by<ClientList[]>(() => this.#lists.all)
  /** The photos that are shown, in the order of the album. */
  readonly photos = $derived.by(() => (this.#photos ?? []).filter(({ id }) => this.#isShown(id)))

  constructor(client: Client, album: string) {
    this.#client = client
    this.#album = album
    this.#lists = new ClientLists(client)
  }

  /** Whether what is chosen is not known yet. */
  get busy() {
    return this.#photos === null
  }

  get refs() {
    return this.photos.map(refOf)
  }

  async read() {
    await this.#lists.ask(this.#album)
    const found: PhotoDetails[] = []
    const view = { album: this.#album, sort: 'taken', descending: false, filter: { chosen: 'any' } } as const
    for (let part = pageSize; part === pageSize;) {
      const page = await this.#client.photos
        .details({ view, offset: found.length, limit: pageSize })
        .catch(() => [])
      found.push(...page)
      part = page.length
    }
    this.#photos = found
  }

  #isShown(photo: string) {
    const holds = ({ picks }: ClientList) => picks.some((pick) => pick.photo === photo)
    const begun = this.lists.filter(({ picks }) => picks.length > 0)
    if (this.shown === 'any') return begun.some(holds)
    if (this.shown === 'all') return begun.every(holds)
    return begun.some((list) => list.link === this.shown && holds(list))
  }
}
