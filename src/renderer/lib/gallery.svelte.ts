import { createContext } from 'svelte'
import type {
  Album,
  GalleryEvent,
  LibraryStatus,
  PhotoFilter,
  PhotoHappening,
  PhotoView,
  Root,
  SessionInfo,
  TagCount,
} from '../../shared/schemas.ts'
import { Acts } from './acts.svelte.ts'
import type { Shown } from './address.ts'
import { Asking } from './asking.svelte.ts'
import { Carrying } from './carrying.svelte.ts'
import { messageOf, type Client } from './client.ts'
import { Menus } from './menus.svelte.ts'
import { Organiser } from './organiser.svelte.ts'
import { Place } from './place.svelte.ts'
import { settings } from './settings.svelte.ts'
import { EventStream } from './stream.svelte.ts'
import { Wall } from './wall.svelte.ts'
import { t } from './words/index.ts'

/** Changes that come in quick succession are shown together, after this many milliseconds. */
const breath = 120
/** After so many milliseconds the gallery is asked again what it did not answer. */
const patience = 2000

/** What changes how many photos an album has. */
const countChanges = new Set<PhotoHappening>(['added', 'left', 'arrived', 'trashed', 'restored', 'purged'])
/** What changes which tags there are. */
const tagChanges = new Set<PhotoHappening>(['tagged', 'left', 'arrived', 'trashed', 'restored'])

/** A memory of walls: what they hold is reactive, which there are is not shown. */
const noWalls = () => new Map<string, Wall>()
const noListeners = () => new Set<() => void>()
/** So many views are remembered as they were left. */
const mostWalls = 20

/** What may have changed since it was read. */
interface Stale {
  session: boolean
  albums: boolean
  tags: boolean
}

/** What this window knows of the gallery, and what it shows of it. */
export class GalleryState {
  readonly client: Client
  readonly stream: EventStream
  /** What people do to photos and albums, and what undoes it. */
  readonly acts: Acts
  readonly organiser: Organiser
  readonly place = new Place()
  readonly asking = new Asking()
  readonly menus = new Menus()
  readonly carrying = new Carrying()
  #session = $state.raw<SessionInfo | null>(null)
  #albums = $state.raw<Album[]>([])
  #roots = $state.raw<Root[]>([])
  #status = $state.raw<LibraryStatus | null>(null)
  #tags = $state.raw<TagCount[]>([])
  #trashed = $state(0)
  #open = $state(false)
  #comparing = $state(false)
  #notice = $state<string | null>(null)
  #loaded = $state(false)
  /** Every view that was shown, to find it again as it was left. */
  #walls = $state.raw(noWalls())
  #stale: Stale | null = null
  readonly #listeners = noListeners()
  #planned = false

  constructor(client: Client) {
    this.client = client
    this.stream = new EventStream(client, (event) => this.#hear(event))
    this.acts = new Acts(client, (message) => this.complain(message))
    this.organiser = new Organiser(this)
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
    return this.place.album
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
  /** Some photos are shown side by side. */
  get comparing() {
    return this.#comparing
  }
  /** Every tag that the person may see, by name. */
  get tags() {
    return this.#tags
  }
  /** How many photos are in the trash. */
  get trashed() {
    return this.#trashed
  }
  readonly wall = $derived.by(() => this.#wallOf(this.place.view))
  readonly total = $derived.by(() => this.#albums.reduce((sum, { photos }) => sum + photos, 0))
  readonly title = $derived.by(() => this.#albums.find(({ id }) => id === this.place.album)?.title ?? null)

  show(album: string | null) {
    this.go({ album })
  }

  /** Shows something else. */
  go(to: Partial<Shown>) {
    this.place.go(to)
    this.#arrive()
  }

  narrow(filter: PhotoFilter, typing = false) {
    this.place.narrow(filter, typing)
    this.#arrive()
  }

  arrange(change: { sort?: PhotoView['sort']; descending?: boolean }) {
    settings.change(change)
    this.place.reordered()
    this.#arrive()
  }

  start() {
    const stops = [this.stream.start(), this.place.follow(() => this.#arrive())]
    return () => {
      for (const stop of stops) stop()
    }
  }

  compare(on: boolean) {
    this.#comparing = on
  }

  complain(message: string) {
    this.#notice = message
  }

  openPhoto(index: number) {
    this.wall.selection.visit(index)
    this.#open = true
  }

  closePhoto() {
    this.#open = false
  }

  /** Calls back at each change in the gallery; returns the way to stop. */
  onchange(listener: () => void) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
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
    for (const oldest of [...this.#walls.keys()].slice(0, -mostWalls)) this.#walls.delete(oldest)
    return wall
  }

  #hear(event: GalleryEvent) {
    if (event.kind === 'library') {
      this.#status = event.status
      return
    }
    const { album } = this.place
    const elsewhere = event.kind === 'photos' && album !== null && event.album !== album
    const counts = event.kind !== 'photos' || countChanges.has(event.what)
    const tags = event.kind !== 'photos' || tagChanges.has(event.what)
    if (elsewhere && !counts && !tags) return
    this.#plan({ session: event.kind === 'resync', albums: counts, tags })
    for (const listener of this.#listeners) listener()
  }

  /** One refresh at a time: what is heard while it runs is read after it, or a busy library would never let one end. */
  #plan({ session, albums, tags }: Stale, wait = this.#loaded ? breath : 0) {
    const { session: asked = false, albums: counted = false, tags: tagged = false } = this.#stale ?? {}
    this.#stale = { session: session || asked, albums: albums || counted, tags: tags || tagged }
    if (!this.#planned) setTimeout(() => void this.#refresh(), wait)
    this.#planned = true
  }

  async #refresh() {
    const stale = this.#stale ?? { session: false, albums: false, tags: false }
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
      this.place.go({})
      this.#open = false
      this.acts.forget()
    }
    this.#session = session
  }

  /** How much is in the trash, for those who may take it out again. */
  async #readTrash() {
    if (!this.#albums.some(({ right }) => right === 'modify') && !this.#session?.administrator) return
    const view = { album: null, sort: 'taken', descending: true, trash: true } as const
    this.#trashed = (await this.client.photos.page({ view, offset: 0, limit: 1 })).total
  }

  /** Another view is shown. */
  #arrive() {
    this.#open = false
    this.#comparing = false
    void this.wall.refresh()
  }

  async #read({ session, albums, tags }: Stale) {
    if (session) this.#greet(await this.client.gallery.session())
    if (albums) [this.#albums] = await Promise.all([this.client.albums.list(), this.readRoots()])
    if (tags) this.#tags = await this.client.tags.list()
    if (albums) await this.#readTrash()
    await this.wall.refresh()
    this.#loaded = true
  }
}

export const [getGallery, setGallery] = createContext<GalleryState>()
