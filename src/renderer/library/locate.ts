import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { isConflict, messageOf, type Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

interface Needs {
  client: Pick<Client, 'library'>
  dialogs: Pick<Dialogs, 'ask'>
  notices: Notify
}

/** Asks where the file of a missing photo lies now. A file that holds another picture is asked about once more. */
export const askLocate = ({ client, dialogs, notices }: Needs, { id, path }: PhotoDetails) => {
  const locate = (to: string, differs: boolean) =>
    notices.attempt(async () => {
      try {
        await client.library.locate({ photo: id, to, differs })
      } catch (error) {
        if (differs || !isConflict(error)) throw error
        dialogs.ask({
          kind: 'confirm',
          title: t('locate'),
          text: messageOf(error) ?? '',
          action: t('locateAnyway'),
          run: () => locate(to, true),
        })
      }
    })
  dialogs.ask({
    kind: 'text',
    title: t('locate'),
    label: t('locateTitle'),
    value: path.replace(/[/\\][^/\\]*$/, ''),
    action: t('locate'),
    give: (to: string) => locate(to, false),
  })
}
