import type { Session } from '../gallery/session.ts'
import { createAccount, listAccounts, saveAccount, setPassword } from './accounts.ts'
import { applyRights } from './apply-acl.ts'

/**
 * Makes a service account, or gives it this key where it is there: its data folder is a new one. The mark `service` lets it
 * see every album, of which it shows the originals to all users who may see their photos (redis/acl/acl-rules.ts). Administrators.
 */
export const prepareService = async (session: Session, name: string, key: string): Promise<void> => {
  const { redis, keys } = session
  const there = (await listAccounts(session)).some((account) => account.name === name)
  if (there) await setPassword(session, name, key)
  else
    await createAccount(session, {
      name,
      displayName: 'Library of the server',
      role: 'member',
      canCreateAlbums: true,
      key,
    })
  if ((await redis.hget(keys.account(name), 'service')) === '1') return
  await saveAccount(session, 'edit', name, 'account-changed', { service: '1' })
  await applyRights(redis, keys, { names: [name] })
}
