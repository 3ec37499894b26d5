import type { Account } from '../../shared/schemas/account.ts'
import type { GalleryState } from '../app/app-state.svelte.ts'
import { t } from '../i18n/index.ts'

type Change = Partial<Pick<Account, 'displayName' | 'role' | 'canCreateAlbums' | 'disabled'>>

/** What can be done to one account. It is changed only as the person saw it: somebody else's change is not overwritten. */
export const editing = ({ client, access, dialogs, settingsRoute, attempt }: Doing, name: string) => {
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

type Doing = Pick<GalleryState, 'client' | 'access' | 'dialogs' | 'settingsRoute' | 'attempt'>
