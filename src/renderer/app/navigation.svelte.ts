import type { PhotoFilter, PhotoQuery } from '../../shared/schemas/photo.ts'
import { fromQuery, toQuery, type Shown } from './url-state.ts'
import { preferences } from './preferences.svelte.ts'

/** Only a browser has an address that people see and share. */
const hasAddress = () => window.desktop === undefined

/** A filter without what asks for nothing. */
const tidy = (filter: PhotoFilter): PhotoFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

/** What is shown: an album or all photos or the trash, and which of them. In a browser it is the page's address. */
export class Navigation {
  #album = $state<string | null>(null)
  #filter = $state.raw<PhotoFilter>({})
  #trash = $state(false)

  constructor() {
    if (hasAddress()) this.#take(fromQuery(window.location.search))
  }

  /** The album that is shown; null: all photos. */
  get album() {
    return this.#album
  }
  get filter() {
    return this.#filter
  }
  get trash() {
    return this.#trash
  }
  get isFiltered() {
    return Object.keys(this.#filter).length > 0
  }

  readonly query = $derived.by((): PhotoQuery => {
    // A manual order is one of a single album.
    const sort = preferences.sort === 'manual' && this.#album === null ? 'taken' : preferences.sort
    const query = { album: this.#album, sort, descending: preferences.descending }
    if (this.#trash) return { ...query, album: null, trash: true }
    return this.isFiltered ? { ...query, filter: this.#filter } : query
  })

  go(to: Partial<Shown>) {
    const { album = null, filter = {}, trash = false } = to
    this.#album = album
    this.#filter = tidy(filter)
    this.#trash = trash
    this.#write('pushState')
  }

  /** Filters what is shown. While somebody types, the address changes without a step to go back to. */
  narrow(filter: PhotoFilter, typing = false) {
    this.#filter = tidy(filter)
    this.#write(typing ? 'replaceState' : 'pushState')
  }

  /** The order has changed. */
  reordered() {
    this.#write('replaceState')
  }

  /** Follows the browser's own back and forward. */
  follow(onmove: () => void) {
    const onpopstate = () => {
      this.#take(fromQuery(window.location.search))
      onmove()
    }
    window.addEventListener('popstate', onpopstate)
    return () => window.removeEventListener('popstate', onpopstate)
  }

  #take({ album, filter, trash, sort, descending }: Shown) {
    this.#album = album
    this.#filter = filter
    this.#trash = trash
    if (sort) preferences.change({ sort, descending: descending === true })
  }

  #write(how: 'pushState' | 'replaceState') {
    if (!hasAddress()) return
    const { sort, descending } = preferences
    const query = toQuery({ album: this.#album, filter: this.#filter, trash: this.#trash, sort, descending })
    if (query !== window.location.search.slice(1))
      window.history[how](null, '', query === '' ? window.location.pathname : `?${query}`)
  }
}
