import { isStranger, refreshIdentity } from '../core/gallery/session.ts'
import type { SessionInfo } from '../shared/schemas/gallery.ts'
import type { Context } from './base.ts'

/** Who is asking, in the words of the contract; asked anew, as an administrator may have changed it meanwhile. */
export const describeSession = async ({
  gallery,
  session,
  library,
  shell,
  uploads,
  settingUp,
}: Context): Promise<SessionInfo> => {
  const {
    displayName,
    administrator,
    share,
    ownIdPrefix,
    uploads: linkUploads,
  } = await refreshIdentity(session)
  return {
    account: session.account,
    displayName,
    administrator,
    guest: session.guest,
    share,
    canCreateAlbums: administrator || ownIdPrefix !== null,
    gallery: { id: gallery.id, name: gallery.keys.gallery },
    shell,
    // Strangers are told nothing of machines (for-strangers.ts).
    host: isStranger(session) ? '' : session.host,
    library: library !== null,
    uploads: uploads !== undefined && (isStranger(session) ? linkUploads === true : true),
    redis: isStranger(session) ? '' : gallery.where,
    ...(settingUp ? { settingUp: settingUp.account } : {}),
    damage: administrator ? gallery.damage() : null,
  }
}
