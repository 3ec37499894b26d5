import { SvelteMap } from 'svelte/reactivity'
import type { PhotoSummary, PhotoQuery } from '../../shared/schemas/photo.ts'
import { parseRef, refOf } from '../../shared/domain/refs.ts'
import type { Client } from '../api/client.ts'
import { pageSize } from './page-size.ts'

/** How far from where a photo was it is looked for before everywhere. */
const nearPhotos = 1000
/** Photos asked for by name at once, which is what the contract allows. */
const maxRefsPerCall = 200_000

/** So long a search may take before it shows what it has, in milliseconds, and so long until it is asked for more. */
const [patienceMs, againMs] = [500, 700]

interface Searching {
  ready: number
  albums: number
}

interface Answer {
  total: number
  photos: PhotoSummary[]
  searching?: Searching | undefined
}

type Stretch = [first: number, last: number]

/** The photos of one view, loaded where the user looks. Indexes that are not loaded yet are undefined. */
export class PhotoPages {
  readonly query: PhotoQuery
  readonly #client: Client
  readonly #pages = new SvelteMap<number, PhotoSummary[]>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- questions on their way are not shown
  readonly #dialogs = new Map<number, AbortController>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- who looks where decides what is asked for, not what is shown
  readonly #wanted = new Map<string, Stretch>()
  #refreshing = new AbortController()
  /** When an answer was of a part of the albums: the others are on their way, and it is asked again a moment later. */
  #again: ReturnType<typeof setTimeout> | undefined
  /** Asks again for all that is seen. */
  onpartial: () => void = () => undefined
  #total = $state<number | null>(null)
  #searching = $state.raw<Searching | null>(null)
  #error = $state.raw<unknown>(null)
  #version = $state(0)

  constructor(client: Client, query: PhotoQuery) {
    this.#client = client
    this.query = query
  }

  /** How many photos there are; null while that is not known. */
  get total() {
    return this.#total
  }

  /** How many of the albums have been searched so far; null where all have. */
  get searching() {
    return this.#searching
  }

  /** What went wrong with the last question. */
  get error() {
    return this.#error
  }

  /** Another number after each refresh: photos may be at other indexes. */
  get version() {
    return this.#version
  }

  at(index: number): PhotoSummary | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize]
  }

  /** The photos that were loaded together, by the number of their page; undefined where they are not. */
  page(number: number): readonly PhotoSummary[] | undefined {
    return this.#pages.get(number)
  }

  /** The index of a photo among those that are loaded; -1 where it is not. */
  indexOf(ref: string): number {
    for (const [page, photos] of this.#pages) {
      const at = photos.findIndex((photo) => refOf(photo) === ref)
      if (at >= 0) return page * pageSize + at
    }
    return -1
  }

  /** Photos in the view's order, as far as they are loaded; the others keep their own behind them. */
  inOrder(refs: string[]): string[] {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked within this call only
    const indexes = new Map<string, number>()
    for (const [page, photos] of this.#pages)
      photos.forEach((photo, n) => indexes.set(refOf(photo), page * pageSize + n))
    return refs.toSorted((a, b) => (indexes.get(a) ?? Infinity) - (indexes.get(b) ?? Infinity) || 0)
  }

  /** Those of some photos that are not among the loaded ones: they are elsewhere in the view, or not in it. */
  unloaded(refs: Iterable<string>): string[] {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked within this call only
    const loaded = new Set([...this.#pages.values()].flatMap((photos) => photos.map(refOf)))
    return [...refs].filter((ref) => !loaded.has(ref))
  }

  /** Shows photos as they will be once the gallery has answered. */
  patch(changed: string[], change: Partial<PhotoSummary> | ((photo: PhotoSummary) => Partial<PhotoSummary>)) {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked within this call only
    const refs = new Set(changed)
    const changeOf = typeof change === 'function' ? change : () => change
    for (const [page, photos] of this.#pages)
      if (photos.some((photo) => refs.has(refOf(photo))))
        this.#pages.set(
          page,
          photos.map((photo) => (refs.has(refOf(photo)) ? { ...photo, ...changeOf(photo) } : photo)),
        )
  }

  /**
   * Photos that have left the view go at once. What came behind them is at other indexes now, and is forgotten: it is for
   * a view that is not on screen, which is read again when it is shown.
   */
  drop(refs: ReadonlySet<string>) {
    for (const [page, photos] of [...this.#pages].sort(([a], [b]) => a - b)) {
      const staying = photos.filter((photo) => !refs.has(refOf(photo)))
      if (staying.length === photos.length) continue
      this.#pages.set(page, staying)
      this.#total = (this.#total ?? 0) - (photos.length - staying.length)
      this.#forget([...this.#pages.keys()].filter((other) => other > page))
      return
    }
  }

  /** Sees to it that these indexes are loaded for one viewer; what no viewer looks at any more is not waited for. */
  want(who: string, first: number, last: number) {
    this.#wanted.set(who, [first, last])
    const wanted = this.#seen()
    for (const [page, dialogs] of this.#dialogs) if (!wanted.has(page)) dialogs.abort()
    for (const page of wanted) if (!this.#pages.has(page) && !this.#dialogs.has(page)) void this.#load(page)
  }

  /** A viewer looks away. */
  leave(who: string) {
    this.#wanted.delete(who)
  }

  /**
   * Asks again for what is seen, and forgets the rest: something has changed. All of it changes in one step, and `settle`
   * runs in the same step, so that no photo is shown at an index where it no longer is.
   */
  async refresh(settle: () => void) {
    this.#refreshing.abort()
    const { signal } = (this.#refreshing = new AbortController())
    const stale = [...this.#pages.keys()]
    const seen = [...this.#seen()]
    try {
      const answers = await Promise.all(seen.map((page) => this.#ask(page, signal)))
      if (signal.aborted) return
      for (const page of seen) this.#dialogs.get(page)?.abort()
      answers.forEach((answer, i) => this.#take(seen[i] ?? 0, answer))
      this.#forget(stale.filter((page) => !seen.includes(page)))
      this.#version++
      settle()
    } catch (error) {
      if (!signal.aborted) this.#error = error
    }
  }

  /** The photos of a stretch as `album/photo`, from what is loaded or else from the gallery. */
  async refs(first: number, last: number): Promise<string[]> {
    const photos = Array.from({ length: last - first + 1 }, (_, i) => this.at(first + i))
    if (photos.every((photo) => photo !== undefined)) return photos.map(refOf)
    let refs: string[] = []
    for (let offset = first; offset <= last; offset += maxRefsPerCall) {
      const limit = Math.min(maxRefsPerCall, last - offset + 1)
      refs = refs.concat(await this.#client.photos.refs({ view: this.query, offset, limit }))
    }
    return refs
  }

  /** The index of a photo by its id, first looked for near an index where it may be; -1 where the view does not have it. */
  async find(id: string, near = 0): Promise<number> {
    for (const [page, photos] of this.#pages) {
      const at = photos.findIndex((photo) => photo.id === id)
      if (at >= 0) return page * pageSize + at
    }
    const last = (this.#total ?? 0) - 1
    const begin = Math.max(0, Math.min(near, last) - nearPhotos)
    const found = await this.#findIn(id, begin, Math.min(last, begin + 2 * nearPhotos))
    return found >= 0 ? found : this.#findIn(id, 0, last)
  }

  async #findIn(id: string, first: number, last: number): Promise<number> {
    for (let begin = first; begin <= last; begin += maxRefsPerCall) {
      const refs = await this.refs(begin, Math.min(last, begin + maxRefsPerCall - 1))
      const at = refs.findIndex((ref) => parseRef(ref).id === id)
      if (at >= 0) return begin + at
    }
    return -1
  }

  /** The pages that a viewer looks at. */
  #seen() {
    const stretches: Stretch[] = this.#wanted.size > 0 ? [...this.#wanted.values()] : [[0, 0]]
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew at each question
    const pages = new Set<number>()
    for (const [first, last] of stretches)
      for (let page = Math.floor(Math.max(0, first) / pageSize); page * pageSize <= last; page++)
        pages.add(page)
    return pages
  }

  /** Of pages from before a change, keeps those that a viewer looks at by now until they come anew. */
  #forget(pages: number[]) {
    const seen = this.#seen()
    for (const page of pages)
      if (seen.has(page)) void this.#load(page)
      else this.#pages.delete(page)
  }

  #ask(page: number, signal: AbortSignal) {
    const question = { view: this.query, offset: page * pageSize, limit: pageSize, patience: patienceMs }
    return this.#client.photos.page(question, { signal })
  }

  #take(page: number, { total, photos, searching }: Answer) {
    this.#pages.set(page, photos)
    this.#total = total
    this.#error = null
    this.#searching = searching ?? null
    clearTimeout(this.#again)
    if (searching) this.#again = setTimeout(() => this.onpartial(), againMs)
  }

  async #load(page: number) {
    this.#dialogs.get(page)?.abort()
    const dialogs = new AbortController()
    this.#dialogs.set(page, dialogs)
    try {
      const answer = await this.#ask(page, dialogs.signal)
      if (!dialogs.signal.aborted) this.#take(page, answer)
    } catch (error) {
      if (!dialogs.signal.aborted) this.#error = error
    } finally {
      if (this.#dialogs.get(page) === dialogs) this.#dialogs.delete(page)
    }
  }
}
