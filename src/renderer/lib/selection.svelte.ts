import { SvelteSet } from 'svelte/reactivity'
import type { PhotoSummary } from '../../shared/schemas.ts'
import type { PhotoPages } from './pages.svelte.ts'

/** So far from its old place a photo is looked for after others came or went. */
const reach = 5000

/** Which photos of a view are selected, and where the cursor of the keyboard stands. */
export class Selection {
  readonly #pages: PhotoPages
  #ids = $state.raw(new SvelteSet<string>())
  /** Place of the cursor; -1 before there is one. */
  #cursor = $state(-1)
  /** The photo at the cursor as it was seen last: by it the cursor's place is found again. */
  #kept = $state.raw<PhotoSummary>()
  #anchor = -1
  /** Ranges are asked for: only the answer to the last question counts. */
  #question = 0

  constructor(pages: PhotoPages) {
    this.#pages = pages
  }

  get cursor() {
    return this.#cursor
  }

  /** The photo at the cursor; undefined where there is none or it is on its way. */
  get photo(): PhotoSummary | undefined {
    const here = this.#pages.at(this.#cursor)
    return this.#kept && here?.id !== this.#kept.id ? this.#kept : here
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
    this.set(photo ? [photo.id] : [])
    if (!photo && this.#cursor >= 0) void this.#replace(this.#cursor, this.#cursor)
  }

  /** Goes to a photo to look at it: a selection of several stays as it is, that of one goes along. */
  visit(index: number) {
    if (this.size > 1) this.moveTo(index)
    else this.select(index)
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

  /** Selects the photos at these places, loaded or not, along with some others. */
  async pick(places: number[], others: string[]) {
    const [first, last] = [places[0], places.at(-1)]
    if (first === undefined || last === undefined) return this.set(others)
    await this.#replace(first, last, (ids) => [
      ...others,
      ...places.flatMap((place) => ids[place - first] ?? []),
    ])
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
    this.#kept = this.#pages.at(this.#cursor)
  }

  /** Finds the cursor's photo again after photos came or went. */
  settle() {
    if (this.#cursor < 0) return
    if (!this.#kept) return this.moveTo(this.#cursor)
    const at = this.#pages.indexOf(this.#kept.id)
    if (at < 0) void this.#search(this.#kept.id)
    else this.#follow(at)
  }

  #follow(at: number) {
    if (this.#anchor >= 0) this.#anchor = Math.max(0, this.#anchor + at - this.#cursor)
    this.#cursor = at
  }

  /** Looks for the cursor's photo beyond what is loaded; if it has gone, its neighbour takes its place. */
  async #search(id: string) {
    const first = Math.max(0, this.#cursor - reach)
    const last = Math.min((this.#pages.total ?? 1) - 1, this.#cursor + reach)
    try {
      const at = (await this.#pages.ids(first, last)).indexOf(id)
      if (this.#kept?.id !== id) return
      if (at >= 0) this.#follow(first + at)
      else this.moveTo(this.#cursor)
    } catch {
      // the gallery is away: the next refresh settles the cursor
    }
  }

  async #replace(first: number, last: number, choose = (ids: string[]) => ids) {
    const question = ++this.#question
    try {
      const ids = await this.#pages.ids(first, last)
      if (question === this.#question) this.#ids = new SvelteSet(choose(ids))
    } catch {
      // the gallery is away, which the window says elsewhere: the selection stays as it was
    }
  }
}
