import { createContext } from 'svelte'
import type {
  Album,
  GalleryEvent,
  LibraryStatus,
  PhotoView,
  Root,
  SessionInfo,
} from '../../shared/schemas.ts'
import { messageOf, type Client } from './client.ts'
import { PhotoPages } from './pages.svelte.ts'
import { Selection } from './selection.svelte.ts'
import { settings } from './settings.svelte.ts'
import { EventStream } from './stream.svelte.ts'
import { t } from './words/index.ts'

/** Changes that come in quick succession are shown together, after this many milliseconds. */
const breath = 120

/** A view with its photos, its selection and its place on the wall: it is found again as it was left. */
export interface Wall {
  pages: PhotoPages
  selection: Selection
  scrollTop: number
}

/** What this window knows of the gallery, and what it shows of it. */
export class GalleryState {
  readonly client: Client
  readonly stream: EventStream
  #session = $state.raw<SessionInfo | null>(null)
  #albums = $state.raw<Album[]>([])
  #roots = $state.raw<Root[]>([])
  #status = $state.raw<LibraryStatus | null>(null)
  #album = $state<string | null>(null)
  #open = $state(false)
  #notice = $state<string | null>(null)
  #loaded = $state(false)
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a memory: nothing shown depends on it
  readonly #walls = new Map<string, Wall>()
  #wall = $state.raw<Wall | null>(null)
  #refreshPlanned = false
  #albumsChanged = false

  constructor(client: Client) {
    this.client = client
    this.stream = new EventStream(client, (event) => this.#hear(event))
    this.#wall = this.#wallOf(this.view)
  }

  get session() {
    return this.#session
  }
  get albums() {
    return this.#albums
  }
  get roots() {
    return this.#roots
  }
  get status() {
    return this.#status
  }
  /** The album that is shown; null: all photos. */
  get album() {
    return this.#album
  }
  /** What went wrong last, for people. */
  get notice() {
    return this.#notice
  }
  /** Everything that the first look needs has come. */
  get loaded() {
    return this.#loaded
  }
  get wall(): Wall {
    return (this.#wall ??= this.#wallOf(this.view))
  }
  /** The photo at the cursor is shown large. */
  get viewing() {
    return this.#open
  }
  get view(): PhotoView {
    return { album: this.#album, sort: settings.sort, descending: settings.descending }
  }
  readonly total = $derived.by(() => this.#albums.reduce((sum, { photos }) => sum + photos, 0))
  readonly title = $derived.by(() => this.#albums.find(({ id }) => id === this.#album)?.title ?? null)

  show(album: string | null) {
    this.#album = album
    this.#open = false
    this.#wall = this.#wallOf(this.view)
    void this.wall.pages.refresh().then(() => this.wall.selection.settle())
  }

  arrange(change: { sort?: PhotoView['sort']; descending?: boolean }) {
    settings.change(change)
    this.show(this.#album)
  }

  openPhoto(index: number) {
    this.wall.selection.select(index)
    this.#open = true
  }

  closePhoto() {
    this.#open = false
  }

  dismiss() {
    this.#notice = null
  }

  /** Does something that may fail, and says so where it does. Null where it failed. */
  async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      this.#notice = messageOf(error) ?? t('somethingWrong')
      return null
    }
  }

  async addFolders(folders: string[]) {
    if (folders.length === 0) return
    const roots = await this.attempt(() => this.client.library.add({ folders }))
    if (roots) this.#roots = roots
  }

  async readRoots() {
    if (this.#session?.library) this.#roots = await this.client.library.roots()
  }

  #wallOf(view: PhotoView): Wall {
    const key = JSON.stringify(view)
    const known = this.#walls.get(key)
    if (known) return known
    const pages = new PhotoPages(this.client, view)
    const wall = { pages, selection: new Selection(pages), scrollTop: 0 }
    this.#walls.set(key, wall)
    return wall
  }

  #hear(event: GalleryEvent) {
    if (event.kind === 'library') {
      this.#status = event.status
      return
    }
    if (
      event.kind === 'photos' &&
      this.#album !== null &&
      event.album !== this.#album &&
      event.what !== 'added'
    )
      return
    this.#albumsChanged ||= event.kind !== 'photos' || event.what === 'added'
    if (!this.#refreshPlanned) setTimeout(() => void this.#refresh(), this.#loaded ? breath : 0)
    this.#refreshPlanned = true
  }

  async #refresh() {
    this.#refreshPlanned = false
    const albums = this.#albumsChanged
    this.#albumsChanged = false
    try {
      this.#session ??= await this.client.gallery.session()
      if (albums) [this.#albums] = await Promise.all([this.client.albums.list(), this.readRoots()])
      await this.wall.pages.refresh()
      this.wall.selection.settle()
      this.#loaded = true
    } catch {
      this.#albumsChanged ||= albums // the stream breaks too, and says `resync` when the gallery is back
    }
  }
}

export const [getGallery, setGallery] = createContext<GalleryState>()
