import { randomBytes } from 'node:crypto'
import type { Session } from '../core/session.ts'

/** A session that nobody has used for this long has ended, in milliseconds. */
const idle = 7 * 24 * 60 * 60 * 1000

interface Entry {
  session: Session
  /** The connection is this session's alone, and ends with it. */
  own: boolean
  lastUsed: number
}

const newToken = () => randomBytes(32).toString('base64url')

/** The sessions of the browsers that are logged in, by the token in their cookie. */
export class Sessions {
  readonly #entries = new Map<string, Entry>()

  /** Starts a session and returns its token. */
  start(session: Session, { own }: { own: boolean }): string {
    this.#sweep()
    const token = newToken()
    this.#entries.set(token, { session, own, lastUsed: Date.now() })
    return token
  }

  find(token: string | undefined): Session | null {
    const entry = token ? this.#entries.get(token) : undefined
    if (!entry || Date.now() - entry.lastUsed > idle) return null
    entry.lastUsed = Date.now()
    return entry.session
  }

  end(token: string | undefined) {
    const entry = token ? this.#entries.get(token) : undefined
    if (!token || !entry) return
    this.#entries.delete(token)
    if (entry.own) entry.session.redis.disconnect()
  }

  #sweep() {
    for (const [token, { lastUsed }] of this.#entries) if (Date.now() - lastUsed > idle) this.end(token)
  }
}

/** A login link's secret: it works once. */
export class LoginLink {
  #secret: string | null = newToken()

  get secret() {
    return this.#secret
  }

  /** Whether this is the secret; from then on nothing is. */
  use(secret: string | null): boolean {
    if (!secret || secret !== this.#secret) return false
    this.#secret = null
    return true
  }
}
