import { parseRef } from '../../shared/domain/refs.ts'
import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { originalUrl } from '../api/client.ts'
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

/** Strangers are not told which computer it is. */
const awayOf = ({ missing, host }: PhotoDetails) => {
  if (missing) return t('originalGone')
  return host === '' ? t('originalFailed') : t('elsewhere', { host })
}

/** Where the original is on another computer, that is said instead of saving its absence. */
const save = async (context: CommandContext) => {
  const one = oneOf(context)
  if (!one) return
  const { client, notices } = context
  const known = await notices.attempt(() => client.photos.show(one))
  if (!known) return
  if (!known.here || known.missing) {
    notices.complain(awayOf(known))
    return
  }
  const link = document.createElement('a')
  link.href = originalUrl(one.album, one.photo, { download: true })
  link.download = ''
  link.click()
}

const isOne = (context: CommandContext) => oneOf(context) !== null

const titleOf = ({ albumsState }: CommandContext) => albumsState.shown?.title ?? ''

/** The most that is given of what is shown: which of it, the server decides for each photo. */
const givenOf = ({ albumsState: { shown, albums } }: CommandContext): 'original' | 'preview' =>
  (shown ? [shown] : albums).some(({ download }) => download === 'original') ? 'original' : 'preview'

/** Asks as what all that is shown is to be saved. */
const saveView = (context: CommandContext) => {
  const { dialogs, navigation, viewState } = context
  const count = viewState.view.pages.total ?? 0
  const [name, given] = [titleOf(context), givenOf(context)]
  dialogs.ask({ kind: 'download', photos: navigation.query, count, name, given })
}

/** The same of several photos: all of a view by what it asks for, which may be more than can be named. */
const saveSeveral = (context: CommandContext) => {
  const { dialogs, photoActions, viewState } = context
  const { refs } = photoActions
  if (refs.length === (viewState.view.pages.total ?? 0)) {
    saveView(context)
    return
  }
  const [name, given] = [titleOf(context), givenOf(context)]
  dialogs.ask({ kind: 'download', photos: refs, count: refs.length, name, given })
}

/** All that is shown, as visitors take an album home. */
const downloadView: PhotoCommand = {
  id: 'download-all',
  label: 'downloadAll',
  icon: 'download',
  group: 'organise',
  offered: isSaved,
  when: (context) => isSaved(context) && (context.viewState.view.pages.total ?? 0) > 0,
  run: saveView,
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
    run: (context) => (isOne(context) ? save(context) : saveSeveral(context)),
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
    run: async (context) =>
      (await import('../app/lazy-panels.ts')).copyPaths(
        context,
        context.photoActions.refs.slice(0, maxPaths),
      ),
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
