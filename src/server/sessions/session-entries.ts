import type { Session } from '../../core/gallery/session.ts'
import type { Ticket } from './seal.ts'
import type { Vouch } from './vouch.ts'

/** Sessions of one account that are open here; one more closes the one that was not used for longest until it is used again. */
const maxPerAccount = 50
/** Tokens that are remembered of one session: a ticket that was renewed still comes for a while. */
const maxTokens = 8

/** A session that is open at this server. */
export interface Entry {
  session: Session
  /** The connection is this session's alone, and ends with it. */
  own: boolean
  /** What its browser has sealed; null for the login link's, which this server alone knows. */
  ticket: Ticket | null
  /** Its tokens, the newest last. */
  tokens: string[]
  lastUsed: number
  /** What the provider says of it; null where it came another way, or this server did not hear the provider. */
  vouch: Vouch | null
  /** Its connection was cut: it may have been signed out. */
  doubtful: boolean
  /** Ends what an administrator's session does for others meanwhile. */
  leave: () => void
}

/** Of a session, by which one of its tickets is known from those of others. */
export const nameOf = ({ account, id }: Ticket) => `${account} ${id}`

/** The sessions that are open at this server, by their tokens. */
export class SessionEntries {
  readonly #byToken = new Map<string, Entry>()
  readonly #entries = new Set<Entry>()

  byToken(token: string): Entry | undefined {
    return this.#byToken.get(token)
  }

  byTicket(ticket: Ticket): Entry | undefined {
    return this.all().find((entry) => entry.ticket && nameOf(entry.ticket) === nameOf(ticket))
  }

  of(account: string): Entry[] {
    return this.all().filter(({ session }) => session.account === account)
  }

  all(): Entry[] {
    return [...this.#entries]
  }

  /** Takes a session in; of an account that has too many here, the one that was not used for longest goes. */
  add(entry: Entry) {
    const own = this.of(entry.session.account).sort((a, b) => a.lastUsed - b.lastUsed)
    for (const old of own.slice(0, Math.max(0, own.length - maxPerAccount + 1))) this.drop(old)
    this.#entries.add(entry)
  }

  /** Another token of a session that is open: one that was renewed, or that another request came with. */
  remember(entry: Entry, token: string): Entry {
    if (this.#entries.has(entry) && !entry.tokens.includes(token)) {
      entry.tokens.push(token)
      this.#byToken.set(token, entry)
      for (const old of entry.tokens.splice(0, entry.tokens.length - maxTokens)) this.#byToken.delete(old)
    }
    return entry
  }

  /** Forgets a session here, which ends it only where nothing else knows it. */
  drop(entry: Entry) {
    if (!this.#entries.delete(entry)) return
    for (const token of entry.tokens) this.#byToken.delete(token)
    entry.leave()
    if (entry.own) entry.session.redis.disconnect()
  }
}
