import { randomBytes } from 'node:crypto'
import { keepPeople } from '../core/access/requests.ts'
import type { Session } from '../core/gallery/session.ts'

/** A session that has not been used for this long has ended, in milliseconds. */
const idleTimeoutMs = 7 * 24 * 60 * 60 * 1000
/** Sessions of one account; one more ends the one that was not used for longest. */
const maxPerAccount = 50
/** How often unused sessions are looked for, in milliseconds. */
const lookIntervalMs = 60_000

interface Entry {
  session: Session
  /** The connection is this session's alone, and ends with it. */
  own: boolean
  lastUsed: number
  /** Ends what an administrator's session does for others meanwhile. */
  leave: () => void
}

const newToken = () => randomBytes(32).toString('base64url')

/** The sessions of the browsers that are logged in, by the token in their cookie. */
export class Sessions {
  readonly #entries = new Map<string, Entry>()
  readonly #timer = setInterval(() => this.#endUnused(), lookIntervalMs).unref()

  /** Starts a session and returns its token. It ends by itself where its account may not log in any more. */
  start(session: Session, { own }: { own: boolean }): string {
    this.#makeRoom(session.account)
    const token = newToken()
    const leave = own && session.identity.administrator ? keepPeople(session) : () => undefined
    this.#entries.set(token, { session, own, lastUsed: Date.now(), leave })
    session.ended.addEventListener('abort', () => this.end(token), { once: true })
    return token
  }

  /** The session of a token; null where it has ended, or its account has lost the right to log in meanwhile. */
  async find(token: string | undefined): Promise<Session | null> {
    const entry = token ? this.#entries.get(token) : undefined
    if (!token || !entry) return null
    await entry.session.settled()
    if (Date.now() - entry.lastUsed > idleTimeoutMs || entry.session.ended.aborted || this.#isOver(entry)) {
      this.end(token)
      return null
    }
    entry.lastUsed = Date.now()
    return entry.session
  }

  end(token: string | undefined) {
    const entry = token ? this.#entries.get(token) : undefined
    if (!token || !entry) return
    this.#entries.delete(token)
    entry.leave()
    if (entry.own) entry.session.redis.disconnect()
  }

  /** Ends every session of an account. */
  endAll(account: string) {
    for (const [token, { session }] of this.#entries) if (session.account === account) this.end(token)
  }

  close() {
    clearInterval(this.#timer)
    for (const token of this.#entries.keys()) this.end(token)
  }

  /** A share link's date is looked at here too: no administrator's session may be there to end it in Redis. */
  #isOver({ session }: Entry) {
    return session.identity.expires !== null && session.identity.expires <= Date.now()
  }

  #makeRoom(account: string) {
    const own = [...this.#entries].filter(([, { session }]) => session.account === account)
    own.sort(([, a], [, b]) => a.lastUsed - b.lastUsed)
    for (const [token] of own.slice(0, Math.max(0, own.length - maxPerAccount + 1))) this.end(token)
  }

  #endUnused() {
    for (const [token, entry] of this.#entries)
      if (Date.now() - entry.lastUsed > idleTimeoutMs || this.#isOver(entry)) this.end(token)
  }
}

/** A login link's secret: it works once. */
export class LoginLink {
  #secret: string | null = newToken()

  get secret() {
    return this.#secret
  }

  /** Whether this is the secret; from then on nothing is. */
  use(secret: string | undefined): boolean {
    if (!secret || secret !== this.#secret) return false
    this.#secret = null
    return true
  }
}
