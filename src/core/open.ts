import type { Home } from './home.ts'
import type { Keys } from './redis/keys.ts'
import type { Session } from './session.ts'

/** An opened gallery: a Redis that answers, and the way to get callers' connections to it. */
export interface Gallery {
  home: Home
  keys: Keys
  /** Where Redis is, in words, without any secret. */
  where: string
  /** The person of this process: `CIMAISE_ACCOUNT`, or the local owner. The same session at each call. */
  self: () => Promise<Session>
  guest: () => Promise<Session>
  /** Logs in with an account's derived key (identity.ts). FORBIDDEN for a wrong one. */
  login: (account: string, key: string) => Promise<Session>
  /** A URL with the login of this process's person, for `redis-cli -u`. */
  redisUrl: () => string
  /** Closes every connection; the embedded Redis stops if this was its last user. */
  close: () => Promise<void>
}

export interface OpenOptions {
  env?: NodeJS.ProcessEnv
  /** Follow what other processes change in the settings. */
  watchSettings?: boolean
}

/** Opens the gallery that the environment names (design.md section 7), starting the embedded Redis where needed. */
export declare const openGallery: (options?: OpenOptions) => Promise<Gallery>
