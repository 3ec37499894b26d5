import type { Session } from '../session.ts'
import { createAccount, listAccounts, setPassword } from './accounts.ts'

/** Makes a service account, or gives it this key where it is there: its data folder is a new one. Administrators. */
export const prepareService = async (session: Session, name: string, key: string): Promise<void> => {
  const there = (await listAccounts(session)).some((account) => account.name === name)
  if (there) await setPassword(session, name, key)
  else
    await createAccount(session, {
      name,
      displayName: 'Library of the server',
      role: 'member',
      makes: true,
      key,
    })
}
