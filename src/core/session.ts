import type { Connection } from './redis/connect.ts'
import type { Keys } from './redis/keys.ts'

/** A caller: everything that the core does for somebody is done on that person's own Redis connection. */
export interface Session {
  redis: Connection
  keys: Keys
  account: string
  displayName: string
  administrator: boolean
  guest: boolean
  /** This machine, as photos name the place of their originals. */
  host: string
}
