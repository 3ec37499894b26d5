import type { DesktopAccounts } from '../router/base.ts'
import { GalleryError } from '../shared/errors.ts'
import { ShareName } from '../shared/schemas/ids.ts'
import { ownerName } from '../core/redis/acl/redis-users.ts'
import type { DesktopSession } from './desktop-session.ts'

const refuse = () => {
  throw new GalleryError('FORBIDDEN', 'typePassword')
}

/** Who may come into the window, and how. */
export const desktopAccounts = (desktopSession: DesktopSession): DesktopAccounts => ({
  describe: async () => {
    const { gallery, keychain } = desktopSession
    const { known, keys } = keychain.kept
    return {
      known: known.map((account) => ({ account, remembered: account in keys })),
      canRemember: await keychain.canRemember(),
      owner: desktopSession.locked === null && gallery.owned,
      locked: desktopSession.locked,
    }
  },
  logIn: async (account, key, remember) => {
    const { gallery, keychain, locked } = desktopSession
    const byLink = ShareName.safeParse(account).success
    if (byLink && locked !== null) return refuse()
    const session = await gallery.login(account, key)
    if (!byLink) await keychain.note(account, remember && (await keychain.canRemember()) ? key : null)
    await desktopSession.enter(session)
  },
  open: async (account) => {
    const { gallery, keychain } = desktopSession
    if (desktopSession.locked !== null) return refuse()
    if (account === null) {
      // Guests were looking around meanwhile, with the owner's connection closed.
      await keychain.note(null, null)
      return desktopSession.enter(await gallery.selfAgain())
    }
    const key = await keychain.keyOf(account)
    if (key === null) return refuse()
    const session = await gallery.login(account, key)
    await keychain.note(account, null)
    await desktopSession.enter(session)
  },
  logOut: async () => {
    const { account, identity } = desktopSession.session
    if (account !== ownerName || !identity.administrator) desktopSession.keychain.forget(account)
    await desktopSession.enterAsGuest()
  },
  lock: async () => {
    const { account, guest } = desktopSession.session
    if (guest || account === ownerName) throw new GalleryError('INVALID', 'cannotLock')
    await desktopSession.enterAsGuest(account)
  },
})
