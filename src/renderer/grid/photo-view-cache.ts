import { refOf } from '../../shared/domain/refs.ts'
import type { GalleryEvent, PhotoView } from '../../shared/schemas.ts'
import type { Client } from '../api/client.ts'
import { Wall } from './photo-view.svelte.ts'

/** So many views are remembered as they were left. */
const most = 20

/** The views that were shown, to find each again as it was left. What they hold is reactive, which there are is not. */
export class Walls {
  readonly #client: Client
  readonly #walls = new Map<string, Wall>()

  constructor(client: Client) {
    this.#client = client
  }

  of(view: PhotoView): Wall {
    const key = JSON.stringify(view)
    const wall = this.#walls.get(key) ?? new Wall(this.#client, view)
    this.#walls.delete(key)
    this.#walls.set(key, wall)
    for (const oldest of [...this.#walls.keys()].slice(0, -most)) this.#walls.delete(oldest)
    return wall
  }

  /**
   * A view that is shown again is seen, and can be clicked, before the gallery has answered: photos that were moved or
   * trashed meanwhile must not be under the hand. The one on screen is settled by its own refresh, in one step.
   */
  drop({ album, what, photos }: Extract<GalleryEvent, { kind: 'photos' }>, shown: Wall) {
    const leaves = {
      album: what === 'left' || what === 'trashed',
      trash: what === 'restored' || what === 'purged',
    }
    if (!leaves.album && !leaves.trash) return
    const refs = new Set(photos.map((id) => refOf({ album, id })))
    for (const wall of this.#walls.values())
      if (wall !== shown && (wall.pages.view.trash ? leaves.trash : leaves.album)) wall.drop(refs)
  }

  forget() {
    this.#walls.clear()
  }
}
