import type { PhotoPlaces, PhotoQuery } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'
import { boundsOf, type MapFrame } from './map-frame.ts'

/** A map that is moved asks once it has stood still for so long, in milliseconds. */
const restMs = 120

/** Where the photos of a view were taken, as far as the map shows it. */
export class MapPlaces {
  readonly #client: Pick<Client, 'photos'>
  #found = $state.raw<PhotoPlaces | null>(null)
  #failed = $state(false)
  /** What was asked last: whatever else is on its way is not waited for. */
  #asking = new AbortController()
  #query: PhotoQuery | null = null

  constructor(client: Pick<Client, 'photos'>) {
    this.#client = client
  }

  /** Null while nothing has come. What was found before stays until something else has. */
  get found() {
    return this.#found
  }

  /** The gallery did not answer. */
  get failed() {
    return this.#failed
  }

  /** Asks for what a frame shows, at once where it is another view, and otherwise when the map rests. Returns the way to stop. */
  look(query: PhotoQuery, frame: MapFrame): () => void {
    if (frame.width === 0 || frame.height === 0) return () => undefined
    const isSame = query === this.#query
    this.#query = query
    const timer = setTimeout(() => void this.#ask(query, frame), isSame ? restMs : 0)
    return () => clearTimeout(timer)
  }

  async #ask(view: PhotoQuery, frame: MapFrame) {
    this.#asking.abort()
    const { signal } = (this.#asking = new AbortController())
    const bounds = boundsOf(frame)
    const zoom = Math.min(20, Math.max(0, Math.floor(frame.zoom)))
    try {
      const found = await this.#client.photos.places({ view, bounds, zoom }, { signal })
      if (signal.aborted) return
      this.#found = found
      this.#failed = false
    } catch {
      if (!signal.aborted) this.#failed = true
    }
  }
}
