import { SvelteMap } from 'svelte/reactivity'
import type { PhotoSummary, PhotoView } from '../../shared/schemas.ts'
import type { Client } from './client.ts'

/** Photos asked for at once. */
const pageSize = 200

/** The photos of one view, loaded where somebody looks. Places that are not loaded yet are undefined. */
export class PhotoPages {
  readonly view: PhotoView
  readonly #client: Client
  readonly #pages = new SvelteMap<number, PhotoSummary[]>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- questions on their way are not shown
  readonly #asking = new Map<number, AbortController>()
  #total = $state<number | null>(null)
  #error = $state<unknown>(null)
  #visible: [first: number, last: number] = [0, 0]

  constructor(client: Client, view: PhotoView) {
    this.#client = client
    this.view = view
  }

  /** How many photos there are; null while that is not known. */
  get total() {
    return this.#total
  }

  /** What went wrong with the last question. */
  get error() {
    return this.#error
  }

  at(index: number): PhotoSummary | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize]
  }

  /** The places of a photo among those that are loaded; -1 where it is not. */
  indexOf(id: string): number {
    for (const [page, photos] of this.#pages) {
      const at = photos.findIndex((photo) => photo.id === id)
      if (at >= 0) return page * pageSize + at
    }
    return -1
  }

  /** Sees to it that these places are loaded; what was asked for elsewhere and has not come is dropped. */
  want(first: number, last: number) {
    this.#visible = [first, last]
    const wanted = this.#pagesBetween(first, last)
    for (const [page, asking] of this.#asking) if (!wanted.includes(page)) asking.abort()
    for (const page of wanted) if (!this.#pages.has(page) && !this.#asking.has(page)) void this.#load(page)
  }

  /** Asks again for what is seen, and forgets the rest: something has changed. */
  async refresh() {
    const seen = this.#pagesBetween(...this.#visible)
    await Promise.all(seen.map((page) => this.#load(page)))
    for (const page of [...this.#pages.keys()]) if (!seen.includes(page)) this.#pages.delete(page)
  }

  /** The ids of a stretch, from what is loaded or else from the gallery. */
  async ids(first: number, last: number): Promise<string[]> {
    const photos = Array.from({ length: last - first + 1 }, (_, i) => this.at(first + i))
    if (photos.every((photo) => photo !== undefined)) return photos.map(({ id }) => id)
    return this.#client.photos.ids({ view: this.view, offset: first, limit: last - first + 1 })
  }

  #pagesBetween(first: number, last: number) {
    const [from, to] = [Math.floor(Math.max(0, first) / pageSize), Math.floor(Math.max(0, last) / pageSize)]
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  }

  async #load(page: number) {
    this.#asking.get(page)?.abort()
    const asking = new AbortController()
    this.#asking.set(page, asking)
    try {
      const question = { view: this.view, offset: page * pageSize, limit: pageSize }
      const { total, photos } = await this.#client.photos.page(question, { signal: asking.signal })
      if (asking.signal.aborted) return
      this.#pages.set(page, photos)
      this.#total = total
      this.#error = null
    } catch (error) {
      if (!asking.signal.aborted) this.#error = error
    } finally {
      if (this.#asking.get(page) === asking) this.#asking.delete(page)
    }
  }
}
