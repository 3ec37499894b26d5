import type { PatientRedis } from './patience.ts'
import type { RedisAddress } from './address.ts'
import type { Connection } from './connection.ts'
import { Sentinels } from './sentinels.ts'

/*
 * Which server a connection reached by Sentinels is at, and whether they still take it for the primary. One that stood still goes on as if
 * nothing were, until it is told that another took over: what it takes meanwhile is lost, even if a replica has it.
 */

interface Watch {
  sentinels: Sentinels
  /** Where the connection is, as Sentinels named it; '' before the first one. */
  place: string
}

const watches = new WeakMap<Connection, Watch>()

/** The Sentinels of each address, for all of this process. */
const shared = new Map<string, { sentinels: Sentinels; users: number }>()

/** Those of an address, the same for all who ask; `leave` lets go of them, and closes them for the last one. */
export const shareSentinels = (address: RedisAddress): { sentinels: Sentinels; leave: () => void } => {
  const key = JSON.stringify(address)
  const known = shared.get(key) ?? { sentinels: new Sentinels(address), users: 0 }
  shared.set(key, known)
  known.users++
  const leave = () => {
    if (--known.users > 0) return
    known.sentinels.close()
    shared.delete(key)
  }
  return { sentinels: known.sentinels, leave }
}

/** Follows at which server a connection is. `resolved`: the place that Sentinels named last, as `host:port`. */
export const watchPrimary = (redis: PatientRedis, address: RedisAddress, resolved: () => string): void => {
  const { sentinels, leave } = shareSentinels(address)
  const watch: Watch = { sentinels, place: '' }
  watches.set(redis, watch)
  redis.on('connect', () => (watch.place = resolved()))
  redis.once('end', leave)
}

/** Where a connection is, by Sentinels; '' for one that needs none. */
export const primaryOf = (redis: Connection): string => watches.get(redis)?.place ?? ''

/** Whether nothing speaks against a server being the primary still: see Sentinels.areSettledOn. True where there are no Sentinels. */
export const isSettled = async (redis: Connection, place: string): Promise<boolean> => {
  const watch = watches.get(redis)
  return !watch || watch.sentinels.areSettledOn(place)
}
