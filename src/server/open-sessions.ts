import type { Gallery } from '../core/gallery/open-gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import { endedInHome, endedInRedis } from './ended-sessions.ts'
import { Seal } from './seal.ts'
import { Sessions } from './sessions.ts'

/**
 * The sessions of the browsers of a server. `self`: of the user who started it; `steward`: the program's own, where the gallery
 * lies on several Redis servers: then several servers of this kind know the same sessions.
 */
export const openSessions = (gallery: Gallery, self: Session, steward: Session | null): Sessions =>
  new Sessions({
    gallery,
    self,
    seal: new Seal(gallery.secretFor('session cookies')),
    ended: steward ? endedInRedis(steward) : endedInHome(gallery.home.path),
  })
