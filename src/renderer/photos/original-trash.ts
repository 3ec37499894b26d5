import type { Client } from '../api/client.ts'
import type { History } from '../commands/history.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import { counted, said, t } from '../i18n/index.ts'

/** Originals moved in one call, which is what the contract allows. */
export const maxOriginalsPerCall = 1000

interface Needs {
  client: { desktop: Pick<Client['desktop'], 'trashOriginals'> }
  dialogs: Pick<Dialogs, 'ask'>
  history: Pick<History, 'inSteps'>
  notices: Notify
}

type Failed = Awaited<ReturnType<Client['desktop']['trashOriginals']>>['failed']

/** Moves the originals to the system's trash, call after call; those that stayed are told, with the first one's reason. */
const trash = async ({ client, history, notices }: Needs, refs: string[]) => {
  const stayed: Failed = []
  await notices.attempt(() =>
    history.inSteps(t('originalsAction'), refs, maxOriginalsPerCall, async (photos) => {
      stayed.push(...(await client.desktop.trashOriginals({ photos })).failed)
    }),
  )
  if (stayed.length > 0)
    notices.complain(
      `${counted('originalsStayed', stayed.length)} ${stayed[0] ? said(stayed[0].text, stayed[0].reason) : ''}`,
    )
}

/** Asks before originals leave their folders: what a gallery otherwise never does. */
export const askForOriginals = (needs: Needs, refs: string[]) => {
  needs.dialogs.ask({
    kind: 'confirm',
    title: t('originalsTitle', { photos: counted('photos', refs.length) }),
    text: t('originalsText'),
    action: t('originalsAction'),
    run: () => trash(needs, refs),
  })
}
