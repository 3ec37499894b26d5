import { parseRef } from '../../shared/domain/refs.ts'
import { t } from '../i18n/index.ts'
import type { CommandContext } from './command-context.ts'
import { isOutside, type PhotoCommand } from './photo-command.ts'

/** Visitors may be given nothing of an album. */
const isGiven = ({ albumsState }: CommandContext) => {
  const { shown, albums } = albumsState
  return (shown ? [shown] : albums).some(({ download }) => download !== 'none')
}

const isOn = (shell: 'browser' | 'desktop') => (context: CommandContext) =>
  isOutside(context) && context.sessionState.session?.shell === shell

const isSaved = (context: CommandContext) => isOn('browser')(context) && isGiven(context)

/** As many as one call takes. */
const maxPaths = 1000

/** The one photo that is meant; null where there are several. */
const oneOf = ({ photoActions: { refs } }: CommandContext) => {
  const [ref, another] = refs
  if (ref === undefined || another !== undefined) return null
  const { album, id: photo } = parseRef(ref)
  return { album, photo }
}

/** What saves comes with the panels. */
const saving = () => import('../app/lazy-panels.ts')

const save = async (context: CommandContext) => {
  const one = oneOf(context)
  const { saveOriginal, saveSeveral } = await saving()
  if (one) await saveOriginal(context, one)
  else saveSeveral(context)
}

const isOne = (context: CommandContext) => oneOf(context) !== null

/** All that is shown, as visitors take an album home. */
const downloadView: PhotoCommand = {
  id: 'download-all',
  label: 'downloadAll',
  icon: 'download',
  group: 'organise',
  offered: isSaved,
  when: (context) => isSaved(context) && (context.viewState.view.pages.total ?? 0) > 0,
  run: async (context) => (await saving()).saveView(context),
}

/** What is done with the file of a photo: a browser saves it, the desktop shows where it is. */
export const originalCommands: readonly PhotoCommand[] = [
  downloadView,
  {
    id: 'download',
    label: 'download',
    name: (context) => t(isOne(context) ? 'download' : 'downloadZip'),
    group: 'organise',
    offered: isSaved,
    when: (context) => isSaved(context) && context.photoActions.refs.length > 0,
    run: save,
  },
  {
    id: 'open-elsewhere',
    label: 'openElsewhere',
    group: 'organise',
    offered: isOn('desktop'),
    when: (context) => isOn('desktop')(context) && isOne(context),
    run: (context) => {
      const one = oneOf(context)
      return one && context.notices.attempt(() => context.client.desktop.openOriginal(one))
    },
  },
  {
    id: 'copy-path',
    label: 'copyPath',
    keys: ['$mod+Alt+c'],
    group: 'organise',
    offered: isOn('desktop'),
    when: (context) => isOn('desktop')(context) && context.photoActions.refs.length > 0,
    run: async (context) => (await saving()).copyPaths(context, context.photoActions.refs.slice(0, maxPaths)),
  },
  {
    id: 'drag-copies',
    label: 'copiesItem',
    group: 'organise',
    offered: isOn('desktop'),
    when: (context) => isOn('desktop')(context) && context.photoActions.refs.length > 0,
    run: ({ dialogs }) => dialogs.ask({ kind: 'copies' }),
  },
  {
    id: 'reveal',
    label: 'reveal',
    group: 'organise',
    offered: isOn('desktop'),
    when: (context) => isOn('desktop')(context) && isOne(context),
    run: (context) => {
      const one = oneOf(context)
      return one && context.notices.attempt(() => context.client.desktop.reveal(one))
    },
  },
]
