import type { Account } from '../../shared/schemas/account.ts'
import type { Client } from '../api/client.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import type { AccessState } from './access-state.svelte.ts'
import type { SettingsRoute } from '../settings/settings-route.svelte.ts'
import { t } from '../i18n/index.ts'

type Change = Partial<Pick<Account, 'displayName' | 'role' | 'canCreateAlbums' | 'disabled'>>

interface Needs {
  client: Client
  access: AccessState
  dialogs: Dialogs
  settingsRoute: SettingsRoute
  notices: Notify
}

/** What can be done to one account. It is changed only as the user saw it: another session's change is not overwritten. */
export const editing = ({ client, access, dialogs, settingsRoute, notices }: Needs, name: string) => {
  const { attempt } = notices
  const account = () => access.accounts.find((one) => one.name === name)
  const edit = async (change: Change) => {
    const revision = account()?.revision
    await attempt(() => client.accounts.edit({ name, revision, ...change }))
    await access.read()
  }
  const remove = () =>
    dialogs.ask({
      kind: 'confirm',
      title: t('deleteAccountTitle', { name: account()?.displayName ?? name }),
      text: t('deleteAccountText'),
      action: t('deleteIt'),
      run: async () => {
        const removed = await attempt(async () => {
          await client.accounts.remove({ name })
          return true
        })
        await access.read()
        if (removed) settingsRoute.back()
      },
    })
  return { edit, remove }
}
