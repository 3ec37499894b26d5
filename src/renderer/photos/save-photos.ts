import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { originalUrl, type Client } from '../api/client.ts'
import type { CommandContext } from '../commands/command-context.ts'
import { t } from '../i18n/index.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

/** Strangers are not told which computer it is. */
const awayOf = ({ missing, host }: PhotoDetails) => {
  if (missing) return t('originalGone')
  return host === '' ? t('originalFailed') : t('elsewhere', { host })
}

/** Lets the browser save the original of a photo. Where it is on another computer, that is said instead of saving its absence. */
export const saveOriginal = async (
  { client, notices }: { client: Client; notices: Notify },
  photo: { album: string; photo: string },
): Promise<void> => {
  const known = await notices.attempt(() => client.photos.show(photo))
  if (!known) return
  if (!known.here || known.missing) {
    notices.complain(awayOf(known))
    return
  }
  const link = document.createElement('a')
  link.href = originalUrl(photo.album, photo.photo, { download: true })
  link.download = ''
  link.click()
}

const titleOf = ({ albumsState }: CommandContext) => albumsState.shown?.title ?? ''

/** The most that is given of what is shown: which of it, the server decides for each photo. */
const givenOf = ({ albumsState: { shown, albums } }: CommandContext): 'original' | 'preview' =>
  (shown ? [shown] : albums).some(({ download }) => download === 'original') ? 'original' : 'preview'

/** Asks as what all that is shown is to be saved. */
export const saveView = (context: CommandContext) => {
  const { dialogs, navigation, viewState } = context
  const count = viewState.view.pages.total ?? 0
  const [name, given] = [titleOf(context), givenOf(context)]
  dialogs.ask({ kind: 'download', photos: navigation.query, count, name, given })
}

/** The same of several photos: all of a view by what it asks for, which may be more than can be named. */
export const saveSeveral = (context: CommandContext) => {
  const { dialogs, photoActions, viewState } = context
  const { refs } = photoActions
  if (refs.length === (viewState.view.pages.total ?? 0)) {
    saveView(context)
    return
  }
  const [name, given] = [titleOf(context), givenOf(context)]
  dialogs.ask({ kind: 'download', photos: refs, count: refs.length, name, given })
}
