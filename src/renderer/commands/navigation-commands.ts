import { inRow } from '../i18n/forward.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { t } from '../i18n/index.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'

/** The filter bar opens where it is closed, with the keyboard in its field. */
export const openFilter: Command<CommandContext> = {
  id: 'filter',
  label: 'filter',
  icon: 'filter',
  keys: ['$mod+Shift+f'],
  group: 'window',
  run: ({ dialogs }) => {
    preferences.change({ filter: true })
    dialogs.focus('filter-text')
  },
}

export const picksOnly: Command<CommandContext> = {
  id: 'picks-only',
  label: 'picksOnly',
  keys: ['Shift+p'],
  group: 'cull',
  run: ({ navigation }) => {
    navigation.refine({ flag: navigation.filter.flag === 'pick' ? undefined : 'pick' })
  },
}

/** Photos in columns by status, and back on their wall. */
export const board: Command<CommandContext> = {
  id: 'board',
  label: 'wallBoard',
  icon: 'board',
  keys: ['b'],
  group: 'look',
  when: ({ navigation, statusesState }) => !navigation.trash && statusesState.all.length > 0,
  run: () => preferences.change({ board: !preferences.board }),
}

/** Into the one search, which is in the sidebar: that opens where it is a drawer. */
export const find: Command<CommandContext> = {
  id: 'find',
  label: 'keyFind',
  icon: 'search',
  keys: ['$mod+f'],
  group: 'window',
  row: { label: 'keyFind', keys: ['$mod', 'f', '/'] },
  whileTyping: true,
  run: ({ sidebarDrawer }) => {
    sidebarDrawer.open()
    document.querySelector<HTMLInputElement>('#find')?.select()
  },
}

/** Steps through what was shown, as browsers have them: the desktop window has no buttons for that. */
export const historySteps: readonly Command<CommandContext>[] = [
  {
    id: 'go-back',
    label: 'goBack',
    icon: 'left',
    keys: [inRow('Alt+ArrowLeft')],
    group: 'window',
    run: () => window.history.back(),
  },
  {
    id: 'go-forward',
    label: 'goForward',
    icon: 'right',
    keys: [inRow('Alt+ArrowRight')],
    group: 'window',
    run: () => window.history.forward(),
  },
]

/** The same by one key, which is a letter while something is typed. */
export const findByLetter: Command<CommandContext> = {
  ...find,
  id: 'find-by-letter',
  keys: ['[Shift]+/'],
  whileTyping: false,
}

export const allPhotos: Command<CommandContext> = {
  id: 'all-photos',
  label: 'allPhotos',
  icon: 'photos',
  group: 'window',
  run: ({ navigation }) => navigation.show(null),
}

/** The photos that are shown, on a map of the world or in the grid again. */
export const worldMap: Command<CommandContext> = {
  id: 'map',
  label: 'map',
  icon: 'map',
  keys: ['w'],
  group: 'look',
  when: ({ navigation, viewState: { view } }) =>
    !navigation.trash && (navigation.map || (view.pages.total ?? 0) > 0),
  run: ({ navigation }) => navigation.chart(!navigation.map),
}

/** On which days the photos that are shown were taken, to choose some of them. */
export const calendar: Command<CommandContext> = {
  id: 'calendar',
  label: 'calendar',
  icon: 'calendar',
  keys: ['y'],
  group: 'look',
  when: ({ navigation, viewState: { view } }) =>
    !navigation.trash && (navigation.isFiltered || (view.pages.total ?? 0) > 0),
  run: ({ dialogs }) => dialogs.ask({ kind: 'calendar' }),
}

/** Albums that have a key of their own: one for each digit but 0. */
const albumKeys = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/** The albums in the order of the sidebar, by their number. */
export const openAlbum = albumKeys.map((digit): Command<CommandContext> => {
  const albumOf = ({ albumsState }: CommandContext) => albumsState.albums[digit - 1]
  return {
    id: `album-${digit}`,
    label: 'keyAlbums',
    name: (context) => `${t('album')}: ${albumOf(context)?.title ?? ''}`,
    keys: [`$mod+${digit}`],
    group: 'window',
    row: { label: 'keyAlbums', keys: ['$mod', '1', '–', '9'] },
    when: (context) => albumOf(context) !== undefined,
    run: (context) => context.navigation.show(albumOf(context)?.id ?? null),
  }
})
