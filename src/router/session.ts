import type { SessionInfo } from '../shared/schemas.ts'
import type { Context } from './base.ts'

/** Who is asking, in the words of the contract. */
export const describeSession = ({ gallery, session, library, shell }: Context): SessionInfo => ({
  account: session.account,
  displayName: session.displayName,
  administrator: session.administrator,
  guest: session.guest,
  gallery: { id: gallery.id, name: gallery.keys.gallery },
  shell,
  host: session.host,
  library: library !== null,
  redis: gallery.where,
})
