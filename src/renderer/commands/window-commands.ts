import { mayComment } from '../../shared/domain/access.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { askForRejected } from '../photos/rejected-trash.ts'
import { maxCompared } from '../viewer/compare-columns.ts'
import { toggleFullScreen } from '../viewer/fullscreen.ts'
import { t } from '../i18n/index.ts'
import { isNarrow, isPhone } from '../ui/media.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'
import { exportPhotos } from './export-command.ts'
import { printPhotos } from './print-command.ts'
import { redo, undo } from './history-commands.ts'
import {
  allPhotos,
  board,
  calendar,
  find,
  findByLetter,
  historySteps,
  openAlbum,
  openFilter,
  picksOnly,
  worldMap,
} from './navigation-commands.ts'

import { smartCommands } from './smart-commands.ts'

type WindowCommand = Command<CommandContext>

const maySetUp = ({ sessionState }: CommandContext) => sessionState.hasAccount

export const help: WindowCommand = {
  id: 'help',
  label: 'keyHelp',
  icon: 'keys',
  // On some keyboards `?` needs Shift, on others it does not.
  keys: ['[Shift]+?'],
  group: 'window',
  run: ({ dialogs }) => dialogs.ask({ kind: 'keys' }),
}

export const infoPanel: WindowCommand = {
  id: 'info',
  label: 'keyInfo',
  icon: 'info',
  keys: ['i', '$mod+i'],
  group: 'look',
  run: () => preferences.togglePanel('info'),
}

/** The sidebar stands beside the photos, or is a drawer over them. */
export const sidebar: WindowCommand = {
  id: 'sidebar',
  label: 'hideSidebar',
  name: () => t(preferences.sidebar ? 'hideSidebar' : 'showSidebar'),
  icon: 'menu',
  keys: ['$mod+b'],
  group: 'look',
  overSettings: true,
  when: () => !isNarrow.current,
  run: () => preferences.change({ sidebar: !preferences.sidebar }),
}

export const fullScreen: WindowCommand = {
  id: 'full-screen',
  label: 'keyFull',
  icon: 'full',
  keys: ['f'],
  group: 'look',
  run: toggleFullScreen,
}

/** A window for the picture alone, as for a second display. */
const pictureWindow: WindowCommand = {
  id: 'picture-window',
  label: 'pictureWindow',
  keys: ['Shift+w'],
  group: 'look',
  offered: () => !isPhone.current,
  when: () => !isPhone.current,
  run: async (context) => (await import('../app/lazy-panels.ts')).openPictureWindow(context),
}

export const settings: WindowCommand = {
  id: 'settings',
  label: 'settings',
  icon: 'sliders',
  keys: ['$mod+,'],
  group: 'window',
  overSettings: true,
  when: maySetUp,
  run: ({ settingsRoute }) => {
    if (settingsRoute.section) settingsRoute.close()
    else settingsRoute.reopen()
  },
}

/** The desktop app may look at a gallery on a server instead of its own. */
const join: WindowCommand = {
  id: 'join',
  label: 'joinGallery',
  icon: 'globe',
  group: 'window',
  overSettings: true,
  when: ({ sessionState }) => sessionState.session?.shell === 'desktop',
  run: ({ dialogs }) => dialogs.ask({ kind: 'join' }),
}

const palette: WindowCommand = {
  id: 'palette',
  label: 'commands',
  keys: ['$mod+k'],
  group: 'window',
  whileTyping: true,
  overSettings: true,
  run: ({ dialogs }) => dialogs.ask({ kind: 'commands' }),
}

/** Files are sent to the album on the screen. */
const upload: WindowCommand = {
  id: 'upload',
  label: 'uploadPhotos',
  icon: 'export',
  keys: ['Shift+u'],
  group: 'organise',
  offered: ({ uploads }) => uploads.target !== null,
  when: ({ uploads }) => uploads.target !== null,
  run: ({ uploads }) => uploads.open(),
}

/** What the window has said can be read again. */
const notices: WindowCommand = {
  id: 'notices',
  label: 'notices',
  icon: 'bell',
  group: 'window',
  overSettings: true,
  run: ({ dialogs }) => dialogs.ask({ kind: 'notices' }),
}

/** What is new to who begins. */
const tour: WindowCommand = {
  id: 'tour',
  label: 'tour',
  icon: 'eye',
  group: 'window',
  when: ({ sessionState }) => !sessionState.isStranger,
  run: () => preferences.showTour(0),
}

const isComparable = ({ navigation, viewState: { view } }: CommandContext) =>
  !navigation.trash && view.selection.size >= 2 && view.selection.size <= maxCompared

/** What means the same wherever the focus is, except where the user types. */
export const windowCommands: readonly WindowCommand[] = [
  infoPanel,
  sidebar,
  fullScreen,
  pictureWindow,
  worldMap,
  calendar,
  {
    id: 'select-all',
    label: 'keyAll',
    keys: ['$mod+a'],
    group: 'look',
    run: ({ viewState }) => viewState.viewing || viewState.view.selection.all(),
  },
  {
    id: 'compare',
    label: 'keyCompare',
    keys: ['c'],
    group: 'look',
    offered: isComparable,
    when: isComparable,
    run: ({ viewState }) => viewState.compare(true),
  },
  picksOnly,
  board,
  {
    id: 'trash-rejected',
    label: 'rejectedItem',
    icon: 'trash',
    keys: ['Shift+x'],
    group: 'cull',
    grave: true,
    when: ({ navigation, viewState: { view } }) => !navigation.trash && (view.pages.total ?? 0) > 0,
    run: askForRejected,
  },
  {
    id: 'title',
    label: 'keyTitle',
    keys: ['e'],
    group: 'organise',
    offered: ({ navigation, sessionState }) => !navigation.trash && !sessionState.isStranger,
    run: ({ dialogs }) => {
      preferences.change({ panel: 'info' })
      dialogs.focus('photo-title')
    },
  },
  {
    id: 'comment',
    label: 'addComment',
    icon: 'comment',
    keys: ['n'],
    group: 'organise',
    offered: ({ navigation, albumsState }) =>
      !navigation.trash && albumsState.albums.some(({ right }) => mayComment(right)),
    run: ({ dialogs }) => {
      preferences.change({ panel: 'info' })
      dialogs.focus('new-comment')
    },
  },
  undo,
  redo,
  findByLetter,
  find,
  openFilter,
  allPhotos,
  ...historySteps,
  ...openAlbum,
  {
    id: 'new-album',
    label: 'newAlbum',
    icon: 'plus',
    group: 'organise',
    when: ({ albumActions }) => albumActions.mayCreate,
    run: ({ albumActions }) => albumActions.askForAlbum(),
  },
  ...smartCommands,
  {
    id: 'import-card',
    label: 'cardImport',
    icon: 'card',
    group: 'window',
    when: ({ sessionState }) => sessionState.session?.library === true,
    run: ({ dialogs }) => dialogs.ask({ kind: 'card' }),
  },
  {
    id: 'import-catalogue',
    label: 'catalogueItem',
    group: 'window',
    when: ({ sessionState }) => sessionState.session?.library === true,
    run: ({ dialogs }) => dialogs.ask({ kind: 'catalogue' }),
  },
  exportPhotos,
  printPhotos,
  {
    id: 'duplicates',
    label: 'duplicates',
    icon: 'photos',
    group: 'organise',
    when: ({ navigation, albumsState }) =>
      !navigation.trash && albumsState.albums.some(({ right }) => right === 'modify'),
    run: ({ dialogs }) => dialogs.ask({ kind: 'duplicates' }),
  },
  upload,
  join,
  settings,
  notices,
  tour,
  palette,
  {
    id: 'clear',
    label: 'keyClear',
    keys: ['Escape'],
    group: 'window',
    run: ({ viewState, clipboard }) => {
      clipboard.give()
      viewState.view.selection.clear()
    },
  },
  help,
]
