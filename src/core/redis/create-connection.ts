import { Cluster } from 'ioredis'
import type { RedisAddress } from './address.ts'
import { noteCopy } from './clients.ts'
import type { Connection } from './connection.ts'
import { EndingRedis } from './ending.ts'
import './heard-streams.ts'
import { PatientCluster, PatientRedis } from './patience.ts'
import { watchPrimary } from './primary.ts'

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

const clusterSettings = (redisOptions: NonNullable<ClusterSettings['redisOptions']>): ClusterSettings => ({
  redisOptions,
  lazyConnect: true,
  // It asks CLUSTER INFO, which tells of the whole cluster: readers may not run it.
  enableReadyCheck: false,
  clusterRetryStrategy: retryDelay,
  slotsRefreshInterval: slotsIntervalMs,
  retryDelayOnFailover: 200,
  // A certificate vouches for a name, and one name that nobody knows just now is to hold up no other: each connection asks itself.
  dnsLookup: (name, found) => found(null, name),
})

const sentinelSettings = (address: RedisAddress, isFirst: () => boolean) => ({
  sentinels: address.nodes,
  name: address.primary,
  ...(address.tls ? { enableTLSForSentinelMode: true, sentinelTLS: { ...address.certificates } } : {}),
  ...(address.sentinelLogin
    ? { sentinelUsername: address.sentinelLogin.username, sentinelPassword: address.sentinelLogin.password }
    : {}),
  // Once connected it asks the Sentinels for as long as it is open; before, who connects is told that none answers.
  sentinelRetryStrategy: (times: number) => (isFirst() ? null : retryDelay(times)),
  // After a failover the old primary answers READONLY: ask the Sentinels again.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
})

/**
 * Makes a connection to a single server, to a cluster, or to the primary that Sentinels name. It does not connect yet. `isFirst`:
 * whether it has never been connected.
 */
export const createConnection = (address: RedisAddress, login: Login, isFirst: () => boolean): Connection => {
  const { kind, nodes, tls, db, certificates } = address
  const shared = { ...options(login, db), ...(tls ? { tls: { ...certificates } } : {}) }
  if (kind === 'single') return new EndingRedis({ ...shared, ...nodes[0] })
  const watched = { ...shared, socketTimeout: silenceMs }
  if (kind === 'cluster') return createCluster(nodes, clusterSettings(watched))
  let named = ''
  // ioredis asks it for each server that Sentinels name, last for the primary to which the connection goes.
  const natMap = (place: string) => {
    named = place
    return null
  }
  const redis = new PatientRedis({ ...watched, ...sentinelSettings(address, isFirst), natMap })
  watchPrimary(redis, address, () => named)
  return redis
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
  // Where a copy is led says nothing of where the original is.
  if (redis instanceof PatientRedis)
    return new PatientRedis({ ...redis.options, ...patient, natMap: () => null })
  if (!(redis instanceof Cluster)) return new EndingRedis({ ...redis.options, replyMapping: 'legacy' })
  const { redisOptions } = redis.options
  return createCluster(startupNodes.get(redis) ?? [], {
    ...redis.options,
    redisOptions: { ...redisOptions, ...patient },
  })
}
