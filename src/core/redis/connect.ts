import { setTimeout as wait } from 'node:timers/promises'
import { Cluster, Redis } from 'ioredis'
import { GalleryError, errorText, hasCode } from '../../shared/errors.ts'
import type { Text } from '../../shared/i18n/text.ts'
import { describeAddress, type RedisAddress } from './address.ts'
import { noteClient, noteCopy } from './clients.ts'
import type { Connection } from './connection.ts'
import { fromRedis } from './errors.ts'
import {
  giveUp,
  innermost,
  isLoginRefused,
  onDoubt,
  PatientCluster,
  PatientRedis,
  patienceMs,
} from './patience.ts'
import { watchPrimary } from './primary.ts'
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

/**
 * A server on another machine that says nothing for so long while it owes an answer counts as gone, in milliseconds: a machine that
 * was cut off, or stands still, ends no connection.
 */
const silenceMs = 5000
/** The same for a connection whose reads wait, for 15 s at most (events/follow-events.ts). */
const blockingSilenceMs = 20_000
/** How often a cluster is asked which node has what, in milliseconds. */
const slotsIntervalMs = 2000

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

/** Where a cluster was first asked for: a copy of a connection asks there too. */
const startupNodes = new WeakMap<Connection, RedisAddress['nodes']>()

type ClusterSettings = NonNullable<ConstructorParameters<typeof PatientCluster>[1]>

const createCluster = (nodes: RedisAddress['nodes'], given: ClusterSettings) => {
  const cluster = new PatientCluster(nodes, given)
  startupNodes.set(cluster, nodes)
  return cluster
}

/** `isFirst`: whether it has never been connected. */
const create = (address: RedisAddress, login: Login, isFirst: () => boolean): Connection => {
  const { kind, nodes, tls, primary, db, certificates, sentinelLogin } = address
  const secured = tls ? { tls: { ...certificates } } : {}
  const shared = { ...options(login, db), ...secured }
  if (kind === 'single') return new Redis({ ...shared, ...nodes[0] })
  const watched = { ...shared, socketTimeout: silenceMs }
  if (kind === 'cluster')
    return createCluster(nodes, {
      redisOptions: watched,
      lazyConnect: true,
      // It asks CLUSTER INFO, which tells of the whole cluster: readers may not run it.
      enableReadyCheck: false,
      clusterRetryStrategy: retryDelay,
      slotsRefreshInterval: slotsIntervalMs,
      retryDelayOnFailover: 200,
      // A certificate vouches for a name, and one name that nobody knows just now is to hold up no other: each connection asks itself.
      dnsLookup: (name, found) => found(null, name),
    })
  let named = ''
  const redis = new PatientRedis({
    ...watched,
    sentinels: nodes,
    name: primary,
    ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: { ...certificates } } : {}),
    ...(sentinelLogin
      ? { sentinelUsername: sentinelLogin.username, sentinelPassword: sentinelLogin.password }
      : {}),
    // Once connected it asks the Sentinels for as long as it is open; before, who connects is told that none answers.
    sentinelRetryStrategy: (times: number) => (isFirst() ? null : retryDelay(times)),
    // After a failover the old primary answers READONLY: ask the Sentinels again.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    // It is asked for each server that Sentinels name, last for the primary to which the connection goes.
    natMap: (place) => {
      named = place
      return null
    },
  })
  watchPrimary(redis, address, () => named)
  return redis
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
  if (role === 'replica' && address.kind !== 'cluster')
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

const attempt = async (address: RedisAddress, login: Login): Promise<Connection> => {
  let connecting = true
  const redis = create(address, login, () => connecting)
  noteClient(redis)
  const reasons: unknown[] = []
  const note = (error: unknown) => {
    // Without a listener ioredis prints to the console; later each call reports its own failure.
    if (connecting) reasons.push(innermost(error))
  }
  redis.on('error', note)
  redis.on('node error', note)
  try {
    await redis.connect()
    await checkServer(redis, address)
    await loaded(redis)
    connecting = false
    return redis
  } catch (thrown) {
    giveUp(redis)
    redis.disconnect()
    const reason = reasons.findLast(isLoginRefused) ?? reasons.at(-1)
    const error = fromRedis(reason instanceof Error && !(thrown instanceof GalleryError) ? reason : thrown)
    if (error instanceof GalleryError && error.text.id !== 'redisAway') throw error
    const refusal = await tlsRefusal([...reasons, thrown], address)
    throw refusal ? refused(address, refusal, thrown) : unreachable(address, thrown)
  }
}

/** Whether the servers take a login just now. */
const takes = async (address: RedisAddress, login: Login): Promise<boolean> => {
  try {
    const redis = await attempt(address, login)
    giveUp(redis)
    redis.disconnect()
    return true
  } catch {
    return false
  }
}

/** Longer than it takes until a change of the record is on all servers (access/nodes/steward.ts), in milliseconds. */
const stepIntervalMs = 700

/** A certificate that is not taken now is not in a moment either. */
const isForGood = (error: unknown) => error instanceof GalleryError && error.text.id === 'redisRefused'

/** Between two tries to log in, in milliseconds. */
const knockIntervalMs = 300

/**
 * Connects and logs in. One function for a single server, Sentinel and Cluster.
 * Throws UNAVAILABLE (unreachable, older than 7, a replica) or FORBIDDEN (wrong login). Afterwards the connection
 * comes back by itself when it is lost; calls made meanwhile end in UNAVAILABLE after about two seconds.
 * Of several servers one may be about to take over. What is refused then is tried again for 20 s, also later; only where
 * a server takes `last` too, the login that it takes once it takes all others (access/nodes/bring-in-step.ts), is one refused for
 * good, and the connection emits `refused`.
 */
export const connect = async (
  address: RedisAddress,
  login: Login,
  last: Login | null = null,
): Promise<Connection> => {
  if (address.kind === 'single' || !last) return attempt(address, login)
  const isOver = async () => {
    if (!(await takes(address, last)) || (await takes(address, login))) return false
    // What the record says since a moment ago has yet to reach the server.
    await wait(stepIntervalMs)
    return !(await takes(address, login))
  }
  for (const deadline = performance.now() + patienceMs; ;) {
    try {
      const redis = await attempt(address, login)
      judge(redis, isOver)
      return redis
    } catch (error) {
      if (isForGood(error) || (hasCode(error, 'FORBIDDEN') && (await isOver()))) throw error
      if (performance.now() > deadline)
        throw hasCode(error, 'FORBIDDEN')
          ? new GalleryError('UNAVAILABLE', 'nobodyLetIn', {}, { cause: error })
          : error
    }
    await wait(knockIntervalMs)
  }
}

/** Has a connection given up once its login is refused for good. */
const judge = (redis: Connection, isOver: () => Promise<boolean>) => {
  let judging = false
  const doubt = () => {
    if (judging) return
    judging = true
    void isOver()
      .then((over) => over && giveUp(redis))
      .finally(() => (judging = false))
  }
  onDoubt(redis, doubt)
  // A connection that comes back is refused before any command is.
  for (const event of ['error', 'node error'])
    redis.on(event, (error: unknown) => {
      if (isLoginRefused(error)) doubt()
    })
}

/** A second connection with the same login, for reads that block. It connects with its first command. */
export const duplicate = (redis: Connection): Connection => {
  const copy = copyOf(redis)
  copy.on('error', () => undefined) // each call reports its own failure
  noteCopy(redis, copy)
  return copy
}

const copyOf = (redis: Connection): Connection => {
  const patient = { socketTimeout: blockingSilenceMs, replyMapping: 'legacy' } as const
  if (redis instanceof PatientRedis) return new PatientRedis({ ...redis.options, ...patient })
  if (!(redis instanceof Cluster)) return redis.duplicate()
  const { redisOptions } = redis.options
  return createCluster(startupNodes.get(redis) ?? [], {
    ...redis.options,
    redisOptions: { ...redisOptions, ...patient },
  })
}
