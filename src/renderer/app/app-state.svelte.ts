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
import { Acts } from '../commands/history.svelte.ts'
import type { Shown } from './url-state.ts'
import { breath, Freshness, type Stale } from './refresh-scheduler.ts'
import { Asking } from '../ui/dialogs.svelte.ts'
import { Backup } from '../backup/backup-state.svelte.ts'
import { Carrying } from '../ui/photo-drag.svelte.ts'
import { isRefusal, messageOf, type Client } from '../api/client.ts'
import { Menus } from '../ui/menus.svelte.ts'
import { Organiser } from '../photos/photo-actions.svelte.ts'
import { Pane } from '../access/settings-route.svelte.ts'
import { People } from '../access/access-state.svelte.ts'
import { Place } from './navigation.svelte.ts'
import { settings } from './preferences.svelte.ts'
import { EventStream } from './live-events.svelte.ts'
import { Walls } from '../grid/photo-view-cache.ts'
import { t } from '../i18n/index.ts'

/** What changes how many photos an album has. */
const countChanges = new Set<PhotoHappening>(['added', 'left', 'arrived', 'trashed', 'restored', 'purged'])
/** What changes which tags there are. */
const tagChanges = new Set<PhotoHappening>(['tagged', 'left', 'arrived', 'trashed', 'restored'])

const noListeners = () => new Set<() => void>()

/** What this window knows of the gallery, and what it shows of it. */
export class GalleryState {
  readonly client: Client
  readonly stream: EventStream
  /** What people do to photos and albums, and what undoes it. */
  readonly acts: Acts
  readonly pane = new Pane()
  readonly people: People
  readonly backup: Backup
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
  readonly #walls: Walls
  readonly #freshness = new Freshness((stale) => this.#read(stale))
  readonly #listeners = noListeners()

  constructor(client: Client) {
    this.client = client
    this.#walls = new Walls(client)
    this.stream = new EventStream(client, (event) => this.#hear(event))
    this.acts = new Acts(client, (message) => this.complain(message))
    this.organiser = new Organiser(this)
    this.people = new People(this)
    this.backup = new Backup(this)
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
  readonly wall = $derived.by(() => this.#walls.of(this.place.view))
  readonly total = $derived.by(() => this.#albums.reduce((sum, { photos }) => sum + photos, 0))
  readonly title = $derived.by(() => this.#albums.find(({ id }) => id === this.place.album)?.title ?? null)

  show(album: string | null) {
    this.go({ album })
  }

  /** Shows something else. */
  go(to: Partial<Shown>) {
    this.pane.close()
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
    if (folders.length > 0) this.#roots = await this.client.library.add({ paths: folders })
  }

  async readRoots() {
    if (this.#session?.library) this.#roots = await this.client.library.roots()
  }

  #hear(event: GalleryEvent) {
    if (event.kind === 'library') {
      this.#status = event.status
      return
    }
    if (event.kind === 'photos') this.#walls.drop(event, this.wall)
    const { album } = this.place
    const elsewhere = event.kind === 'photos' && album !== null && event.album !== album
    const counts = event.kind !== 'photos' || countChanges.has(event.what)
    const tags = event.kind !== 'photos' || tagChanges.has(event.what)
    if (elsewhere && !counts && !tags) return
    const stale = { session: event.kind === 'resync', albums: counts, tags }
    this.#freshness.plan(stale, this.#loaded ? breath : 0)
    for (const listener of this.#listeners) listener()
  }

  /** Somebody else than before, as after a logout elsewhere, does not see what the other one saw. */
  #greet(session: SessionInfo) {
    if (this.#session && this.#session.account !== session.account) {
      this.#walls.forget()
      this.place.go({})
      this.#open = false
      this.acts.forget()
      this.pane.close()
    }
    this.#session = session
    if (!session.administrator && this.pane.section !== 'me') this.pane.close()
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
    // What the person may no longer see goes from the screen as well.
    const { error, total } = this.wall.pages
    if (isRefusal(error) || total === 0) this.closePhoto()
    this.#loaded = true
  }
}

export const [getGallery, setGallery] = createContext<GalleryState>()
