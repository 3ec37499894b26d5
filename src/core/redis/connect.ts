import { setTimeout as wait } from 'node:timers/promises'
import { Cluster, Redis } from 'ioredis'
import { GalleryError, errorText } from '../../shared/errors.ts'
import type { Text } from '../../shared/i18n/text.ts'
import { describeAddress, type RedisAddress } from './address.ts'
import { noteClient, noteCopy } from './clients.ts'
import type { Connection } from './connection.ts'
import { fromRedis } from './errors.ts'
import { tlsRefusal } from './refused-tls.ts'

/** Redis 7 is the first whose ACL has selectors and read patterns. */
const oldestVersion = 7
/** How long a Redis that is still loading its data is waited for, in milliseconds. */
const loadingTimeoutMs = 60_000

export interface Login {
  username: string
  password: string
  /** What the connection is called in Redis's list of clients. */
  name?: string
}

const retryDelay = (times: number) => Math.min(50 * 2 ** times, 2000)

const options = ({ username, password, name }: Login, db: number) => ({
  username,
  password,
  db,
  ...(name ? { connectionName: name } : {}),
  lazyConnect: true,
  // INFO, which the ready check asks for, tells of the whole server: readers may not run it.
  enableReadyCheck: false,
  disableClientInfo: true,
  connectTimeout: 5000,
  retryStrategy: retryDelay,
  // About two seconds: a Redis that restarts is waited for, one that is away is soon said to be away.
  maxRetriesPerRequest: 5,
})

const create = (address: RedisAddress, login: Login): Connection => {
  const { kind, nodes, tls, primary, db } = address
  const shared = { ...options(login, db), ...(tls ? { tls: {} } : {}) }
  if (kind === 'cluster')
    return new Cluster(nodes, { redisOptions: shared, lazyConnect: true, clusterRetryStrategy: retryDelay })
  if (kind === 'sentinel')
    return new Redis({
      ...shared,
      sentinels: nodes,
      name: primary,
      enableTLSForSentinelMode: tls,
      // After a failover the old primary answers READONLY: ask the Sentinels again.
      reconnectOnError: (error: Error) => (error.message.startsWith('READONLY') ? 2 : false),
    })
  return new Redis({ ...shared, ...nodes[0] })
}

const unreachable = (address: RedisAddress, cause: unknown) =>
  new GalleryError('UNAVAILABLE', 'redisUnreachable', { address: describeAddress(address) }, { cause })

const refused = (address: RedisAddress, why: Text, cause: unknown) =>
  new GalleryError('UNAVAILABLE', 'redisRefused', { address: describeAddress(address), why }, { cause })

/** What a server says of itself at login, which every account may ask: [key, value, …]. */
const greeting = async (redis: Connection) => {
  const reply = (await redis.call('HELLO')) as (string | number)[]
  const field = (name: string) => String(reply[reply.indexOf(name) + 1] ?? '')
  return { version: field('version'), role: field('role') }
}

const checkServer = async (redis: Connection, address: RedisAddress) => {
  const { version, role } = await greeting(redis)
  if (Number.parseInt(version) < oldestVersion)
    throw new GalleryError('UNAVAILABLE', 'redisTooOld', { version, address: describeAddress(address) })
  if (role === 'replica' && address.kind === 'single')
    throw fromRedis(new Error("READONLY You can't write against a read only replica."))
}

/** A server that starts reads its data first: a large gallery takes a while, and is worth the wait. */
const loaded = async (redis: Connection) => {
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

/**
 * Connects and logs in. One function for a single server, Sentinel and Cluster.
 * Throws UNAVAILABLE (unreachable, older than 7, a replica) or FORBIDDEN (wrong login). Afterwards the connection
 * comes back by itself when it is lost; calls made meanwhile end in UNAVAILABLE after about two seconds.
 */
export const connect = async (address: RedisAddress, login: Login): Promise<Connection> => {
  const redis = create(address, login)
  noteClient(redis)
  let connecting = true
  const reasons: unknown[] = []
  redis.on('error', (error: unknown) => {
    // Without a listener ioredis prints to the console; later each call reports its own failure.
    if (connecting) reasons.push(error)
  })
  try {
    await redis.connect()
    await checkServer(redis, address)
    await loaded(redis)
    connecting = false
    return redis
  } catch (thrown) {
    redis.disconnect()
    const reason = reasons.at(-1)
    const error = fromRedis(reason instanceof Error && !(thrown instanceof GalleryError) ? reason : thrown)
    if (error instanceof GalleryError && error.text.id !== 'redisAway') throw error
    const refusal = await tlsRefusal([...reasons, thrown], address)
    throw refusal ? refused(address, refusal, thrown) : unreachable(address, thrown)
  }
}

/** A second connection with the same login, for reads that block. It connects with its first command. */
export const duplicate = (redis: Connection): Connection => {
  const copy = redis instanceof Cluster ? redis.duplicate() : redis.duplicate()
  copy.on('error', () => undefined) // each call reports its own failure
  noteCopy(redis, copy)
  return copy
}
