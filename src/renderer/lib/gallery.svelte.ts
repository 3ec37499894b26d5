import { createContext } from 'svelte'
import type {
  Album,
  GalleryEvent,
  LibraryStatus,
  PhotoHappening,
  PhotoView,
  Root,
  SessionInfo,
} from '../../shared/schemas.ts'
import { Acts } from './acts.svelte.ts'
import { messageOf, type Client } from './client.ts'
import { settings } from './settings.svelte.ts'
import { EventStream } from './stream.svelte.ts'
import { Wall } from './wall.svelte.ts'
import { t } from './words/index.ts'

/** Changes that come in quick succession are shown together, after this many milliseconds. */
const breath = 120
/** After so many milliseconds the gallery is asked again what it did not answer. */
const patience = 2000

/** What changes how many photos an album has. */
const countChanges = new Set<PhotoHappening>(['added', 'left', 'arrived', 'trashed', 'restored'])

/** A memory of walls: what they hold is reactive, which there are is not shown. */
const noWalls = () => new Map<string, Wall>()

/** What may have changed since it was read. */
interface Stale {
  session: boolean
  albums: boolean
}

/** What this window knows of the gallery, and what it shows of it. */
export class GalleryState {
  readonly client: Client
  readonly stream: EventStream
  /** What people do to photos and albums, and what undoes it. */
  readonly acts: Acts
  #session = $state.raw<SessionInfo | null>(null)
  #albums = $state.raw<Album[]>([])
  #roots = $state.raw<Root[]>([])
  #status = $state.raw<LibraryStatus | null>(null)
  #album = $state<string | null>(null)
  #open = $state(false)
  #notice = $state<string | null>(null)
  #loaded = $state(false)
  /** Every view that was shown, to find it again as it was left. */
  #walls = $state.raw(noWalls())
  #stale: Stale | null = null
  #planned = false

  constructor(client: Client) {
    this.client = client
    this.stream = new EventStream(client, (event) => this.#hear(event))
    this.acts = new Acts(client, (message) => (this.#notice = message))
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
  /** The photo at the cursor is shown large. */
  get viewing() {
    return this.#open
  }
  get view(): PhotoView {
    return { album: this.#album, sort: settings.sort, descending: settings.descending }
  }
  readonly wall = $derived.by(() => this.#wallOf(this.view))
  readonly total = $derived.by(() => this.#albums.reduce((sum, { photos }) => sum + photos, 0))
  readonly title = $derived.by(() => this.#albums.find(({ id }) => id === this.#album)?.title ?? null)

  show(album: string | null) {
    this.#album = album
    this.#open = false
    void this.wall.refresh()
  }

  arrange(change: { sort?: PhotoView['sort']; descending?: boolean }) {
    settings.change(change)
    this.show(this.#album)
  }

  openPhoto(index: number) {
    this.wall.selection.visit(index)
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
    if (folders.length > 0) this.#roots = await this.client.library.add({ folders })
  }

  async readRoots() {
    if (this.#session?.library) this.#roots = await this.client.library.roots()
  }

  #wallOf(view: PhotoView): Wall {
    const key = JSON.stringify(view)
    const known = this.#walls.get(key)
    if (known) return known
    const wall = new Wall(this.client, view)
    this.#walls.set(key, wall)
    return wall
  }

  #hear(event: GalleryEvent) {
    if (event.kind === 'library') {
      this.#status = event.status
      return
    }
    const elsewhere = event.kind === 'photos' && this.#album !== null && event.album !== this.#album
    const counts = event.kind !== 'photos' || countChanges.has(event.what)
    if (elsewhere && !counts) return
    this.#plan({ session: event.kind === 'resync', albums: counts })
  }

  /** One refresh at a time: what is heard while it runs is read after it, or a busy library would never let one end. */
  #plan({ session, albums }: Stale, wait = this.#loaded ? breath : 0) {
    this.#stale = { session: session || !!this.#stale?.session, albums: albums || !!this.#stale?.albums }
    if (!this.#planned) setTimeout(() => void this.#refresh(), wait)
    this.#planned = true
  }

  async #refresh() {
    const stale = this.#stale ?? { session: false, albums: false }
    this.#stale = null
    const read = await this.#read(stale).then(
      () => true,
      () => false, // whatever it was, the cure is to ask again
    )
    this.#planned = false
    if (!read) this.#plan(stale, patience)
    else if (this.#stale) this.#plan(this.#stale)
  }

  /** Somebody else than before, as after a logout elsewhere, does not see what the other one saw. */
  #greet(session: SessionInfo) {
    if (this.#session && this.#session.account !== session.account) {
      this.#walls = noWalls()
      this.#album = null
      this.#open = false
      this.acts.forget()
    }
    this.#session = session
  }

  async #read({ session, albums }: Stale) {
    if (session) this.#greet(await this.client.gallery.session())
    if (albums) [this.#albums] = await Promise.all([this.client.albums.list(), this.readRoots()])
    await this.wall.refresh()
    this.#loaded = true
  }
}

export const [getGallery, setGallery] = createContext<GalleryState>()
