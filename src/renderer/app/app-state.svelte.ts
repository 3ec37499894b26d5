import type { GalleryEvent, PhotoEventKind } from '../../shared/schemas/event.ts'
import { AccessState, setAccessState } from '../access/access-state.svelte.ts'
import { SettingsRoute, setSettingsRoute } from '../settings/settings-route.svelte.ts'
import { AlbumActions, setAlbumActions } from '../albums/album-actions.ts'
import { AlbumsState, setAlbumsState } from '../albums/albums-state.svelte.ts'
import { ChangeFeed, setChangeFeed } from '../api/change-feed.ts'
import { CollectionActions, setCollectionActions } from '../collections/collection-actions.ts'
import { CollectionsState, setCollectionsState } from '../collections/collections-state.svelte.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { SessionState, setSessionState } from '../auth/session-state.svelte.ts'
import { Backup, setBackup } from '../backup/backup-state.svelte.ts'
import { CommentCounts, setCommentCounts } from '../comments/comment-counts.svelte.ts'
import { History, setHistory } from '../commands/history.svelte.ts'
import { CommandRegistry, setCommands } from '../commands/registry.ts'
import { setViewState, ViewState } from '../grid/view-state.svelte.ts'
import { FolderActions, setFolderActions } from '../library/folder-actions.ts'
import { LibraryState, setLibraryState } from '../library/library-state.svelte.ts'
import { Clipboard, setClipboard } from '../photos/clipboard.svelte.ts'
import { PhotoActions, setPhotoActions } from '../photos/photo-actions.svelte.ts'
import { setStatusesState, StatusesState } from '../statuses/statuses-state.svelte.ts'
import { setUploads, Uploads } from '../uploads/uploads.svelte.ts'
import { setTagActions, TagActions } from '../tags/tag-actions.ts'
import { setTagsState, TagsState } from '../tags/tags-state.svelte.ts'
import { Dialogs, setDialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { Menus, setMenus } from '../ui/menus/menus.svelte.ts'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import { PhotoDrag, setPhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import type { Outside } from '../outside/outside.ts'
import { EventStream, setEventStream } from './live-events.svelte.ts'
import { Navigation, setNavigation } from './navigation.svelte.ts'
import { PhotoAddress } from './photo-address.ts'
import { SidebarDrawer } from './sidebar-drawer.svelte.ts'
import { refreshDebounceMs, RefreshScheduler, type Stale } from './refresh-scheduler.ts'

/** What changes how many photos an album has. */
const countChanges = new Set<PhotoEventKind>([
  'added',
  'left',
  'arrived',
  'trashed',
  'restored',
  'purged',
  'stacked',
  'unstacked',
])
/** What comes in by itself, from the folders. */
const arrivals = new Set<PhotoEventKind>(['added', 'completed'])
/** By what photos come into an album. */
const comes = new Set<PhotoEventKind>(['added', 'arrived'])
/** What stands behind the bell can wait until the photos are there, so many milliseconds. */
const outsideAfterMs = 2000
/** What changes which tags there are. */
const tagChanges = new Set<PhotoEventKind>(['tagged', 'left', 'arrived', 'trashed', 'restored'])

/**
 * The one place where the parts of the window are made and put together. Each part is given what it needs, and components
 * reach it by the context of its own room; nothing but the window itself knows this class.
 */
export class AppState {
  readonly client: Client
  readonly sessionState = new SessionState()
  readonly settingsRoute = new SettingsRoute()
  readonly sidebarDrawer = new SidebarDrawer()
  readonly dialogs = new Dialogs()
  readonly menus = new Menus()
  readonly notices = new Notices()
  readonly photoDrag = new PhotoDrag(
    window.desktop
      ? async (photos, sized) => (await import('./lazy-panels.ts')).dragOut(this, photos, sized)
      : null,
  )
  readonly clipboard = new Clipboard()
  readonly changeFeed = new ChangeFeed()
  readonly navigation = new Navigation({
    onarrive: (isElsewhere) => this.#arrive(isElsewhere),
    titleOf: (album) => this.albumsState.byId(album)?.title ?? this.collectionsState.byId(album)?.title,
    collectionOf: (collection) => this.collectionsState.byId(collection),
  })
  readonly eventStream: EventStream
  readonly history: History
  readonly albumsState: AlbumsState
  readonly collectionsState: CollectionsState
  readonly collectionActions: CollectionActions
  readonly statusesState: StatusesState
  readonly tagsState: TagsState
  readonly libraryState: LibraryState
  readonly folderActions: FolderActions
  readonly viewState: ViewState
  readonly uploads: Uploads
  readonly commentCounts: CommentCounts
  readonly photoAddress: PhotoAddress
  readonly photoActions: PhotoActions
  readonly albumActions: AlbumActions
  readonly tagActions: TagActions
  readonly access: AccessState
  readonly backup: Backup
  readonly commands: CommandRegistry
  #outside: Promise<Outside> | undefined
  readonly #refreshScheduler = new RefreshScheduler((stale) => this.#read(stale))

  constructor(client: Client) {
    this.client = client
    this.eventStream = new EventStream(client, (event) => this.#hear(event))
    this.history = new History(client, this.notices.complain)
    this.albumsState = new AlbumsState(this)
    this.collectionsState = new CollectionsState(this)
    this.statusesState = new StatusesState(client)
    this.tagsState = new TagsState(client)
    this.libraryState = new LibraryState(client, this.sessionState)
    this.folderActions = new FolderActions(this)
    this.uploads = new Uploads(this)
    this.viewState = new ViewState(client, this.navigation)
    this.commentCounts = new CommentCounts(client, () => this.sessionState.hasAccount)
    this.photoAddress = new PhotoAddress(this)
    this.photoActions = new PhotoActions(this)
    this.albumActions = new AlbumActions(this)
    this.collectionActions = new CollectionActions(this)
    this.tagActions = new TagActions(this)
    this.access = new AccessState(this)
    this.backup = new Backup(this)
    this.commands = new CommandRegistry(this)
    this.photoAddress.start()
  }

  /** Gives each part to the components below the one that is being made. */
  provide() {
    setClient(this.client)
    setSessionState(this.sessionState)
    setSettingsRoute(this.settingsRoute)
    setDialogs(this.dialogs)
    setMenus(this.menus)
    setNotices(this.notices)
    setPhotoDrag(this.photoDrag)
    setClipboard(this.clipboard)
    setChangeFeed(this.changeFeed)
    setNavigation(this.navigation)
    setEventStream(this.eventStream)
    setHistory(this.history)
    setAlbumsState(this.albumsState)
    setCollectionsState(this.collectionsState)
    setCollectionActions(this.collectionActions)
    setStatusesState(this.statusesState)
    setTagsState(this.tagsState)
    setLibraryState(this.libraryState)
    setCommentCounts(this.commentCounts)
    setFolderActions(this.folderActions)
    setViewState(this.viewState)
    setUploads(this.uploads)
    setPhotoActions(this.photoActions)
    setAlbumActions(this.albumActions)
    setTagActions(this.tagActions)
    setAccessState(this.access)
    setBackup(this.backup)
    setCommands(this.commands)
  }

  /** Follows the gallery, the address and the menu until the way to stop, which it returns, is taken. */
  start() {
    const stops = [this.eventStream.start(), this.navigation.follow()]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** What tells of news outside of the window comes with the first of them. */
  #tellOutside(event: GalleryEvent) {
    if (event.kind === 'albums' || (event.kind === 'photos' && !comes.has(event.what))) return
    const tell = () => {
      if (this.sessionState.isStranger) return
      this.#outside ??= import('../outside/outside.ts').then((room) => new room.Outside(this))
      void this.#outside.then((outside) => outside.hear(event)).catch(() => undefined)
    }
    if (event.kind === 'resync') setTimeout(tell, outsideAfterMs)
    else tell()
  }

  #hear(event: GalleryEvent) {
    this.#tellOutside(event)
    if (event.kind === 'library') {
      this.libraryState.take(event.status)
      return
    }
    if (event.kind === 'comments' || event.kind === 'resync')
      this.commentCounts.hear(event.kind === 'comments' ? event.album : null)
    if (event.kind === 'comments') {
      this.#hearTalk()
      this.changeFeed.announce()
      return
    }
    this.viewState.hear(event)
    const { album } = this.navigation
    const elsewhere = event.kind === 'photos' && album !== null && event.album !== album
    const counts = event.kind !== 'photos' || countChanges.has(event.what)
    const tags = event.kind !== 'photos' || tagChanges.has(event.what)
    // What smart albums find may be changed by any event of a photo.
    const collections = counts || this.collectionsState.searches
    if (elsewhere && !counts && !tags && !collections) return
    const byItself = event.kind === 'photos' && arrivals.has(event.what)
    const view = byItself ? ('arrivals' as const) : ('now' as const)
    const stale = { session: event.kind === 'resync', albums: counts, collections, tags, view }
    this.#refreshScheduler.plan(stale, this.viewState.loaded ? refreshDebounceMs : 0)
    this.changeFeed.announce()
  }

  /** Something was said or chosen: what looks for words, or for what was chosen, may find other photos. */
  #hearTalk() {
    const { filter } = this.navigation
    const collections = this.collectionsState.searches
    if (filter.chosen || filter.text) void this.viewState.refresh()
    const stale = { session: false, albums: false, collections, tags: false, view: 'arrivals' as const }
    if (collections) this.#refreshScheduler.plan(stale, refreshDebounceMs)
  }

  /** Another view is shown: who went there leaves the settings for it. */
  #arrive(isElsewhere: boolean) {
    if (isElsewhere) this.sidebarDrawer.close()
    if (isElsewhere) this.settingsRoute.close()
    this.viewState.arrive()
  }

  /** Another account than before, as after a logout elsewhere, does not see what the other one saw. */
  async #greet() {
    if (this.sessionState.take(await this.client.gallery.session())) {
      this.viewState.forget()
      this.commentCounts.forget()
      this.history.forget()
      this.notices.forget()
      this.navigation.go({})
    }
    const { session } = this.sessionState
    if (session) this.history.belongTo(`${session.gallery.id} ${session.account}`)
    // What is left of the pane may be an administrator's.
    if (!this.sessionState.administrator) this.settingsRoute.leave()
  }

  /** A visitor who comes without an address sees several albums by their covers first, and one that was shared by its title. */
  #placeVisitor() {
    const { albumsState, navigation, sessionState, viewState } = this
    const comes = !viewState.loaded && navigation.isAll && typeof navigation.wanted !== 'string'
    if (!comes || !sessionState.session) return
    const { guest, share } = sessionState.session
    const [only, ...others] = albumsState.albums
    if (guest && others.length > 0) navigation.go({ albums: true }, true)
    else if (share && only) navigation.go({ album: only.id }, true)
  }

  async #read({ session, albums, collections, tags, view }: Stale) {
    if (session) await this.#greet()
    await Promise.all([
      session && this.statusesState.read(),
      albums && this.albumsState.read(),
      (albums || collections) && this.collectionsState.read(),
      albums && this.libraryState.readRoots(),
    ])
    if (albums) this.#placeVisitor()
    if (collections) this.navigation.settle()
    if (albums) this.navigation.rename()
    if (tags) await this.tagsState.read()
    if (albums) await this.albumsState.readTrash()
    if (view === 'arrivals' && this.viewState.loaded && this.viewState.hand.isAtWork())
      this.#refreshScheduler.plan(
        { session: false, albums: false, collections: false, tags: false, view },
        refreshDebounceMs,
      )
    else await this.viewState.refresh()
  }
}
