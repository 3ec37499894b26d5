import type { CommandRegistry } from '../commands/registry.ts'
import { acrossRows } from '../grid/layout/grid-layout.ts'
import { inRow } from '../i18n/forward.ts'
import { t } from '../i18n/index.ts'
import type { Menus } from '../ui/menus/menus.svelte.ts'
import type { Board, Place } from './board.svelte.ts'

interface Needs {
  board: Board
  commands: Pick<CommandRegistry, 'photoKey' | 'photoMenu'>
  menus: Pick<Menus, 'open'>
}

/** The nearest column in a direction that has photos, at about the same height. */
const beside = (board: Board, { column, index }: Place, by: 1 | -1): Place | null => {
  const row = board.columns[column]?.layout.rowOf(index) ?? 0
  for (let to = column + by; to >= 0 && to < board.columns.length; to += by) {
    const layout = board.columns[to]?.layout
    if (!layout || layout.total === 0) continue
    const first = layout.firstOf(Math.min(row, layout.rows - 1))
    const across = by === 1 ? 0 : layout.countOf(layout.rowOf(first)) - 1
    return { column: to, index: first + across }
  }
  return null
}

/** Within the row of a column, and beyond its edge into the next column. */
const across = (board: Board, place: Place, by: 1 | -1): Place | null => {
  const layout = board.columns[place.column]?.layout
  const to = place.index + by
  const staysInRow = layout && to >= 0 && to < layout.total && layout.rowOf(to) === layout.rowOf(place.index)
  return staysInRow ? { ...place, index: to } : beside(board, place, by)
}

/** Where a key leads from a place; null for other keys, and where it leads nowhere. */
const target = (board: Board, place: Place, key: string): Place | null => {
  const layout = board.columns[place.column]?.layout
  if (!layout) return null
  const inColumn = (index: number) => ({ ...place, index })
  const targets: Record<string, () => Place | null> = {
    ArrowLeft: () => across(board, place, -1),
    ArrowRight: () => across(board, place, 1),
    ArrowUp: () => inColumn(acrossRows(layout, place.index, -1)),
    ArrowDown: () => inColumn(acrossRows(layout, place.index, 1)),
    Home: () => inColumn(0),
    End: () => inColumn(Math.max(0, layout.total - 1)),
  }
  return targets[inRow(key)]?.() ?? null
}

const isAcross = (key: string) => key === 'ArrowLeft' || key === 'ArrowRight'

/** The first photo that there is. */
const firstPlace = (board: Board): Place => ({
  column: Math.max(
    0,
    board.columns.findIndex(({ pages }) => (pages.total ?? 0) > 0),
  ),
  index: 0,
})

/** Runs what a key does on the board: a command of photos, their menu, a step, opening, or giving the status of the column beside. */
export const pressBoardKey = ({ board, commands, menus }: Needs, event: KeyboardEvent): void => {
  if (event.altKey || event.ctrlKey || event.metaKey || commands.photoKey(event)) return
  const { key, shiftKey } = event
  if (key === 'ContextMenu' || (shiftKey && key === 'F10'))
    menus.open(event, t('wallBoard'), commands.photoMenu({ open: false }))
  else pressMovement(board, event)
}

const pressMovement = (board: Board, event: KeyboardEvent) => {
  const { key, shiftKey } = event
  const place = board.cursor ?? firstPlace(board)
  if (shiftKey && isAcross(key)) void board.shift(inRow(key) === 'ArrowRight' ? 1 : -1)
  else if (key === 'Enter' || key === ' ') void board.open(place)
  else {
    const to = target(board, place, key)
    if (!to) return
    if (shiftKey) void board.extend(to)
    // The first key only shows where the cursor is.
    else board.select(board.cursor ? to : place)
  }
  event.preventDefault()
}

/** How the keyboard moves photos on the board, as the help tells it. */
export const boardKeys = [{ label: 'keyBoard', keys: ['Shift', '←', '→'] }] as const
