import { copied } from '../adjust/copied.svelte.ts'
import type { CommandContext } from './command-context.ts'
import { change, isOutside, type PhotoCommand } from './photo-command.ts'

/** They come with their first use, or before that, when the window has nothing else to do. */
const actions = () => import('../adjust/adjust-actions.ts')

/** How the photo at the cursor is adjusted; null where it is as in its file. */
const adjustedAtCursor = ({ viewState }: CommandContext): string | null =>
  viewState.view.selection.photo?.adjusted?.by ?? null

/** Several photos may be adjusted, wherever the cursor is. */
const mayBeAdjusted = (context: CommandContext) =>
  isOutside(context) && (context.photoActions.refs.length > 1 || adjustedAtCursor(context) !== null)

/** How photos are shown other than their files have them. */
export const adjustCommands: readonly PhotoCommand[] = [
  change({
    id: 'turn-right',
    label: 'turnRight',
    keys: ['r'],
    group: 'organise',
    run: async (context) => (await actions()).turn(context, 1),
  }),
  change({
    id: 'turn-left',
    label: 'turnLeft',
    keys: ['Shift+r'],
    group: 'organise',
    run: async (context) => (await actions()).turn(context, 3),
  }),
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
      run: async (context) => (await actions()).pasteAdjustment(context),
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
      run: async (context) => (await actions()).resetAdjustment(context),
    }),
    offered: mayBeAdjusted,
    when: (context) => mayBeAdjusted(context) && context.photoActions.canChange,
  },
]
