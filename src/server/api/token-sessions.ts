import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { hasCode } from '../../shared/errors.ts'
import { parseToken } from '../../shared/domain/api-token.ts'
import type { Attempts } from '../attempts.ts'
import { RefusedTokens } from '../sessions/refused-tokens.ts'
import type { Visitor } from '../visitor.ts'

/** How long the connection of a token is kept after its last call, in milliseconds. */
const idleMs = 5 * 60_000
/** Tokens whose connections are kept; that of the one used longest ago goes. */
const maxOpen = 200

interface Opened {
  session: Promise<Session | null>
  lastUsed: number
}

/** The sessions of scripts, by their tokens: each on a connection of its own, which is logged in as the token. */
export class TokenSessions {
  readonly #gallery: Pick<Gallery, 'login'>
  /** Writes on which day a token was used, where it may. */
  readonly #self: Session
  readonly #attempts: Attempts
  readonly #open = new Map<string, Opened>()
  readonly #refused = new RefusedTokens()
  /** The day on which the use of a token was noted, by its name. */
  readonly #noted = new Map<string, string>()
  readonly #timer = setInterval(() => this.#closeUnused(), 60_000).unref()

  constructor(gallery: Pick<Gallery, 'login'>, self: Session, attempts: Attempts) {
    this.#gallery = gallery
    this.#self = self
    this.#attempts = attempts
  }

  /** The session of a token; null where it does not count, and the seconds to wait where too many of those came. */
  async find(text: string, visitor: Visitor): Promise<Session | number | null> {
    const token = parseToken(text)
    if (!token || this.#refused.has(text)) return null
    const opened = this.#open.get(text)
    if (!opened) {
      const wait = await this.#attempts.begin(token.name, visitor)
      if (wait > 0) return wait
    }
    const session = await (opened ?? this.#enter(text, token, visitor)).session
    if (!session || !(await this.#stands(session))) {
      this.#close(text)
      return null
    }
    const known = this.#open.get(text)
    if (known) known.lastUsed = Date.now()
    void this.#noteUse(session)
    return session
  }

  #enter(text: string, { name, key }: { name: string; key: string }, visitor: Visitor): Opened {
    const session = this.#gallery.login(name, key, visitor.address).then(
      async (found) => {
        await this.#attempts.takeBack(name, visitor)
        return found
      },
      async (error: unknown) => {
        this.#open.delete(text)
        if (!hasCode(error, 'FORBIDDEN')) {
          await this.#attempts.takeBack(name, visitor)
          throw error
        }
        this.#refused.add(text)
        return null
      },
    )
    const opened = { session, lastUsed: Date.now() }
    this.#open.set(text, opened)
    const [oldest] = [...this.#open].sort(([, a], [, b]) => a.lastUsed - b.lastUsed)
    if (oldest && this.#open.size > maxOpen) this.#close(oldest[0])
    return opened
  }

  /** Its date is looked at here too: no administrator's session may be there to end it in Redis. */
  async #stands(session: Session): Promise<boolean> {
    await session.settled()
    const { expires, tokenOf } = session.identity
    return !session.ended.aborted && tokenOf !== null && expires !== null && expires > Date.now()
  }

  /** That it cannot be written costs nothing but the memory of it. */
  async #noteUse({ account, identity: { tokenOf } }: Session) {
    const day = new Date().toISOString().slice(0, 10)
    if (tokenOf === null || this.#noted.get(account) === day) return
    this.#noted.set(account, day)
    const { redis, keys } = this.#self
    await redis.set(keys.tokenUsed(tokenOf, account), day).catch(() => undefined)
  }

  #close(text: string) {
    const opened = this.#open.get(text)
    this.#open.delete(text)
    void opened?.session.then((session) => session?.redis.disconnect()).catch(() => undefined)
  }

  #closeUnused() {
    for (const [text, { lastUsed }] of this.#open) if (Date.now() - lastUsed > idleMs) this.#close(text)
  }

  close() {
    clearInterval(this.#timer)
    for (const text of [...this.#open.keys()]) this.#close(text)
  }
}
