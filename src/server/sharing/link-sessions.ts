import { createHash } from 'node:crypto'
import { deriveKey } from '../../core/gallery/credentials.ts'
import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { BoundedQueue } from '../../core/thumbnails/queue.ts'
import { shareSecret } from '../../shared/domain/share-link.ts'
import { hasCode } from '../../shared/errors.ts'
import type { Attempts } from '../attempts.ts'
import type { Visitor } from '../visitor.ts'

/** Links whose sessions are kept open; one more closes the one that was not used for longest. */
const maxOpen = 50
/** Deriving a key takes 32 MB of memory and a tenth of a second: one at a time, and few that wait. */
const limits = { running: 1, waiting: 20, ofCaller: 4 }

export interface LinkParts {
  gallery: Pick<Gallery, 'id' | 'login'>
  attempts: Attempts
}

/**
 * Sessions of links whose whole secret is in an address, by which the server tells of their albums before any page runs. They are the
 * link's own logins: what they may read is Redis's to decide, as for its visitors.
 */
export class LinkSessions {
  readonly #parts: LinkParts
  /** By a digest of name and secret, the one that was used last at the end. */
  readonly #open = new Map<string, Session>()
  readonly #deriving = new BoundedQueue(limits)

  constructor(parts: LinkParts) {
    this.#parts = parts
  }

  /** The session of a link; null where the secret is wrong, the link has ended or asks for a password, or too many were tried. */
  async find(name: string, secret: string, visitor: Visitor): Promise<Session | null> {
    const id = createHash('sha256').update(`${name} ${secret}`).digest('base64url')
    const known = this.#open.get(id)
    if (known && !known.ended.aborted) return this.#keep(id, known)
    if ((await this.#parts.attempts.begin(name, visitor)) > 0) return null
    const session = await this.#logIn(name, secret, visitor)
    return session && this.#keep(id, session)
  }

  async #logIn(name: string, secret: string, visitor: Visitor) {
    const { gallery, attempts } = this.#parts
    const derive = () => deriveKey(gallery.id, name, shareSecret(secret, ''))
    try {
      const key = await this.#deriving.run(visitor.network, derive)
      const session = await gallery.login(name, key, visitor.address)
      await attempts.takeBack(name, visitor)
      return session
    } catch (error) {
      if (hasCode(error, 'FORBIDDEN')) return null
      await attempts.takeBack(name, visitor)
      if (hasCode(error, 'UNAVAILABLE')) return null
      throw error
    }
  }

  #keep(id: string, session: Session) {
    this.#open.delete(id)
    this.#open.set(id, session)
    const [oldest] = this.#open
    if (this.#open.size > maxOpen && oldest) {
      this.#open.delete(oldest[0])
      oldest[1].redis.disconnect()
    }
    return session
  }
}
