import { adjusting } from '../adjust/adjusting.svelte.ts'
import { adjustRoom } from '../adjust/lazy-adjusted.ts'
import { copied } from '../adjust/copied.svelte.ts'
import { refOf } from '../../shared/domain/refs.ts'
import type { CommandContext } from './command-context.ts'
import { change, isOutside, type PhotoCommand } from './photo-command.ts'

/** How the photo at the cursor is adjusted; null where it is as in its file. */
const adjustedAtCursor = ({ viewState }: CommandContext): string | null =>
  viewState.view.selection.photo?.adjusted?.by ?? null

/** Several photos may be adjusted, wherever the cursor is. */
const mayBeAdjusted = (context: CommandContext) =>
  isOutside(context) && (context.photoActions.refs.length > 1 || adjustedAtCursor(context) !== null)

const isPicture = ({ viewState: { comparing, view } }: CommandContext) =>
  !comparing && view.selection.photo?.video === false && view.selection.photo.width > 0

/** Opens the photo at the cursor to be cropped, straightened and so on. */
const begin = ({ photoActions, viewState }: CommandContext) => {
  const { photo, cursor } = viewState.view.selection
  if (!photo || photoActions.mine().length === 0) return
  if (!viewState.viewing) viewState.openPhoto(cursor)
  adjusting.ref = refOf(photo)
}

/** Crops the photo at the cursor, straightens it and changes its light. */
export const adjustCommand: PhotoCommand = {
  ...change({
    id: 'adjust',
    label: 'adjustItem',
    icon: 'crop',
    keys: ['Shift+c'],
    group: 'organise',
    run: begin,
  }),
  offered: (context) => isOutside(context) && isPicture(context),
  when: (context) => isPicture(context) && context.photoActions.canChange,
}

/** How photos are shown other than their files have them. */
export const adjustCommands: readonly PhotoCommand[] = [
  change({
    id: 'turn-right',
    label: 'turnRight',
    keys: ['r'],
    group: 'organise',
    run: async (context) => (await adjustRoom()).turn(context, 1),
  }),
  change({
    id: 'turn-left',
    label: 'turnLeft',
    keys: ['Shift+r'],
    group: 'organise',
    run: async (context) => (await adjustRoom()).turn(context, 3),
  }),
  adjustCommand,
  {
    id: 'copy-adjustment',
    label: 'copyAdjustment',
    keys: ['$mod+Shift+c'],
    group: 'organise',
    offered: (context) => isOutside(context) && adjustedAtCursor(context) !== null,
    when: (context) => isOutside(context) && adjustedAtCursor(context) !== null,
    run: (context) => (copied.by = adjustedAtCursor(context)),
  },
  {
    ...change({
      id: 'paste-adjustment',
      label: 'pasteAdjustment',
      keys: ['$mod+Shift+v'],
      group: 'organise',
      run: async (context) => (await adjustRoom()).pasteAdjustment(context),
    }),
    offered: (context) => isOutside(context) && copied.by !== null,
    when: ({ photoActions }) => copied.by !== null && photoActions.canChange,
    explains: false,
  },
  {
    ...change({
      id: 'reset-adjustment',
      label: 'resetAdjustment',
      group: 'organise',
      run: async (context) => (await adjustRoom()).resetAdjustment(context),
    }),
    offered: mayBeAdjusted,
    when: (context) => mayBeAdjusted(context) && context.photoActions.canChange,
  },
]
