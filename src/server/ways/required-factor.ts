import { factorOf, isRequiredOf, readRequirement } from '../../core/access/required-factor.ts'
import { isStranger, type Session } from '../../core/gallery/session.ts'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { FactorRequirement } from '../../shared/schemas/own-ways.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { WaysParts } from './login-codes.ts'

/** For how long it is believed that an account need add nothing, in milliseconds. */
const believedMs = 10_000

interface RequiredFactorParts extends Pick<WaysParts, 'administration'> {
  gallery: Pick<WaysParts['gallery'], 'user'>
  sessions: Pick<Sessions, 'cameByPassword'>
}

/**
 * Holds accounts back that must have codes or a passkey and have neither. Who came by a provider's or a proxy's word, or by the login link, need
 * none: they were asked elsewhere. Nor does the account that the server is started with, which can have no codes.
 */
export class RequiredFactor {
  readonly #parts: RequiredFactorParts
  /** Until when accounts need add nothing, in milliseconds since 1970. */
  readonly #free = new Map<string, number>()

  constructor(parts: RequiredFactorParts) {
    this.#parts = parts
  }

  /** Whether the session of a token, which was found before, may do nothing but add to its login. */
  async holds(session: Session, token: string | undefined): Promise<boolean> {
    if (!this.#parts.sessions.cameByPassword(token) || this.#isExempt(session)) return false
    if ((this.#free.get(session.account) ?? 0) > Date.now()) return false
    const held = (await this.#stateOf(session)) === 'missing'
    if (!held) this.#believe(session.account)
    return held
  }

  /** Refuses a password that alone opened a session: of an account with a passkey that must use it. FORBIDDEN */
  async checkPassword(session: Session): Promise<void> {
    if (!this.#isExempt(session) && (await this.#stateOf(session)) === 'passkey')
      throw new GalleryError('FORBIDDEN', 'passkeyInstead')
  }

  #isExempt(session: Session) {
    return isStranger(session) || session.account === this.#parts.gallery.user
  }

  async #stateOf(session: Session): Promise<'free' | 'codes' | 'passkey' | 'missing'> {
    const of: FactorRequirement = await readRequirement(session)
    if (!isRequiredOf(of, session.identity.administrator)) return 'free'
    try {
      const { administration } = this.#parts
      return (await administration.act((admin) => factorOf(admin, session.account))) ?? 'missing'
    } catch (error) {
      // Without an administrator's session it cannot be read what an account has: nobody is let in unseen.
      if (hasCode(error, 'INVALID')) return 'missing'
      throw error
    }
  }

  #believe(account: string) {
    const now = Date.now()
    for (const [name, until] of this.#free) if (until <= now) this.#free.delete(name)
    this.#free.set(account, now + believedMs)
  }
}
