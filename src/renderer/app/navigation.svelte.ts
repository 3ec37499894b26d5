import { createContext } from 'svelte'
import type { PhotoFilter, PhotoQuery } from '../../shared/schemas/photo.ts'
import { PageHistory } from './page-history.ts'
import { fromQuery, toQuery, type Shown } from './url-state.ts'
import { preferences } from './preferences.svelte.ts'

interface Needs {
  /** Called when another view is shown: `isElsewhere` where the user went there, rather than narrowed or sorted it. */
  onarrive: (isElsewhere: boolean) => void
  /** The title of an album, as far as it is known. */
  titleOf: (album: string) => string | undefined
}

/** All photos, and nothing of them is narrowed. */
const everything = {
  album: null,
  photo: null,
  filter: {},
  trash: false,
  collection: null,
  albums: false,
} satisfies Shown

/** A filter without what asks for nothing. */
const tidy = (filter: PhotoFilter): PhotoFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

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
  #collection = $state<string | null>(null)
  readonly #needs: Needs
  readonly history = new PageHistory()

  constructor(needs: Needs) {
    this.#needs = needs
    this.#take(fromQuery(this.history.query))
  }

  /** The album that is shown; null: all photos. */
  get album() {
    return this.#album
  }
  /** The collection that is shown in place of an album; null: none. */
  get collection() {
    return this.#collection
  }
  /** The album or the collection that is shown; null: neither. */
  get one() {
    return this.#album ?? this.#collection
  }
  get filter() {
    return this.#filter
  }
  get trash() {
    return this.#trash
  }
  /** The albums themselves are shown, by their covers. */
  get albums() {
    return this.#albums
  }
  /** All photos are shown, and nothing else. */
  get isAll() {
    return this.one === null && !this.#trash && !this.#albums && !this.isFiltered
  }
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
    const { collectionSort: sort, descending } = preferences
    const query = { album: null, collection, sort, descending: sort !== 'manual' && descending }
    return this.isFiltered ? { ...query, filter: this.#filter } : query
  }

  /** Shows something else; `instead` of what the address says, to which there is no way back then. */
  go(to: Partial<Shown>, instead = false) {
    const { album, photo, filter, trash, collection, albums }: Shown = { ...everything, ...to }
    this.#album = album
    this.#filter = tidy(filter)
    this.#trash = trash
    this.#collection = collection
    this.#albums = albums
    this.#arrive(photo, instead, true)
  }

  /** Shows an album; all photos for null. */
  show(album: string | null) {
    this.go({ album })
  }

  /** Filters what is shown. While the user types, the address changes without a step to go back to. */
  narrow(filter: PhotoFilter, typing = false) {
    this.#albums = false
    this.#filter = tidy(filter)
    this.#arrive(null, typing, false)
  }

  /** Changes some of what is filtered by, and leaves the rest; what is undefined is filtered by no more. */
  refine(change: Partial<PhotoFilter>, typing = false) {
    this.narrow({ ...this.#filter, ...change }, typing)
  }

  /** Shows the same in another order. */
  arrange({ sort, descending }: { sort?: PhotoQuery['sort']; descending?: boolean }) {
    const name = this.#collection === null ? 'sort' : 'collectionSort'
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

  #take({ album, photo, filter, trash, collection, albums, sort, descending }: Shown) {
    this.#album = album
    this.#photo = photo
    this.#wanted = photo
    this.#filter = filter
    this.#trash = trash
    this.#collection = collection
    this.#albums = albums
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
      albums: this.#albums,
      sort,
      descending,
    })
  }

  #queryOf(shown: Shown): string {
    const id = shown.album ?? shown.collection
    return toQuery(shown, id === null ? undefined : this.#needs.titleOf(id))
  }

  #arrive(photo: string | null, instead: boolean, isElsewhere: boolean) {
    this.#photo = photo
    this.#wanted = photo ?? undefined
    const { history } = this
    if (instead) history.replace(this.#address)
    else if (history.query !== this.#address) history.push(this.#address)
    this.#needs.onarrive(isElsewhere)
  }
}

export const [getNavigation, setNavigation] = createContext<Navigation>()
