import { Cluster, type Redis } from 'ioredis'
import type { Connection } from './connect.ts'

/** The servers that hold keys: each node of a cluster that is no replica, or the one server. */
export const keyServers = (redis: Connection): Redis[] =>
  redis instanceof Cluster ? redis.nodes('master') : [redis]

/** All keys that match a pattern, in parts, on every node of a cluster. Administrators. */
export async function* scanKeys(redis: Connection, pattern: string): AsyncGenerator<string[]> {
  for (const node of keyServers(redis)) {
    let cursor = '0'
    do {
      const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', 1000)
      cursor = next
      if (keys.length > 0) yield keys
    } while (cursor !== '0')
  }
}

/**
 * The same on one server with the bytes of each key, as a member may have made one that is no text. A key may come twice, as
 * with every SCAN.
 */
export async function* scanKeyBytes(server: Redis, pattern: string): AsyncGenerator<Buffer[]> {
  let cursor = '0'
  do {
    const [next, keys] = await server.scanBuffer(cursor, 'MATCH', pattern, 'COUNT', 1000)
    cursor = next.toString()
    if (keys.length > 0) yield keys
  } while (cursor !== '0')
}
