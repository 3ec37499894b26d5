import { GalleryError } from '../shared/errors.ts'
import type { Gallery } from '../core/gallery/gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import { originalsOf } from '../core/library/host-originals.ts'
import type { Originals } from '../core/photos/originals.ts'
import { ownerName } from '../core/redis/acl/redis-users.ts'
import type { DesktopSession } from './desktop-session.ts'
import type { Keychain } from './keychain.ts'

/** The session that followed the folders of this computer, and the originals that it took in. */
export interface Host {
  session: Session
  originals: Originals
}

/**
 * Who may read what the feeder of this computer took in, when that is not the account in the window: an administrator who is,
 * the owner of the gallery, or the feeder by a key that is kept. Null where none can: the originals are then not shown.
 */
export const findHost = async (
  { gallery, keychain }: DesktopSession,
  session: Session,
  feeder: string,
): Promise<Host | null> => {
  try {
    if (feeder === ownerName && gallery.owned && !process.env['CIMAISE_ACCOUNT']) {
      const owner = await gallery.selfAgain()
      return { session: owner, originals: await originalsOf(owner, gallery.home, feeder) }
    }
    const key = await keychain.keyOf(feeder)
    const host =
      key === null ? (session.identity.administrator ? session : null) : await gallery.login(feeder, key)
    return host && { session: host, originals: await originalsOf(host, gallery.home, feeder) }
  } catch (error) {
    console.error(error)
    return null
  }
}

/** Which account is in the window at first: the one that the environment names, the last one, the owner, or the guest. */
export const firstSession = async (gallery: Gallery, keychain: Keychain): Promise<Session> => {
  const { account } = keychain.kept
  if (account !== null && !process.env['CIMAISE_ACCOUNT']) {
    const key = await keychain.keyOf(account)
    return key === null ? gallery.guest() : gallery.login(account, key).catch(() => gallery.guest())
  }
  try {
    return await gallery.self()
  } catch (error) {
    // Another user's gallery, in which this computer's owner has no account: there is a login for that.
    const stranger = error instanceof GalleryError && error.code === 'FORBIDDEN'
    if (!stranger || process.env['CIMAISE_ACCOUNT']) throw error
    return gallery.guest()
  }
}
