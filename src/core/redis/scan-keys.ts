import type { Redis } from 'ioredis'
import { serversOf } from './clients.ts'
import type { Connection } from './connection.ts'

/** All keys that match a pattern, in parts, on every node of a cluster. Administrators. */
export async function* scanKeys(redis: Connection, pattern: string): AsyncGenerator<string[]> {
  for (const node of serversOf(redis)) {
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
