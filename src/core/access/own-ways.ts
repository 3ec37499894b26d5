import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { note } from './audit-log.ts'
import { dropKeptKey, refuseUnkept, setPasswords } from './kept-logins.ts'
import { forgetCodes } from './login-codes.ts'
import { forgetPasskey, passkeysOf } from './passkeys.ts'
import { endSessions } from './sessions.ts'

/** Forgets the passkeys and codes of an account that goes, or has lost them; its Redis user is left as it is. Administrators. */
export const dropOwnWays = async (session: Session, account: string): Promise<void> => {
  await forgetCodes(session, account)
  for (const { id } of await passkeysOf(session, account)) await forgetPasskey(session, id)
}

/** What an account has besides its password. Administrators. */
export const ownWaysOf = (session: Session, account: string): Promise<{ codes: boolean; passkeys: number }> =>
  onRedis(async () => {
    const { redis, keys } = session
    const codes = (await redis.hexists(keys.loginCodes, account)) === 1
    return { codes, passkeys: (await passkeysOf(session, account)).length }
  })

/** Leaves an account its password alone, as its device is lost, and ends its sessions. NOT_FOUND where there is no such account. Administrators. */
export const resetOwnWays = (session: Session, account: string): Promise<void> =>
  onRedis(async () => {
    await refuseUnkept(session, account)
    await dropOwnWays(session, account)
    await setPasswords(session, account)
    await dropKeptKey(session, account)
    await note(session, 'ways-reset', account)
    await endSessions(session, account)
  })
