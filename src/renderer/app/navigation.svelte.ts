import { createContext } from 'svelte'
import type { PhotoFilter, PhotoQuery } from '../../shared/schemas/photo.ts'
import { fromQuery, toQuery, type Shown } from './url-state.ts'
import { preferences } from './preferences.svelte.ts'

/** Only a browser has an address that users see and share. */
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
  readonly #onarrive: (isElsewhere: boolean) => void

  /** `onarrive` is called when another view is shown: `isElsewhere` where the user went there, rather than narrowed or sorted it. */
  constructor(onarrive: (isElsewhere: boolean) => void) {
    this.#onarrive = onarrive
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

  /** Shows something else. */
  go(to: Partial<Shown>) {
    const { album = null, filter = {}, trash = false } = to
    this.#album = album
    this.#filter = tidy(filter)
    this.#trash = trash
    this.#write('pushState')
    this.#onarrive(true)
  }

  /** Shows an album; all photos for null. */
  show(album: string | null) {
    this.go({ album })
  }

  /** Filters what is shown. While the user types, the address changes without a step to go back to. */
  narrow(filter: PhotoFilter, typing = false) {
    this.#filter = tidy(filter)
    this.#write(typing ? 'replaceState' : 'pushState')
    this.#onarrive(false)
  }

  /** Changes some of what is filtered by, and leaves the rest; what is undefined is filtered by no more. */
  refine(change: Partial<PhotoFilter>, typing = false) {
    this.narrow({ ...this.#filter, ...change }, typing)
  }

  /** Shows the same in another order. */
  arrange(change: { sort?: PhotoQuery['sort']; descending?: boolean }) {
    preferences.change(change)
    this.#write('replaceState')
    this.#onarrive(false)
  }

  /** Follows the browser's own back and forward. */
  follow() {
    const onpopstate = () => {
      this.#take(fromQuery(window.location.search))
      this.#onarrive(false)
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

export const [getNavigation, setNavigation] = createContext<Navigation>()
