import type { CommandRegistry } from '../commands/registry.ts'
import { inRow } from '../i18n/forward.ts'
import { t } from '../i18n/index.ts'
import type { Menus } from '../ui/menus/menus.svelte.ts'
import { acrossRows, pitchOf, type GridLayout } from './layout/grid-layout.ts'
import type { GridScroller } from './grid-scroller.svelte.ts'
import type { PhotoView } from './photo-view.svelte.ts'
import type { Reorder } from './reorder.svelte.ts'
import type { Selection } from './selection.svelte.ts'
import type { ViewState } from './view-state.svelte.ts'

/** Where a key leads from the cursor of a grid; null for other keys. */
const target = (key: string, layout: GridLayout, pageRows: number, cursor: number): number | null => {
  const targets: Record<string, () => number> = {
    ArrowLeft: () => cursor - 1,
    ArrowRight: () => cursor + 1,
    ArrowUp: () => acrossRows(layout, cursor, -1),
    ArrowDown: () => acrossRows(layout, cursor, 1),
    PageUp: () => acrossRows(layout, cursor, -pageRows),
    PageDown: () => acrossRows(layout, cursor, pageRows),
    Home: () => 0,
    End: () => layout.total - 1,
  }
  return targets[inRow(key)]?.() ?? null
}

/** Moves the cursor as the keys of a grid do; true where the key was one of them. */
const moveByKey = (
  event: KeyboardEvent,
  selection: Selection,
  layout: GridLayout,
  pageRows: number,
  total: number,
): boolean => {
  const cursor = Math.max(0, selection.cursor)
  if (total === 0 || event.altKey) return false
  const to = target(event.key, layout, pageRows, cursor)
  if (to === null) return false
  // The first key only shows where the cursor is, at the first photo.
  const index =
    selection.cursor < 0 && !['Home', 'End'].includes(event.key) ? 0 : Math.min(total - 1, Math.max(0, to))
  if (event.shiftKey) void selection.extend(index)
  else if (event.ctrlKey || event.metaKey) selection.moveTo(index)
  else selection.select(index)
  return true
}

interface Needs {
  commands: Pick<CommandRegistry, 'photoKey' | 'photoMenu'>
  gridScroller: GridScroller
  menus: Pick<Menus, 'open'>
  reorder: Reorder
  viewState: Pick<ViewState, 'openPhoto'>
}

const isMenuKey = ({ key, shiftKey }: KeyboardEvent) => key === 'ContextMenu' || (shiftKey && key === 'F10')

const isOpenKey = ({ key }: KeyboardEvent) => key === 'Enter' || key === ' '

/** Runs what a key does in the grid: a command of photos, their menu, a step in the manual order or of the cursor, or opening. */
export const pressKey = (needs: Needs, view: PhotoView, event: KeyboardEvent): void => {
  const { commands, gridScroller, menus, reorder } = needs
  const { selection } = view
  const { layout, total } = gridScroller
  if (commands.photoKey(event)) {
    gridScroller.reveal(selection.cursor)
    return
  }
  if (isMenuKey(event)) {
    menus.open(event, t('photoGrid'), commands.photoMenu({ open: true }))
    return
  }
  const pageRows = Math.max(
    1,
    Math.floor(gridScroller.height / pitchOf(layout, layout.rowOf(Math.max(0, selection.cursor)))),
  )
  const isReordered = event.altKey && reorder.orders && reorder.byKey(event.key, layout)
  if (isReordered) event.preventDefault()
  else if (moveByKey(event, selection, layout, pageRows, total)) {
    gridScroller.reveal(selection.cursor)
    event.preventDefault()
  } else if (isOpenKey(event) && total > 0) {
    openOrToggle(needs, selection, event)
    event.preventDefault()
  }
}

const openOrToggle = ({ viewState }: Needs, selection: Selection, event: KeyboardEvent) => {
  const index = Math.max(0, selection.cursor)
  if (event.ctrlKey || event.metaKey) selection.toggle(index)
  else viewState.openPhoto(index)
}
