import type { DesktopPeople } from '../router/base.ts'
import { GalleryError } from '../shared/errors.ts'
import { ownerName } from '../core/gallery/credentials.ts'
import type { House } from './desktop-session.ts'

const refuse = () => {
  throw new GalleryError('FORBIDDEN', 'Type the password of this account.')
}

/** Who may come into the window, and how. */
export const peopleOf = (house: House): DesktopPeople => ({
  describe: async () => {
    const { gallery, keychain } = house
    const { known, keys } = keychain.kept
    return {
      known: known.map((account) => ({ account, remembered: account in keys })),
      canRemember: await keychain.canRemember(),
      owner: house.locked === null && gallery.owned,
      locked: house.locked,
    }
  },
  logIn: async (account, key, remember) => {
    const { gallery, keychain } = house
    const session = await gallery.login(account, key)
    await keychain.note(account, remember && (await keychain.canRemember()) ? key : null)
    await house.enter(session)
  },
  open: async (account) => {
    const { gallery, keychain } = house
    if (house.locked !== null) return refuse()
    if (account === null) {
      // Guests were looking around meanwhile, with the owner's connection closed.
      await keychain.note(null, null)
      return house.enter(await gallery.selfAgain())
    }
    const key = await keychain.keyOf(account)
    if (key === null) return refuse()
    const session = await gallery.login(account, key)
    await keychain.note(account, null)
    await house.enter(session)
  },
  logOut: async () => {
    const { account, administrator } = house.session
    if (account !== ownerName || !administrator) house.keychain.forget(account)
    await house.enterAsGuest()
  },
  lock: async () => {
    const { account, guest } = house.session
    if (guest || account === ownerName)
      throw new GalleryError('INVALID', 'Only an account with a password can lock the window.')
    await house.enterAsGuest(account)
  },
})
