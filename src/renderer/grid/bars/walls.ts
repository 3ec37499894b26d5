import type { ComponentProps } from 'svelte'
import { t } from '../../i18n/index.ts'
import { preferences } from '../../app/preferences.svelte.ts'
import type Icon from '../../ui/controls/Icon.svelte'
import type { MenuItem } from '../../ui/menus/menus.svelte.ts'
import type { Wall } from '../layout/grid-layout.ts'

/** How photos can hang, as it is offered. */
export const wallChoices: readonly {
  wall: Wall
  icon: ComponentProps<typeof Icon>['name']
  label: () => string
}[] = [
  { wall: 'cells', icon: 'cells', label: () => t('wallCells') },
  { wall: 'squares', icon: 'squares', label: () => t('wallSquares') },
  { wall: 'rows', icon: 'rows', label: () => t('wallRows') },
  { wall: 'single', icon: 'single', label: () => t('wallSingle') },
]

const headingChoices = [
  ['month', 'headingsMonth'],
  ['day', 'headingsDay'],
  [null, 'headingsNone'],
] as const

/** What can stand above photos that are ordered by date; otherwise there is nothing to choose. */
export const headingItems = (isDated: boolean): MenuItem[] =>
  headingChoices.map(([headings, label]) => ({
    label: t(label),
    checked: isDated && preferences.headings === headings,
    disabled: !isDated,
    run: () => preferences.change({ headings }),
  }))

/** The choices of a menu; `now`: how photos hang; `hasBoard`: they can stand in columns by status. */
export const wallItems = (now: Wall, hasBoard: boolean): MenuItem[] => {
  const isBoard = hasBoard && preferences.board
  const walls = wallChoices.map(({ wall, label }) => ({
    label: label(),
    checked: wall === now && !isBoard,
    run: () => preferences.change({ wall, board: false }),
  }))
  const board = { label: t('wallBoard'), checked: isBoard, run: () => preferences.change({ board: true }) }
  return hasBoard ? [...walls, board] : walls
}
