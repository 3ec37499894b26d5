import type { AlbumActions } from '../albums/album-actions.ts'
import type { AlbumsState } from '../albums/albums-state.svelte.ts'
import type { SettingsRoute } from '../settings/settings-route.svelte.ts'
import type { CollectionActions } from '../collections/collection-actions.ts'
import type { CollectionsState } from '../collections/collections-state.svelte.ts'
import type { Client } from '../api/client.ts'
import type { SidebarDrawer } from '../app/sidebar-drawer.svelte.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import type { SessionState } from '../auth/session-state.svelte.ts'
import type { ViewState } from '../grid/view-state.svelte.ts'
import type { Clipboard } from '../photos/clipboard.svelte.ts'
import type { PhotoActions } from '../photos/photo-actions.svelte.ts'
import type { StatusesState } from '../statuses/statuses-state.svelte.ts'
import type { TagActions } from '../tags/tag-actions.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Menus } from '../ui/menus/menus.svelte.ts'
import type { Uploads } from '../uploads/uploads.svelte.ts'
import type { Notices } from '../ui/toasts/notices.svelte.ts'
import type { History } from './history.svelte.ts'

/** What commands of the window may use: each takes what it needs of it. */
export interface CommandContext {
  client: Client
  sessionState: SessionState
  albumsState: AlbumsState
  collectionsState: CollectionsState
  collectionActions: CollectionActions
  statusesState: StatusesState
  navigation: Navigation
  sidebarDrawer: SidebarDrawer
  viewState: ViewState
  settingsRoute: SettingsRoute
  history: History
  dialogs: Dialogs
  menus: Menus
  notices: Notices
  clipboard: Clipboard
  photoActions: PhotoActions
  albumActions: AlbumActions
  tagActions: TagActions
  /** Runs another command, by its id. */
  commands: { run: (id: string) => void }
  uploads: Uploads
}
