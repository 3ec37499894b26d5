import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'

const mayExport = ({ navigation, sessionState: { session } }: CommandContext) =>
  !navigation.trash && session?.library === true

/** Which photos leave the gallery, as copies or on paper: the open one, else the selected ones, else all that is shown. */
export const photosMeant = ({
  navigation,
  photoActions,
  viewState: { view, viewing, comparing },
}: CommandContext) => {
  const total = view.pages.total ?? 0
  const some = viewing || comparing || (view.selection.size > 0 && view.selection.size < total)
  return some
    ? { photos: photoActions.refs, count: photoActions.refs.length }
    : { photos: navigation.query, count: total }
}

/** Photos go to a folder of this computer: whose it is alone may write there. */
export const exportPhotos: Command<CommandContext> = {
  id: 'export',
  label: 'exportItem',
  icon: 'export',
  keys: ['$mod+Shift+e'],
  group: 'organise',
  offered: mayExport,
  when: (context) => mayExport(context) && photosMeant(context).count > 0,
  run: (context) => context.dialogs.ask({ kind: 'export', ...photosMeant(context) }),
}
