import { setTimeout as wait } from 'node:timers/promises'
import { GalleryError, errorText } from '../../shared/errors.ts'
import { describeAddress, type RedisAddress } from './address.ts'
import type { Connection } from './connection.ts'
import { fromRedis } from './errors.ts'

/** Redis 7 is the first whose ACL has selectors and read patterns. */
const oldestVersion = 7
/** How long a Redis that is still loading its data is waited for, in milliseconds. */
const loadingTimeoutMs = 60_000

/** What a server says of itself at login, which every account may ask: [key, value, …]. */
const greeting = async (redis: Connection) => {
  const reply = (await redis.call('HELLO')) as (string | number)[]
  const field = (name: string) => String(reply[reply.indexOf(name) + 1] ?? '')
  return { version: field('version'), role: field('role') }
}

/** Throws UNAVAILABLE where a server is older than Redis 7, or a replica, which takes no changes. */
export const checkServer = async (redis: Connection, address: RedisAddress) => {
  const { version, role } = await greeting(redis)
  if (Number.parseInt(version) < oldestVersion)
    throw new GalleryError('UNAVAILABLE', 'redisTooOld', { version, address: describeAddress(address) })
  if (role === 'replica' && address.kind !== 'cluster')
    throw fromRedis(new Error("READONLY You can't write against a read only replica."))
}

/** A server that starts reads its data first: a large gallery takes a while, and is worth the wait. */
export const untilLoaded = async (redis: Connection) => {
  const deadline = Date.now() + loadingTimeoutMs
  for (;;) {
    try {
      return await redis.ping()
    } catch (error) {
      const refused = errorText(error)
      // PING too is refused where the disk is full; reading is not.
      if (refused.startsWith('MISCONF')) return
      // A script that takes too long is ended by a session that may (end-busy.ts).
      if (!/^(LOADING|BUSY)/.test(refused) || Date.now() > deadline) throw error
    }
    await wait(100)
  }
}
