import coarseUrl from 'world-atlas/countries-110m.json?url'
import fineUrl from 'world-atlas/countries-50m.json?url'
import { fetchShapes, type WorldShapes } from './world-shapes.ts'

/** From this zoom on the fine shapes are worth their 200 kB. */
const fineZoom = 4

/** The shapes of the world: coarse ones at first, and fine ones where one looks nearer. They come with the page, from no service. */
export class World {
  #coarse = $state.raw<WorldShapes | null>(null)
  #fine = $state.raw<WorldShapes | null>(null)

  /** The best that there is for a zoom; null while none has come. */
  at(zoom: number): WorldShapes | null {
    return zoom >= fineZoom ? (this.#fine ?? this.#coarse) : this.#coarse
  }

  /** Asks for what a zoom needs. What cannot be had is missing: photos stand on a plain. */
  async want(zoom: number) {
    try {
      this.#coarse ??= await fetchShapes(coarseUrl)
      if (zoom >= fineZoom) this.#fine ??= await fetchShapes(fineUrl)
    } catch {
      // It is asked for again when the map is moved.
    }
  }
}
