import { toggleFullScreen } from '../viewer/fullscreen.ts'
import type { GalleryState } from '../app/app-state.svelte.ts'
import { preferences } from '../app/preferences.svelte.ts'

type Action = (gallery: GalleryState) => unknown

const focusOn = (what: string) => document.querySelector<HTMLInputElement>(what)?.select()

/** The filter bar opens where it is closed, with the keyboard in its field. */
const openFilter: Action = ({ dialogs }) => {
  preferences.change({ filter: true })
  dialogs.focus('filter-text')
}

const editTitle: Action = ({ dialogs }) => {
  preferences.change({ panel: 'info' })
  dialogs.focus('photo-title')
}

const picksOnly: Action = (gallery) => {
  const { filter } = gallery.navigation
  gallery.narrow({ ...filter, flag: filter.flag === 'pick' ? undefined : 'pick' })
}

const compare: Action = (gallery) => {
  const { size } = gallery.view.selection
  if (size >= 2 && size <= 4) gallery.compare(true)
}

/** Administrators come to everybody's accounts, others to their own. */
export const openSettings: Action = ({ settingsRoute, session }) => {
  if (!session || session.guest || session.share) return
  if (settingsRoute.section) settingsRoute.close()
  else settingsRoute.show(session.administrator ? 'people' : 'me')
}

const plain: Record<string, Action> = {
  '?': ({ dialogs }) => dialogs.ask({ kind: 'keys' }),
  '/': openFilter,
  i: () => preferences.togglePanel('info'),
  f: toggleFullScreen,
  e: editTitle,
  c: compare,
  escape: ({ view, carrying }) => {
    carrying.give()
    view.selection.clear()
  },
}

const shifted: Record<string, Action> = { p: picksOnly }

const command: Record<string, Action> = {
  f: () => focusOn('#find'),
  a: ({ viewing, view }) => void (viewing || view.selection.all()),
  i: () => preferences.togglePanel('info'),
  z: ({ history }) => void history.undo(),
  y: ({ history }) => void history.redo(),
  ',': (gallery) => openSettings(gallery),
}

const shiftedCommand: Record<string, Action> = { z: ({ history }) => void history.redo(), f: openFilter }

/** Albums in the order of the sidebar, by their number. */
const openAlbum = (key: string): Action | undefined => {
  if (!/^[1-9]$/.test(key)) return undefined
  return (gallery) => {
    const album = gallery.albums[Number(key) - 1]
    if (album) gallery.show(album.id)
  }
}

const isTyping = (event: KeyboardEvent) =>
  (event.target as Element).matches(
    'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, option',
  )

/** The keys that mean the same wherever the focus is, except where somebody types. */
export const actOnWindow = (event: KeyboardEvent, gallery: GalleryState) => {
  if (event.defaultPrevented || event.altKey || gallery.dialogs.now || gallery.menus.now) return
  const withCommand = event.ctrlKey || event.metaKey
  // Over the settings, the keys for photos mean nothing.
  if (gallery.settingsRoute.section && !(withCommand && event.key === ',')) return
  const key = event.key.toLowerCase()
  if (isTyping(event) && !(withCommand && key === 'f')) return
  const list = withCommand
    ? event.shiftKey
      ? shiftedCommand
      : command
    : event.shiftKey && key !== '?'
      ? shifted
      : plain
  const action = list[key] ?? (withCommand && !event.shiftKey ? openAlbum(event.key) : undefined)
  if (!action) return
  void action(gallery)
  event.preventDefault()
}
