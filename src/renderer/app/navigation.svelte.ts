import { createContext } from 'svelte'
import type { GeoPoint } from '../../shared/domain/mercator.ts'
import { searchText, tidyFilter } from '../../shared/domain/saved-search.ts'
import type { Collection, SavedSearch } from '../../shared/schemas/collection.ts'
import type { PhotoFilter, PhotoQuery } from '../../shared/schemas/photo.ts'
import { PageHistory } from './page-history.ts'
import { everything, fromQuery, toQuery, type Shown } from './url-state.ts'
import { preferences } from './preferences.svelte.ts'

interface Needs {
  /** Called when another view is shown: `isElsewhere` where the user went there, rather than narrowed or sorted it. */
  onarrive: (isElsewhere: boolean) => void
  /** The title of an album, as far as it is known. */
  titleOf: (album: string) => string | undefined
  /** A collection, as far as it is known. */
  collectionOf: (collection: string) => Pick<Collection, 'smart' | 'search'> | undefined
}

/**
 * What is shown: an album or all photos or the trash, which of them, and the photo that is open. In a browser it is the page's
 * address; everywhere it is the window's history.
 */
export class Navigation {
  #album = $state<string | null>(null)
  #photo: string | null = null
  #wanted = $state<string | null | undefined>()
  #filter = $state.raw<PhotoFilter>({})
  #trash = $state(false)
  #albums = $state(false)
  #map = $state(false)
  #charted = $state.raw<GeoPoint | null>(null)
  #collection = $state<string | null>(null)
  #edited = $state(false)
  readonly #needs: Needs
  readonly history = new PageHistory()

  constructor(needs: Needs) {
    this.#needs = needs
    this.#take(fromQuery(this.history.query))
  }

  /** The album that is shown; null: all photos, or a collection. */
  get album() {
    return this.#collection === null ? this.#album : null
  }
  /** The collection that is shown in place of an album; null: none. */
  get collection() {
    return this.#collection
  }
  /** The album or the collection that is shown; null: neither. */
  get one() {
    return this.#collection ?? this.#album
  }
  /** What is shown is narrowed by it: of a smart album, what that looks for. */
  get filter(): PhotoFilter {
    return this.#edited ? this.#filter : (this.saved?.filter ?? this.#filter)
  }

  /** A smart album is shown. */
  get smart(): boolean {
    return this.#collection !== null && this.#needs.collectionOf(this.#collection)?.smart === true
  }
  /** What the smart album that is shown looks for as it was saved; null where there is none, or where that cannot be read. */
  get saved(): SavedSearch | null {
    return this.#collection === null ? null : (this.#needs.collectionOf(this.#collection)?.search ?? null)
  }
  /** The smart album that is shown looks for something else than was saved. */
  get edited(): boolean {
    return this.#edited && this.search !== null && !this.#isSaved(this.search)
  }
  /** What is looked for, as a smart album can look for it; null where none can: in the trash, or in a collection in an order by hand. */
  get search(): SavedSearch | null {
    if (this.#trash || this.#albums || (this.#collection !== null && !this.smart)) return null
    const album = this.#collection === null || this.#edited ? this.#album : (this.saved?.album ?? null)
    return { album, filter: this.filter }
  }
  /** Photos are in an order by hand, or can be. */
  get hasOrder(): boolean {
    return this.one !== null && !this.smart
  }
  get trash() {
    return this.#trash
  }
  /** The albums themselves are shown, by their covers. */
  get albums() {
    return this.#albums
  }
  /** Where the photos were taken is shown, on a map of the world. */
  get map() {
    return this.#map && !this.#trash && !this.#albums
  }
  /** All photos are shown, and nothing else. */
  get isAll() {
    return this.one === null && !this.#trash && !this.#albums && !this.#map && !this.isFiltered
  }
  /** One album is shown, all of it, in the grid. */
  get isPlainAlbum() {
    return this.album !== null && !this.#trash && !this.#albums && !this.#map && !this.isFiltered
  }
  /** What is shown was narrowed: a smart album only where that is another search than its own. */
  get isFiltered() {
    return Object.keys(this.#filter).length > 0
  }

  /** The photo that the address asks for and that is still to be opened; null: none is to be. Undefined: all is as it says. */
  get wanted() {
    return this.#wanted
  }

  readonly query = $derived.by((): PhotoQuery => {
    if (this.#collection !== null) return this.#collectionQuery(this.#collection)
    // A manual order is one of a single album.
    const sort = preferences.sort === 'manual' && this.#album === null ? 'taken' : preferences.sort
    const query = { album: this.#album, sort, descending: preferences.descending }
    if (this.#trash) return { ...query, album: null, trash: true }
    return this.isFiltered ? { ...query, filter: this.#filter } : query
  })

  /** What a collection is for is its order by hand: it is shown in that, unless another one was chosen here. */
  #collectionQuery(collection: string): PhotoQuery {
    if (this.smart || this.#edited) return this.#smartQuery(collection)
    const { collectionSort: sort, descending } = preferences
    const query = { album: null, collection, sort, descending: sort !== 'manual' && descending }
    return this.isFiltered ? { ...query, filter: this.#filter } : query
  }

  /** A smart album has no order by hand. One that was changed is the view that its search would be. */
  #smartQuery(collection: string): PhotoQuery {
    const sort = preferences.sort === 'manual' ? 'taken' : preferences.sort
    const order = { sort, descending: preferences.descending }
    if (!this.edited) return { album: null, collection, ...order }
    const query = { album: this.#album, ...order }
    return this.isFiltered ? { ...query, filter: this.#filter } : query
  }

  #isSaved(search: SavedSearch) {
    const { saved } = this
    return saved !== null && searchText(search) === searchText(saved)
  }

  /** Shows something else; `instead` of what the address says, to which there is no way back then. */
  go(to: Partial<Shown>, instead = false) {
    const shown: Shown = { ...everything, ...to }
    this.#place({ ...shown, filter: tidyFilter(shown.filter) })
    this.#arrive(shown.photo, instead, true)
  }

  /** Shows an album; all photos for null. */
  show(album: string | null) {
    this.go({ album })
  }

  /** The place that the map is to be moved to; null: it stands where it does. */
  get charted() {
    return this.#charted
  }

  /** Shows the same photos on a map, at a place where one is given, or in the grid again. */
  chart(map: boolean, at: GeoPoint | null = null) {
    this.#albums = false
    this.#map = map
    this.#arrive(null, false, false)
    this.#charted = at
  }

  /** Opens a photo of what is shown, wherever it stands in that. */
  open(photo: string) {
    this.#wanted = photo
  }

  /** Filters what is shown. While the user types, the address changes without a step to go back to. */
  narrow(filter: PhotoFilter, typing = false) {
    if (this.smart) {
      this.#edit({ album: this.search?.album ?? null, filter }, typing)
      return
    }
    this.#albums = false
    this.#filter = tidyFilter(filter)
    this.#arrive(null, typing, false)
  }

  /** The smart album that is shown looks through all albums. */
  widen() {
    this.#edit({ album: null, filter: this.filter })
  }

  /** The smart album that is shown looks for what was saved again. */
  revert() {
    this.#edit(this.saved ?? { album: null, filter: {} })
  }

  /** Has the smart album that is shown look for something, here alone until it is saved. */
  #edit(search: SavedSearch, typing = false) {
    this.#edited = !this.#isSaved(search)
    this.#album = this.#edited ? search.album : null
    this.#filter = this.#edited ? tidyFilter(search.filter) : {}
    this.#arrive(null, typing, false)
  }

  /** What was changed of a smart album was saved, or as much was saved elsewhere: it looks for that. */
  settle() {
    if (!this.#edited || this.edited) return
    this.#edited = false
    this.#album = null
    this.#filter = {}
    this.#arrive(null, true, false)
  }

  /** Changes some of what is filtered by, and leaves the rest; what is undefined is filtered by no more. */
  refine(change: Partial<PhotoFilter>, typing = false) {
    this.narrow({ ...this.filter, ...change }, typing)
  }

  /** The same, in the grid: what the map leads to. */
  refineInGrid(change: Partial<PhotoFilter>) {
    this.#map = false
    this.refine(change)
  }

  /** Shows the same in another order. */
  arrange({ sort, descending }: { sort?: PhotoQuery['sort']; descending?: boolean }) {
    const name = this.#collection === null || this.smart ? 'sort' : 'collectionSort'
    preferences.change({
      ...(sort === undefined ? {} : { [name]: sort }),
      ...(descending === undefined ? {} : { descending }),
    })
    this.#arrive(null, true, false)
  }

  /** The address says which photo is open, at which index; null: none. Closing one that was opened from the grid is a step back. */
  tell(photo: string | null, index = 0) {
    const before = this.#photo
    this.#wanted = undefined
    if (photo === before) return
    this.#photo = photo
    const { opened = false } = this.history.entry
    if (photo !== null && before === null) this.history.push(this.#address, { opened: true, index })
    else if (photo !== null) this.history.replaceSoon(this.#address, { opened, index })
    else if (opened) this.history.back()
    else this.history.replace(this.#address)
  }

  /** The address of what is shown, or of one photo in it, for others to follow. */
  linkTo(shown: Partial<Shown>): string {
    const { origin, pathname } = window.location
    return `${origin}${pathname}?${this.#queryOf({ ...everything, ...shown })}`
  }

  /** Titles have come or changed: the address tells that of the album. */
  rename() {
    const { history } = this
    if (this.one !== null && history.query !== this.#address) history.replace(this.#address, history.entry)
  }

  /** Follows the browser's own back and forward. */
  follow() {
    return this.history.follow(() => {
      const before = JSON.stringify(this.query)
      this.#take(fromQuery(this.history.query))
      if (JSON.stringify(this.query) !== before) this.#needs.onarrive(false)
    })
  }

  #place({ album, filter, trash, collection, edited, albums, map }: Shown) {
    this.#album = album
    this.#filter = filter
    this.#trash = trash
    this.#collection = collection
    this.#edited = edited
    this.#albums = albums
    this.#map = map
  }

  #take(shown: Shown) {
    const { photo, collection, sort, descending } = shown
    this.#place(shown)
    this.#photo = photo
    this.#wanted = photo
    this.#charted = null
    if (sort && collection === null) preferences.change({ sort, descending: descending === true })
  }

  get #address(): string {
    const { sort, descending } = preferences
    return this.#queryOf({
      album: this.#album,
      photo: this.#photo,
      filter: this.#filter,
      trash: this.#trash,
      collection: this.#collection,
      edited: this.#edited,
      albums: this.#albums,
      map: this.#map,
      sort,
      descending,
    })
  }

  #queryOf(shown: Shown): string {
    const id = shown.collection ?? shown.album
    return toQuery(shown, id === null ? undefined : this.#needs.titleOf(id))
  }

  #arrive(photo: string | null, instead: boolean, isElsewhere: boolean) {
    this.#charted = null
    this.#photo = photo
    this.#wanted = photo ?? undefined
    const { history } = this
    if (instead) history.replace(this.#address)
    else if (history.query !== this.#address) history.push(this.#address)
    this.#needs.onarrive(isElsewhere)
  }
}

export const [getNavigation, setNavigation] = createContext<Navigation>()
