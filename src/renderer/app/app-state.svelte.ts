import { createContext } from 'svelte'
import type { Album } from '../../shared/schemas/album.ts'
import type { GalleryEvent, PhotoEventKind } from '../../shared/schemas/event.ts'
import type { SessionInfo } from '../../shared/schemas/gallery.ts'
import type { LibraryStatus, Root } from '../../shared/schemas/library.ts'
import type { PhotoFilter, PhotoQuery, TagCount } from '../../shared/schemas/photo.ts'
import { History } from '../commands/history.svelte.ts'
import type { Shown } from './url-state.ts'
import { refreshDebounceMs, RefreshScheduler, type Stale } from './refresh-scheduler.ts'
import { Dialogs } from '../ui/dialogs.svelte.ts'
import { Backup } from '../backup/backup-state.svelte.ts'
import { Carrying } from '../ui/photo-drag.svelte.ts'
import { isRefusal, messageOf, type Client } from '../api/client.ts'
import { Menus } from '../ui/menus.svelte.ts'
import { PhotoActions } from '../photos/photo-actions.svelte.ts'
import { SettingsRoute } from '../access/settings-route.svelte.ts'
import { AccessState } from '../access/access-state.svelte.ts'
import { Navigation } from './navigation.svelte.ts'
import { preferences } from './preferences.svelte.ts'
import { EventStream } from './live-events.svelte.ts'
import { PhotoViewCache } from '../grid/photo-view-cache.ts'
import { t } from '../i18n/index.ts'

/** What changes how many photos an album has. */
const countChanges = new Set<PhotoEventKind>(['added', 'left', 'arrived', 'trashed', 'restored', 'purged'])
/** What changes which tags there are. */
const tagChanges = new Set<PhotoEventKind>(['tagged', 'left', 'arrived', 'trashed', 'restored'])

const noListeners = () => new Set<() => void>()

/** What this window knows of the gallery, and what it shows of it. */
export class GalleryState {
  readonly client: Client
  readonly stream: EventStream
  /** What people do to photos and albums, and what undoes it. */
  readonly history: History
  readonly settingsRoute = new SettingsRoute()
  readonly access: AccessState
  readonly backup: Backup
  readonly photoActions: PhotoActions
  readonly navigation = new Navigation()
  readonly dialogs = new Dialogs()
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
  readonly #views: PhotoViewCache
  readonly #refreshScheduler = new RefreshScheduler((stale) => this.#read(stale))
  readonly #listeners = noListeners()

  constructor(client: Client) {
    this.client = client
    this.#views = new PhotoViewCache(client)
    this.stream = new EventStream(client, (event) => this.#hear(event))
    this.history = new History(client, (message) => this.complain(message))
    this.photoActions = new PhotoActions(this)
    this.access = new AccessState(this)
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
    return this.navigation.album
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
  readonly view = $derived.by(() => this.#views.of(this.navigation.query))
  readonly total = $derived.by(() => this.#albums.reduce((sum, { photos }) => sum + photos, 0))
  readonly title = $derived.by(
    () => this.#albums.find(({ id }) => id === this.navigation.album)?.title ?? null,
  )

  show(album: string | null) {
    this.go({ album })
  }

  /** Shows something else. */
  go(to: Partial<Shown>) {
    this.settingsRoute.close()
    this.navigation.go(to)
    this.#arrive()
  }

  narrow(filter: PhotoFilter, typing = false) {
    this.navigation.narrow(filter, typing)
    this.#arrive()
  }

  arrange(change: { sort?: PhotoQuery['sort']; descending?: boolean }) {
    preferences.change(change)
    this.navigation.reordered()
    this.#arrive()
  }

  start() {
    const stops = [this.stream.start(), this.navigation.follow(() => this.#arrive())]
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
    this.view.selection.visit(index)
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
    if (event.kind === 'photos') this.#views.drop(event, this.view)
    const { album } = this.navigation
    const elsewhere = event.kind === 'photos' && album !== null && event.album !== album
    const counts = event.kind !== 'photos' || countChanges.has(event.what)
    const tags = event.kind !== 'photos' || tagChanges.has(event.what)
    if (elsewhere && !counts && !tags) return
    const stale = { session: event.kind === 'resync', albums: counts, tags }
    this.#refreshScheduler.plan(stale, this.#loaded ? refreshDebounceMs : 0)
    for (const listener of this.#listeners) listener()
  }

  /** Somebody else than before, as after a logout elsewhere, does not see what the other one saw. */
  #greet(session: SessionInfo) {
    if (this.#session && this.#session.account !== session.account) {
      this.#views.forget()
      this.navigation.go({})
      this.#open = false
      this.history.forget()
      this.settingsRoute.close()
    }
    this.#session = session
    if (!session.administrator && this.settingsRoute.section !== 'me') this.settingsRoute.close()
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
    void this.view.refresh()
  }

  async #read({ session, albums, tags }: Stale) {
    if (session) this.#greet(await this.client.gallery.session())
    if (albums) [this.#albums] = await Promise.all([this.client.albums.list(), this.readRoots()])
    if (tags) this.#tags = await this.client.tags.list()
    if (albums) await this.#readTrash()
    await this.view.refresh()
    // What the person may no longer see goes from the screen as well.
    const { error, total } = this.view.pages
    if (isRefusal(error) || total === 0) this.closePhoto()
    this.#loaded = true
  }
}

export const [getGallery, setGallery] = createContext<GalleryState>()
