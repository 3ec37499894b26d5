import { Cluster } from 'ioredis'
import type { Connection } from './connect.ts'

/** All keys that match a pattern, in parts, on every node of a cluster. Administrators. */
export async function* scanKeys(redis: Connection, pattern: string): AsyncGenerator<string[]> {
  for (const node of redis instanceof Cluster ? redis.nodes('master') : [redis]) {
    let cursor = '0'
    do {
      const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', 1000)
      cursor = next
      if (keys.length > 0) yield keys
    } while (cursor !== '0')
  }
}
