import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'
import { photosMeant } from './export-command.ts'

const mayPrint = ({ navigation }: CommandContext) => !navigation.trash

/** Photos go onto paper, or into a PDF, as a contact sheet. */
export const printPhotos: Command<CommandContext> = {
  id: 'print',
  label: 'printItem',
  keys: ['$mod+p'],
  group: 'organise',
  offered: mayPrint,
  when: (context) => mayPrint(context) && photosMeant(context).count > 0,
  run: (context) =>
    context.dialogs.ask({
      kind: 'print',
      ...photosMeant(context),
      heading: context.albumsState.shown?.title ?? '',
    }),
}
