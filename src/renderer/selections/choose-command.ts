import type { Command } from '../commands/command.ts'
import type { ViewState } from '../grid/view-state.svelte.ts'
import type { choosing } from './choosing.svelte.ts'

interface Context {
  choosing: typeof choosing
  viewState: ViewState
}

const photoOf = ({ viewState }: Context) => viewState.view.selection.photo

/** By one key the photo at the cursor, or the open one, is chosen, or taken out. */
export const chooseCommands: readonly Command<Context>[] = [
  {
    id: 'choose',
    label: 'choosePhoto',
    keys: ['v'],
    group: 'cull',
    when: (context) => Boolean(context.choosing.own?.isOpen && photoOf(context)),
    run: (context) => {
      const photo = photoOf(context)
      return photo && context.choosing.own?.toggle(photo.id)
    },
  },
]
