import { Recent } from '../../shared/domain/recent.ts'
import { refOf } from '../../shared/domain/refs.ts'
import type { GalleryEvent } from '../../shared/schemas/event.ts'
import type { PhotoQuery } from '../../shared/schemas/photo.ts'
import { mayTakeAway, takesAway, takesNothing } from './departures.ts'
import type { Client } from '../api/client.ts'
import { PhotoView } from './photo-view.svelte.ts'

/** So many views are remembered as they were left. */
const maxViewsKept = 20

/** The views that were shown, to find each again as it was left. What they hold is reactive, which there are is not. */
export class PhotoViewCache {
  readonly #client: Client
  readonly #views = new Recent<PhotoView>(maxViewsKept)

  constructor(client: Client) {
    this.#client = client
  }

  of(query: PhotoQuery): PhotoView {
    const key = JSON.stringify(query)
    const view = this.#views.get(key) ?? new PhotoView(this.#client, query)
    this.#views.set(key, view)
    return view
  }

  /**
   * Something has happened. A view that is shown again is seen, and can be clicked, before the gallery has answered: photos
   * that were moved or trashed meanwhile must not be under the hand. The one on screen is settled by its own refresh, in one
   * step.
   */
  hear(event: GalleryEvent, shown: PhotoView) {
    for (const view of this.#views.values()) {
      const { query } = view.pages
      const isInQuestion = mayTakeAway(event, query)
      if (isInQuestion !== takesNothing) view.selection.doubt(isInQuestion)
      if (view !== shown && event.kind === 'photos' && takesAway(event.what, query))
        view.drop(new Set(event.photos.map((id) => refOf({ album: event.album, id }))))
    }
  }

  forget() {
    this.#views.clear()
  }
}
