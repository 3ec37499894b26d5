import type { Album } from '../../shared/schemas/album.ts'
import type { PhotoSort, PhotoSummary } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'
import { chosenPhoto, firstPhoto } from './card-cover.ts'

/** What a card of an album shows besides its title: its cover, and from when to when its photos are. */
export class AlbumCard {
  readonly #client: Client
  #cover = $state.raw<PhotoSummary | null>(null)
  #first = $state<string | null>(null)
  #last = $state<string | null>(null)
  #asked = ''

  constructor(client: Client) {
    this.#client = client
  }

  /** The photo that was chosen, or else the best of the album; null while it is not known, and where there is none. */
  get cover() {
    return this.#cover
  }
  /** When the first photo was taken, ISO 8601. */
  get first() {
    return this.#first
  }
  get last() {
    return this.#last
  }

  /** Asks for what an album has, again where it has changed. Where that fails the card stays as it is: the next change asks again. */
  async read({ id, cover, photos }: Album) {
    const question = [id, cover, photos].join()
    if (question === this.#asked || photos === 0) return
    this.#asked = question
    try {
      const [first, last, shown] = await Promise.all([
        this.#one(id, 'taken', false),
        this.#one(id, 'taken', true),
        this.#coverOf(id, cover),
      ])
      ;[this.#first, this.#last, this.#cover] = [first?.takenAt ?? null, last?.takenAt ?? null, shown]
    } catch {
      this.#asked = ''
    }
  }

  async #coverOf(album: string, cover: string | null): Promise<PhotoSummary | null> {
    const chosen = cover ? await chosenPhoto(this.#client, album, cover) : null
    return chosen ?? (await this.#one(album, 'rating', true))
  }

  #one(album: string, sort: PhotoSort, descending: boolean): Promise<PhotoSummary | null> {
    return firstPhoto(this.#client, { album, sort, descending })
  }
}
