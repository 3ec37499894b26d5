import type { PhotoFilter, PhotoView } from '../../shared/schemas.ts'
import { fromQuery, toQuery, type Shown } from './url-state.ts'
import { settings } from './preferences.svelte.ts'

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
export class Place {
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

  readonly view = $derived.by((): PhotoView => {
    // A manual order is one of a single album.
    const sort = settings.sort === 'manual' && this.#album === null ? 'taken' : settings.sort
    const view = { album: this.#album, sort, descending: settings.descending }
    if (this.#trash) return { ...view, album: null, trash: true }
    return this.isFiltered ? { ...view, filter: this.#filter } : view
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
    if (sort) settings.change({ sort, descending: descending === true })
  }

  #write(how: 'pushState' | 'replaceState') {
    if (!hasAddress()) return
    const { sort, descending } = settings
    const query = toQuery({ album: this.#album, filter: this.#filter, trash: this.#trash, sort, descending })
    if (query !== window.location.search.slice(1))
      window.history[how](null, '', query === '' ? window.location.pathname : `?${query}`)
  }
}
