import type { Check, StoreNode } from '../../shared/schemas/gallery.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'
import type { Damage } from '../redis/server/damage.ts'
import type { Home } from './local-settings.ts'
import type { Session } from './session.ts'

/** An opened gallery: a Redis that answers, and the way to get callers' connections to it. */
export interface Gallery {
  home: Home
  keys: Keys
  /** Where Redis is, in words, without any secret. */
  where: string
  /** Salts passwords (credentials.ts). */
  id: string
  /** The account of the user of this process. */
  user: string
  /** The user of this process: `CIMAISE_ACCOUNT`, or the local owner. The same session at each call. */
  self: () => Promise<Session>
  /** Whether this computer holds the key of the gallery's owner. */
  owned: boolean
  /** Its Redis is the one that this data folder holds. */
  embedded: boolean
  /** The same on a new connection, where that of `self` was closed. */
  selfAgain: () => Promise<Session>
  guest: () => Promise<Session>
  /**
   * Logs in with an account's derived key (credentials.ts). FORBIDDEN for a wrong one. `from`: the address of the user who
   * does, where it is not this computer; `id`: of a session that goes on, begun on another server or before.
   */
  login: (account: string, key: string, from?: string, id?: string) => Promise<Session>
  /**
   * The session of a service account that follows folders on a server: made the first time, by the user of this process, as a
   * member that may make albums. Its key lies in the data folder; on several servers it follows from the password of the program's
   * account, so that each server of a gallery has it.
   */
  service: (account: string) => Promise<Session>
  /**
   * What an administrator's session does for the gallery as long as it is open, once for each: rights and functions are looked at,
   * several servers brought in step. Nothing for sessions of others.
   */
  administer: (session: Session) => Promise<void>
  /** The servers that the gallery lies on. Administrators. */
  nodes: (session: Session) => Promise<StoreNode[]>
  /** What this computer knows of the gallery's server beyond what Redis says, for the list of its checks. */
  notes: () => Promise<Check[]>
  /**
   * A connection of the account that the program has on every node of several servers; null where there is one server, or its
   * password is not known here. The same at each call.
   */
  steward: () => Promise<Connection | null>
  /** The same as a session that may do what administrators may; null where there is none. */
  stewardSession: () => Promise<Session | null>
  /**
   * 32 bytes for one purpose, the same on all servers of a gallery that know the password of the program's account; elsewhere from
   * a key in the data folder.
   */
  secretFor: (purpose: string) => Buffer
  /** What was cut off the embedded server's file after a power cut; null where nothing was. */
  damage: () => Damage | null
  /** A URL with the login of the user of this process, for `redis-cli -u`. */
  redisUrl: () => string
  /** Closes every connection; the embedded Redis stops if this was its last user. */
  close: () => Promise<void>
}
