import { Cluster, Redis } from 'ioredis'
import type { Connection } from './connection.ts'

/*
 * Which connections are which program's. Redis numbers them, and knows itself which user each belongs to; what a connection
 * calls itself proves nothing. Each server of a cluster numbers its own, so there a number stands behind the server's address.
 */

/** The numbers that servers gave to connections of this process. */
const numbers = new WeakMap<Redis, string>()
/** Connections that were made as copies of another, until they end. */
const copies = new WeakMap<Connection, Set<Connection>>()

/** Asks for the number while the connection is made: behind a read that blocks, the answer would come too late. */
const noteServer = (server: Redis) => {
  server.on('connect', () => {
    numbers.delete(server)
    server.call('HELLO').then(
      (reply) => {
        const fields = reply as unknown[]
        numbers.set(server, String(fields[fields.indexOf('id') + 1]))
      },
      () => undefined, // a login that is refused: the connection reports that itself
    )
  })
}

/** Keeps account of the numbers of a connection that is about to be made. */
export const noteClient = (redis: Connection): void => {
  if (redis instanceof Redis) noteServer(redis)
  else redis.on('+node', noteServer)
}

/** The same of a connection with the login of another. */
export const noteCopy = (original: Connection, copy: Connection): void => {
  noteClient(copy)
  const all = copies.get(original) ?? new Set()
  copies.set(original, all.add(copy))
  copy.once('end', () => all.delete(copy))
}

/** A connection, and those that were made as copies of it and are open. */
export const withCopies = (redis: Connection): Connection[] => [redis, ...(copies.get(redis) ?? [])]

/** The servers behind a connection, each with what stands before the numbers of its connections. */
const numberedServers = (redis: Connection): { server: Redis; prefix: string }[] =>
  redis instanceof Cluster
    ? redis.nodes('master').map((server) => {
        const { host = '', port = 0 } = server.options
        return { server, prefix: `${host}:${port}#` }
      })
    : [{ server: redis, prefix: '' }]

/**
 * The servers behind a connection that take changes. Each keeps keys, users and connections of its own; replicas have no users but
 * the program's (access/nodes).
 */
export const serversOf = (redis: Connection): Redis[] => numberedServers(redis).map(({ server }) => server)

/** Whether the gallery lies on several servers, of which one may take over from another. */
export const isSpread = (redis: Connection): boolean =>
  redis instanceof Cluster || (redis.options.sentinels?.length ?? 0) > 0

/** The ids of a connection and its copies, as `readClients` gives them; those that are being made have none yet. */
export const ownClientIds = (redis: Connection): string[] =>
  withCopies(redis)
    .flatMap((one) => numberedServers(one))
    .flatMap(({ server, prefix }) => {
      const number = server.status === 'ready' ? numbers.get(server) : undefined
      return number === undefined ? [] : [prefix + number]
    })

/** A connection and its copies come back with another password after a time without Redis. */
export const replacePassword = (redis: Connection, password: string): void => {
  for (const one of withCopies(redis)) {
    if (one instanceof Cluster && one.options.redisOptions) one.options.redisOptions.password = password
    for (const server of serversOf(one)) server.options.password = password
  }
}

/** The password with which a connection comes back. */
export const passwordOf = (redis: Connection): string =>
  (redis instanceof Cluster ? redis.options.redisOptions : redis.options)?.password ?? ''

/** A connection to Redis, as Redis lists it. */
export interface Client {
  id: string
  user: string
  /** What it calls itself: any client may call its connection anything. */
  name: string
  /** Where it comes from, without the port. */
  address: string
  /** Seconds. */
  age: number
  idle: number
}

const toClient = (prefix: string, line: string): Client | null => {
  const field = (name: string) => new RegExp(`(?:^| )${name}=(\\S*)`).exec(line)?.[1] ?? ''
  const seconds = (name: string) => Number(field(name)) || 0
  if (!/^\d+$/.test(field('id'))) return null
  return {
    id: prefix + field('id'),
    user: field('user'),
    name: field('name'),
    address: field('addr').replace(/:\d+$/, ''),
    age: seconds('age'),
    idle: seconds('idle'),
  }
}

/** All connections to Redis, on each server of a cluster. Administrators. */
export const readClients = async (redis: Connection): Promise<Client[]> => {
  const lists = numberedServers(redis).map(async ({ server, prefix }) => {
    const list = (await server.call('CLIENT', 'LIST')) as string
    return list
      .split('\n')
      .map((line) => toClient(prefix, line))
      .filter((client) => client !== null)
  })
  return (await Promise.all(lists)).flat()
}

/** Ends connections by their ids, those of the caller last: the others would stay otherwise. Administrators. */
export const killClients = async (redis: Connection, ids: Iterable<string>): Promise<void> => {
  const own = new Set(ownClientIds(redis))
  const wanted = [...ids].sort((a, b) => Number(own.has(a)) - Number(own.has(b)))
  for (const { server, prefix } of numberedServers(redis)) {
    const kills = server.pipeline()
    for (const id of wanted)
      if (id.startsWith(prefix) && /^\d+$/.test(id.slice(prefix.length)))
        kills.call('CLIENT', 'KILL', 'ID', id.slice(prefix.length))
    await kills.exec()
  }
}
