import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { keptKey } from '../../core/access/kept-logins.ts'
import type { Session } from '../../core/gallery/session.ts'
import { logBug } from '../../router/bugs.ts'
import { GalleryError } from '../../shared/errors.ts'
import { AccountName } from '../../shared/schemas/ids.ts'
import type { LoginParts } from '../login.ts'
import type { Proxies } from '../proxies.ts'
import type { AppEnv } from '../request.ts'
import type { WaysParts } from './login-codes.ts'

interface HeaderParts
  extends Pick<WaysParts, 'gallery' | 'administration'>, Pick<LoginParts, 'base' | 'sessions'> {
  /** In lower case; null: nobody logs in so. */
  loginHeader: string | null
  proxies: Proxies
}

/** Names of headers that say something else, or that browsers set themselves. */
const taken =
  /^(host|cookie|authorization|origin|referer|user-agent|forwarded|via|(x-forwarded|x-real|sec|accept|content|proxy|if)-.*)$/

/**
 * Reads the name of the header by which a proxy says who asks; null where none is named. INVALID where no proxy is listed, as anybody could
 * send it then, or the header is one that others send.
 */
export const readLoginHeader = (text: string, { listed }: Proxies): string | null => {
  const name = text.trim().toLowerCase()
  if (name === '') return null
  if (!/^[a-z][a-z0-9-]*$/.test(name) || taken.test(name))
    throw new GalleryError('INVALID', 'loginHeaderBad', { name: text })
  if (!listed) throw new GalleryError('INVALID', 'loginHeaderNeedsProxies')
  return name
}

/** Logins by the word of a listed proxy, which has asked who somebody is. Sessions that began so last as long as it says the same. */
export class HeaderLogin {
  readonly #parts: HeaderParts
  readonly #secret: Buffer

  constructor(parts: HeaderParts) {
    this.#parts = parts
    this.#secret = parts.gallery.secretFor('kept redis logins')
  }

  /** Whether a session may go on with this request: it is whose the proxy says, or of one who logged in otherwise where it says nothing. */
  allows(incoming: IncomingMessage, { account }: Session, token: string | undefined): boolean {
    if (this.#parts.loginHeader === null) return true
    const said = this.#said(incoming)
    return said === null ? !this.#parts.sessions.cameByHeader(token) : said === account
  }

  /**
   * Begins a session, whose token the browser is to get, with a page that is opened by somebody else than the session so far. Null where there is nobody to begin one for; an answer where
   * their account is not let in.
   */
  async begin(c: Context<AppEnv>): Promise<{ session: Session | null; token: string } | Response | null> {
    if (this.#parts.loginHeader === null) return null
    const said = this.#said(c.env.incoming)
    if (said === null || c.req.method !== 'GET' || c.req.path !== '/') return null
    try {
      return await this.#enter(c, said)
    } catch (error) {
      if (!(error instanceof GalleryError)) logBug(error)
      // Told once: the page says why it is a guest's.
      return c.req.query('login') === undefined
        ? c.redirect(`${this.#parts.base}?login=loginHeaderUnknown`, 303)
        : null
    }
  }

  async #enter(c: Context<AppEnv>, name: string) {
    const { administration, sessions } = this.#parts
    const { data: account } = AccountName.safeParse(name)
    if (account === undefined) throw new GalleryError('NOT_FOUND', 'loginHeaderUnknown')
    const key = await administration.act((admin) => keptKey(admin, account, this.#secret))
    const token = await sessions.start(account, key, c.var.visitor.address, { byHeader: true })
    return { session: await sessions.find(token), token }
  }

  /** Whom the proxy names; null where it names nobody, or none of ours asks. */
  #said({ socket, headers }: IncomingMessage): string | null {
    const { loginHeader, proxies } = this.#parts
    if (loginHeader === null || !proxies.listed || !proxies.trusts(socket.remoteAddress ?? '')) return null
    const said = headers[loginHeader]
    // Sent twice, it is not known whose word it is: such a text is no name.
    return (Array.isArray(said) ? said.join() : (said ?? '')).trim().toLowerCase() || null
  }
}
