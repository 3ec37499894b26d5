import { refOf } from '../../shared/domain/refs.ts'
import type { Client } from '../api/client.ts'
import { counted, t } from '../i18n/index.ts'
import type { PhotoActions } from '../photos/photo-actions.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

interface Needs {
  client: Pick<Client, 'library'>
  dialogs: Pick<Dialogs, 'ask'>
  notices: Notify
  photoActions: Pick<PhotoActions, 'trash'>
}

/** Asks whether photos whose files are missing, of folders that are there, may go to the trash; says so where there are none. */
export const askRemoveMissing = ({ client, dialogs, notices, photoActions }: Needs) =>
  notices.attempt(async () => {
    const missing = await client.library.missing()
    if (missing.length === 0) {
      notices.complain(t('noMissing'))
      return
    }
    const refs = missing.map(({ album, photo }) => refOf({ album, id: photo }))
    dialogs.ask({
      kind: 'confirm',
      title: t('removeMissing'),
      text: `${t('removeMissingAsk')} (${counted('photos', refs.length)})`,
      action: t('toTrash'),
      run: () => photoActions.trash(refs),
    })
  })
