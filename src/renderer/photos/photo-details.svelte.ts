import type { PhotoDetails, PhotoSummary } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'

/** Everything that is known of one photo at a time. What was known before stays until the new answer is there. */
export class Details {
  readonly #client: Client
  #known = $state.raw<PhotoDetails | null>(null)
  #dialogs = new AbortController()

  constructor(client: Client) {
    this.#client = client
  }

  get known() {
    return this.#known
  }

  /** Asks about a photo; the answers to questions before are dropped. */
  async ask(photo: PhotoSummary | undefined) {
    this.#dialogs.abort()
    if (!photo) {
      this.#known = null
      return
    }
    const { signal } = (this.#dialogs = new AbortController())
    try {
      const known = await this.#client.photos.show({ album: photo.album, photo: photo.id }, { signal })
      if (!signal.aborted) this.#known = known
    } catch {
      if (!signal.aborted) this.#known = null
    }
  }
}
