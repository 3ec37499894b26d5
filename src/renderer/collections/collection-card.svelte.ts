import { parseRef } from '../../shared/domain/refs.ts'
import type { Collection } from '../../shared/schemas/collection.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { chosenPhoto, firstPhoto } from '../albums/card-cover.ts'
import type { Client } from '../api/client.ts'

/** The picture on a card of a collection: the one that was chosen, or else the first; of a smart album the best. */
export class CollectionCard {
  readonly #client: Client
  #cover = $state.raw<PhotoSummary | null>(null)
  #asked = ''

  constructor(client: Client) {
    this.#client = client
  }

  /** Null while it is not known, and where there is none. */
  get cover() {
    return this.#cover
  }

  /** Asks for it, again where the collection has changed. Where that fails it stays as it is: the next change asks again. */
  async read(collection: Collection) {
    const { id, cover, photos, search } = collection
    const question = JSON.stringify([id, cover, photos, search])
    if (question === this.#asked) return
    this.#asked = question
    try {
      this.#cover = (await this.#chosen(cover)) ?? (await this.#first(collection))
    } catch {
      this.#asked = ''
    }
  }

  async #chosen(cover: string | null): Promise<PhotoSummary | null> {
    if (cover === null) return null
    const { album, id } = parseRef(cover)
    return chosenPhoto(this.#client, album, id)
  }

  #first({ id: collection, smart }: Collection): Promise<PhotoSummary | null> {
    const order = smart
      ? ({ sort: 'rating', descending: true } as const)
      : ({ sort: 'manual', descending: false } as const)
    return firstPhoto(this.#client, { album: null, collection, ...order })
  }
}
