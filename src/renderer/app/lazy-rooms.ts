import { lazyAdjusted, lazyAdjustMode } from '../adjust/lazy-adjusted.ts'
import { LazyComponent } from '../ui/lazy/lazy-component.svelte.ts'

const panels = () => import('./lazy-panels.ts')
const dialogs = () => import('./lazy-dialogs.ts')
const visitors = () => import('../visitors/pages.ts')

/**
 * What the first look at the photos does not need. It comes when it is entered, or before that, as soon as the photos are
 * there and the window has nothing else to do.
 */
export const lazyRooms = {
  adjusted: lazyAdjusted,
  viewer: new LazyComponent(async () => (await panels()).Viewer),
  compare: new LazyComponent(async () => (await panels()).Compare),
  info: new LazyComponent(async () => (await panels()).InfoPanel),
  activity: new LazyComponent(async () => (await panels()).ActivityPanel),
  filter: new LazyComponent(async () => (await panels()).FilterBar),
  filterRow: new LazyComponent(async () => (await panels()).FilterRow),
  adjustMode: lazyAdjustMode,
  albums: new LazyComponent(async () => (await panels()).AlbumsPage),
  board: new LazyComponent(async () => (await panels()).Board),
  choosing: new LazyComponent(async () => (await panels()).ChoosingBar),
  pickMark: new LazyComponent(async () => (await panels()).PickMark),
  collections: new LazyComponent(async () => (await panels()).CollectionList),
  menu: new LazyComponent(async () => (await panels()).Menu),
  missingThumbnail: new LazyComponent(async () => (await panels()).MissingThumbnail),
  map: new LazyComponent(async () => (await panels()).MapPage),
  headings: new LazyComponent(async () => (await panels()).SectionHeadings),
  scrubber: new LazyComponent(async () => (await panels()).TimeScrubber),
  smart: new LazyComponent(async () => (await panels()).SmartBar),
  emptySmart: new LazyComponent(async () => (await panels()).SmartEmpty),
  selection: new LazyComponent(async () => (await panels()).SelectionBar),
  tour: new LazyComponent(async () => (await panels()).Tour),
  welcome: new LazyComponent(async () => (await panels()).Welcome),
  trash: new LazyComponent(async () => (await panels()).TrashBar),
  uploads: new LazyComponent(async () => (await import('../uploads/UploadPanel.svelte')).default),
  settings: new LazyComponent(async () => (await import('../settings/SettingsPane.svelte')).default),
}

/** What visitors have in place of the window. */
export const lazyPages = {
  album: new LazyComponent(async () => (await visitors()).VisitorPage),
  link: new LazyComponent(async () => (await visitors()).LinkPage),
  /** For an account that has to add to its password first. */
  setUp: new LazyComponent(async () => (await dialogs()).SecondFactor),
}

/** Dialogs, by what is asked for. */
export const lazyDialogs = {
  text: new LazyComponent(async () => (await dialogs()).TextDialog),
  confirm: new LazyComponent(async () => (await dialogs()).ConfirmDialog),
  move: new LazyComponent(async () => (await dialogs()).MoveDialog),
  collect: new LazyComponent(async () => (await dialogs()).CollectDialog),
  'collection-rights': new LazyComponent(async () => (await dialogs()).CollectionRights),
  tags: new LazyComponent(async () => (await dialogs()).TagDialog),
  date: new LazyComponent(async () => (await dialogs()).DateDialog),
  folder: new LazyComponent(async () => (await dialogs()).FolderChooser),
  library: new LazyComponent(async () => (await dialogs()).LibraryDialog),
  login: new LazyComponent(async () => (await dialogs()).LoginDialog),
  keys: new LazyComponent(async () => (await dialogs()).KeyboardHelp),
  join: new LazyComponent(async () => (await dialogs()).JoinDialog),
  calendar: new LazyComponent(async () => (await dialogs()).CalendarDialog),
  card: new LazyComponent(async () => (await dialogs()).CardDialog),
  catalogue: new LazyComponent(async () => (await dialogs()).CatalogueDialog),
  notices: new LazyComponent(async () => (await dialogs()).NoticesDialog),
  download: new LazyComponent(async () => (await dialogs()).DownloadDialog),
  export: new LazyComponent(async () => (await dialogs()).ExportDialog),
  copies: new LazyComponent(async () => (await dialogs()).CopiesDialog),
  print: new LazyComponent(async () => (await dialogs()).PrintDialog),
  duplicates: new LazyComponent(async () => (await dialogs()).DuplicatesDialog),
  commands: new LazyComponent(async () => (await dialogs()).CommandPalette),
  account: new LazyComponent(async () => (await dialogs()).AccountDialog),
  password: new LazyComponent(async () => (await dialogs()).PasswordDialog),
  share: new LazyComponent(async () => (await dialogs()).ShareDialog),
  token: new LazyComponent(async () => (await dialogs()).TokenDialog),
  codes: new LazyComponent(async () => (await dialogs()).CodesDialog),
  'codes-off': new LazyComponent(async () => (await dialogs()).CodesOffDialog),
  recovery: new LazyComponent(async () => (await dialogs()).RecoveryDialog),
  passkey: new LazyComponent(async () => (await dialogs()).PasskeyDialog),
  'edit-share': new LazyComponent(async () => (await dialogs()).EditShareDialog),
  'own-selection': new LazyComponent(async () => (await dialogs()).OwnSelectionDialog),
  selections: new LazyComponent(async () => (await dialogs()).SelectionsDialog),
  'public-album': new LazyComponent(async () => (await dialogs()).PublicAlbumDialog),
}

/** After so many milliseconds a window that is never idle loads the next one all the same. */
const idleTimeoutMs = 2000

const whenIdle = () =>
  new Promise<unknown>((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve, { timeout: idleTimeoutMs })
    else setTimeout(resolve, idleTimeoutMs) // Safari
  })

/** Loads one after the other, each when the window is idle, until the way to stop, which it returns, is taken. */
export const preloadRooms = () => {
  let stopped = false
  const run = async () => {
    for (const lazy of [...Object.values(lazyRooms), ...Object.values(lazyDialogs)]) {
      await whenIdle()
      if (stopped) return
      await lazy.load()
    }
  }
  void run()
  return () => {
    stopped = true
  }
}
