import type { Vouch } from '../sessions/vouch.ts'
import { hasCode } from '../../shared/errors.ts'
import type { Entrance, Person } from './provider.ts'

export interface VouchingParts {
  /** The same person again (provider.ts). */
  again: (entrance: Entrance) => Promise<Entrance>
  /** Brings the account in line with what the provider says now; FORBIDDEN where the person is let in no more. */
  admit: (person: Person) => Promise<{ account: string }>
  recheckMs: number
  sessionMs: number
}

/** What the provider says of the person of one session, from the login on. Its tokens are in this process's memory alone. */
export class Vouching implements Vouch {
  readonly #parts: VouchingParts
  readonly #account: string
  #entrance: Entrance
  #next: number
  #until: number
  #asking: Promise<boolean> | null = null

  constructor(parts: VouchingParts, account: string, entrance: Entrance) {
    this.#parts = parts
    this.#account = account
    this.#entrance = entrance
    this.#next = Date.now() + parts.recheckMs
    this.#until = Date.now() + parts.sessionMs
  }

  get until() {
    return this.#until
  }

  get idToken() {
    return this.#entrance.idToken
  }

  stands(): Promise<boolean> {
    if (this.#entrance.refreshToken === null || Date.now() < this.#next) return Promise.resolve(true)
    this.#asking ??= this.#ask().finally(() => (this.#asking = null))
    return this.#asking
  }

  async #ask(): Promise<boolean> {
    const { again, admit, recheckMs, sessionMs } = this.#parts
    try {
      this.#entrance = await again(this.#entrance)
      if ((await admit(this.#entrance.person)).account !== this.#account) return false
      this.#until = Date.now() + sessionMs
    } catch (error) {
      if (hasCode(error, 'FORBIDDEN')) return false
      // Nothing was heard: the session stands until its time is over.
    }
    this.#next = Date.now() + recheckMs
    return true
  }
}
