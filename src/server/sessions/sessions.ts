import { redisTime } from '../../core/access/access-record.ts'
import { keepPeople } from '../../core/access/requests.ts'
import { wasSignedOut } from '../../core/access/signed-out.ts'
import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { passwordOf } from '../../core/redis/clients.ts'
import { fromRedis } from '../../core/redis/errors.ts'
import { hasCode } from '../../shared/errors.ts'
import type { EndedSessions } from './ended-sessions.ts'
import { newToken } from '../login-link.ts'
import { RefusedTokens } from './refused-tokens.ts'
import type { Seal, Ticket } from './seal.ts'
import type { Vouch } from './vouch.ts'
import { nameOf, SessionEntries, type Entry } from './session-entries.ts'

/** A session that has not been used for this long has ended, in milliseconds. */
const idleTimeoutMs = 7 * 24 * 60 * 60 * 1000
/** A browser that is there gets its ticket anew after this time, in milliseconds: so much earlier than said may a session end. */
const renewalMs = 60 * 60 * 1000
/** How often unused sessions are looked for, in milliseconds. */
const lookIntervalMs = 60_000

export interface SessionsParts {
  gallery: Pick<Gallery, 'login'>
  /** The session of the user who started the server. */
  self: Session
  seal: Seal<Ticket>
  ended: EndedSessions
}

/**
 * The sessions of the browsers that are logged in, by the token in their cookie: a sealed ticket, by which any server of the
 * gallery that does not know the session yet takes it up.
 */
export class Sessions {
  readonly #parts: SessionsParts
  readonly #entries = new SessionEntries()
  /** Tickets that are being opened, by their sessions: many requests at once make one login. */
  readonly #opening = new Map<string, Promise<Entry | null>>()
  readonly #refused = new RefusedTokens()
  readonly #timer = setInterval(() => this.#closeUnused(), lookIntervalMs).unref()

  constructor(parts: SessionsParts) {
    this.#parts = parts
  }

  /** Starts a session that came by the login link, for this server alone, and returns its token. */
  startSelf(): string {
    return this.#add(this.#parts.self, null, newToken()).tokens[0] ?? ''
  }

  /**
   * Logs in and returns the token of a new session. FORBIDDEN for a wrong key. `from`: the visitor's address; `vouch`: by whose word it
   * stands, where it is somebody else's; `byHeader`: a proxy's.
   */
  async start(
    account: string,
    key: string,
    from: string,
    { vouch = null, byHeader = false }: { vouch?: Vouch | null; byHeader?: boolean } = {},
  ): Promise<string> {
    const session = await this.#parts.gallery.login(account, key, from)
    const begun = await redisTime(session.redis)
    const vouched = vouch ? { vouched: vouch.until } : {}
    const named = byHeader ? { byHeader: true as const } : {}
    const ticket = { account, key, id: session.id, begun, sealed: Date.now(), ...vouched, ...named }
    const token = await this.#parts.seal.seal(ticket)
    this.#add(this.#mine(session), ticket, token).vouch = vouch
    return token
  }

  /** The session of a token; null where it has ended, or its account has lost the right to log in meanwhile. */
  async find(token: string | undefined, from = ''): Promise<Session | null> {
    const entry = token ? (this.#entries.byToken(token) ?? (await this.#open(token, from))) : null
    if (!entry) return null
    await entry.session.settled()
    if (!(await this.#stillStands(entry))) return null
    entry.lastUsed = Date.now()
    return entry.session
  }

  /** The token that a browser should have in place of this one; null where that one is fine. */
  async renew(token: string | undefined): Promise<string | null> {
    const entry = token ? this.#entries.byToken(token) : undefined
    if (!token || !entry?.ticket) return null
    const key = passwordOf(entry.session.redis)
    const now = Date.now()
    if (key !== entry.ticket.key || now - entry.ticket.sealed > renewalMs) {
      const vouched = entry.vouch ? { vouched: entry.vouch.until } : {}
      entry.ticket = { ...entry.ticket, key, sealed: now, ...vouched }
      this.#entries.remember(entry, await this.#parts.seal.seal(entry.ticket))
    }
    const newest = entry.tokens.at(-1) ?? token
    return newest === token ? null : newest
  }

  /** Whether the session of a token, which was found before, began by the word of a proxy. */
  cameByHeader(token: string | undefined): boolean {
    return (token && this.#entries.byToken(token)?.ticket?.byHeader) === true
  }

  /** Whether nobody but its account stands by the session of a token, which was found before: neither a provider, a proxy nor the login link. */
  cameByPassword(token: string | undefined): boolean {
    const ticket = token ? this.#entries.byToken(token)?.ticket : null
    return ticket ? !ticket.byHeader && ticket.vouched === undefined : false
  }

  /** By whose word the session of a token stands; null where by nobody else's, or that is not known here. */
  vouchOf(token: string | undefined): Vouch | null {
    return (token && this.#entries.byToken(token)?.vouch) || null
  }

  /** Ends the session of a token, on whichever server it is open. */
  async end(token: string | undefined): Promise<void> {
    if (!token) return
    const entry = this.#entries.byToken(token)
    const ticket = entry ? entry.ticket : await this.#parts.seal.open(token)
    if (entry) this.#entries.drop(entry)
    if (ticket) await this.#parts.ended.end(ticket.account, ticket.id)
  }

  /** Ends every session of an account that browsers have. */
  async endAll({ account, redis }: Session): Promise<void> {
    const now = await redisTime(redis)
    for (const entry of this.#entries.of(account)) this.#entries.drop(entry)
    await this.#parts.ended.endAll(account, now)
  }

  close() {
    clearInterval(this.#timer)
    for (const entry of this.#entries.all()) this.#entries.drop(entry)
  }

  /** The user of this server keeps one session, whichever way they come in: the library is theirs. */
  #mine(session: Session): Session {
    if (session.account !== this.#parts.self.account) return session
    session.redis.disconnect()
    return this.#parts.self
  }

  async #open(token: string, from: string): Promise<Entry | null> {
    if (this.#refused.has(token)) return null
    const ticket = await this.#parts.seal.open(token)
    if (
      !ticket ||
      Date.now() - ticket.sealed > idleTimeoutMs ||
      isOver(ticket) ||
      this.#parts.ended.has(ticket)
    )
      return null
    const known = this.#entries.byTicket(ticket)
    if (known?.ticket?.key === ticket.key) return this.#entries.remember(known, token)
    const name = `${nameOf(ticket)} ${ticket.key}`
    const opening = this.#opening.get(name) ?? this.#enter(ticket, token, from)
    this.#opening.set(name, opening)
    const entry = await opening.finally(() => this.#opening.delete(name))
    if (!entry) this.#refused.add(token)
    return entry && this.#entries.remember(entry, token)
  }

  /** Logs in by a ticket; null where its account does not, or the session was signed out. */
  async #enter(ticket: Ticket, token: string, from: string): Promise<Entry | null> {
    const { account, key, id } = ticket
    const session = await this.#parts.gallery.login(account, key, from, id).catch((error: unknown) => {
      if (hasCode(error, 'FORBIDDEN')) return null
      throw error
    })
    if (!session) return null
    const signedOut = await wasSignedOut(session, ticket).catch((error: unknown) => {
      session.redis.disconnect()
      throw fromRedis(error)
    })
    if (signedOut) session.redis.disconnect()
    if (signedOut) return null
    // The account has another password since.
    const old = this.#entries.byTicket(ticket)
    if (old) this.#entries.drop(old)
    return this.#add(this.#mine(session), ticket, token)
  }

  #add(session: Session, ticket: Ticket | null, token: string): Entry {
    const own = session !== this.#parts.self
    const leave = own && session.identity.administrator ? keepPeople(session) : () => undefined
    const entry = {
      session,
      own,
      ticket,
      tokens: [],
      lastUsed: Date.now(),
      doubtful: false,
      leave,
      vouch: null as Vouch | null,
    }
    this.#entries.add(entry)
    if (own) for (const event of ['close', '-node']) session.redis.on(event, () => (entry.doubtful = true))
    session.ended.addEventListener('abort', () => this.#entries.drop(entry), { once: true })
    return this.#entries.remember(entry, token)
  }

  /** Whether a session stands; one that does not is over, here and on other servers. */
  async #stillStands(entry: Entry): Promise<boolean> {
    const vouched = entry.vouch === null || (await entry.vouch.stands())
    if (!vouched && entry.ticket) await this.#parts.ended.end(entry.ticket.account, entry.ticket.id)
    if (vouched && (await this.#stands(entry))) return true
    this.#entries.drop(entry)
    return false
  }

  async #stands(entry: Entry): Promise<boolean> {
    if (this.#isUnused(entry) || entry.session.ended.aborted) return false
    // The connection of the server's own user goes on when one of their sessions is signed out.
    if (!entry.ticket || (entry.own && !entry.doubtful)) return true
    entry.doubtful = false
    try {
      return !(await wasSignedOut(entry.session, entry.ticket))
    } catch {
      // Redis is away: the call itself says so.
      return (entry.doubtful = true)
    }
  }

  /** A share link's date is looked at here too: no administrator's session may be there to end it in Redis. */
  #isUnused({ session, lastUsed, vouch, ticket }: Entry) {
    const { expires } = session.identity
    const now = Date.now()
    return now - lastUsed > idleTimeoutMs || (expires !== null && expires <= now) || isOver(ticket, vouch)
  }

  #closeUnused() {
    for (const entry of this.#entries.all()) {
      if (this.#isUnused(entry)) this.#entries.drop(entry)
      // A window that only listens asks for nothing.
      else if (entry.vouch) void this.#stillStands(entry).catch(() => undefined)
    }
  }
}

/** Whether the time is over for which somebody else stood by a session. */
const isOver = (ticket: Ticket | null, vouch: Vouch | null = null): boolean =>
  (vouch?.until ?? ticket?.vouched ?? Number.POSITIVE_INFINITY) <= Date.now()
