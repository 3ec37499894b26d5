import { SvelteSet } from 'svelte/reactivity'
import type { PhotoPages } from './pages.svelte.ts'

/** Which photos of a view are selected, and where the cursor of the keyboard stands. */
export class Selection {
  readonly #pages: PhotoPages
  #ids = $state(new SvelteSet<string>())
  /** Place of the cursor; -1 before there is one. */
  #cursor = $state(-1)
  /** The photo at the cursor, by which its place is found again when others come or go. */
  #cursorId: string | null = null
  #anchor = -1
  /** Ranges are asked for: only the answer to the last question counts. */
  #question = 0

  constructor(pages: PhotoPages) {
    this.#pages = pages
  }

  get cursor() {
    return this.#cursor
  }

  get size() {
    return this.#ids.size
  }

  has(id: string) {
    return this.#ids.has(id)
  }

  /** Selects one photo alone and puts the cursor there. */
  select(index: number) {
    this.moveTo(index)
    this.#anchor = this.#cursor
    const photo = this.#pages.at(this.#cursor)
    this.#question++
    this.#ids = new SvelteSet(photo ? [photo.id] : [])
    if (!photo) void this.#replace(this.#cursor, this.#cursor)
  }

  toggle(index: number) {
    const photo = this.#pages.at(index)
    if (!photo) return
    this.moveTo(index)
    this.#anchor = index
    if (!this.#ids.delete(photo.id)) this.#ids.add(photo.id)
  }

  /** Selects everything from where the selection began to here. */
  async extend(index: number) {
    if (this.#anchor < 0) this.#anchor = Math.max(0, this.#cursor)
    this.moveTo(index)
    await this.#replace(Math.min(this.#anchor, this.#cursor), Math.max(this.#anchor, this.#cursor))
  }

  async all() {
    const total = this.#pages.total ?? 0
    if (total > 0) await this.#replace(0, total - 1)
  }

  /** Selects exactly these, as a rubber band does while it moves. */
  set(ids: Iterable<string>) {
    this.#question++
    this.#ids = new SvelteSet(ids)
  }

  clear() {
    this.set([])
  }

  ids(): string[] {
    return [...this.#ids]
  }

  moveTo(index: number) {
    const last = (this.#pages.total ?? 0) - 1
    this.#cursor = Math.min(Math.max(index, 0), last)
    this.#cursorId = this.#pages.at(this.#cursor)?.id ?? null
  }

  /** Finds the cursor's photo again after photos came or went. */
  settle() {
    if (this.#cursor < 0) return
    const at = this.#cursorId === null ? -1 : this.#pages.indexOf(this.#cursorId)
    this.moveTo(at >= 0 ? at : this.#cursor)
  }

  async #replace(first: number, last: number) {
    const question = ++this.#question
    const ids = await this.#pages.ids(first, last)
    if (question === this.#question) this.#ids = new SvelteSet(ids)
  }
}
