import { mayUnstack, stack, stackOf, unstack } from '../stacks/stack-actions.ts'
import { change, isOutside, type PhotoCommand } from './photo-command.ts'

/** Puts photos together as one, and takes them apart. */
export const stackCommands: readonly PhotoCommand[] = [
  {
    ...change({
      id: 'stack',
      label: 'stackItem',
      keys: ['g'],
      group: 'organise',
      run: (context) => stack(context),
    }),
    offered: (context) => isOutside(context) && stackOf(context) !== null,
    when: (context) => context.photoActions.canChange && stackOf(context) !== null,
  },
  {
    ...change({
      id: 'unstack',
      label: 'unstackItem',
      keys: ['Shift+g'],
      group: 'organise',
      run: (context) => unstack(context),
    }),
    offered: (context) => isOutside(context) && mayUnstack(context),
    when: (context) => context.photoActions.canChange && mayUnstack(context),
  },
]
