import type { PhotoView } from '../../shared/schemas.ts'
import type { Client } from './client.ts'
import { Wall } from './wall.svelte.ts'

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

  forget() {
    this.#walls.clear()
  }
}
