import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { Attempts } from '../attempts.ts'
import { endedInHome, endedInRedis } from './ended-sessions.ts'
import { KnownAddresses } from '../known-addresses.ts'
import { limitInRedis } from '../login-limits.ts'
import { Seal, Ticket } from './seal.ts'
import { Sessions } from './sessions.ts'
import { SharedAddresses } from '../shared-addresses.ts'

/**
 * The sessions of the browsers of a server. `self`: of the user who started it; `steward`: the program's own, where the gallery
 * lies on several Redis servers: then several servers of this kind know the same sessions.
 */
export const openSessions = (gallery: Gallery, self: Session, steward: Session | null): Sessions =>
  new Sessions({
    gallery,
    self,
    seal: new Seal(gallery.secretFor('session cookies'), Ticket),
    ended: steward ? endedInRedis(steward) : endedInHome(gallery.home.path),
  })

/** The limits of wrong logins: those of all servers together where there is a `steward`, as above. */
export const openAttempts = (gallery: Gallery, steward: Session | null): Attempts => {
  if (!steward) return new Attempts(new KnownAddresses(gallery.home.path))
  const { redis, keys } = steward
  const secret = gallery.secretFor('addresses')
  return new Attempts(new SharedAddresses(redis, keys, secret), limitInRedis(redis, keys, secret))
}
