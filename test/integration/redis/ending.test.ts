import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { parseRedisUrl } from '../../../src/core/redis/address.ts'
import { createConnection, duplicate } from '../../../src/core/redis/create-connection.ts'
import { silentPort } from '../../support/redis/ports.ts'

test.for<[string, string]>([
  ['one server', `redis://127.0.0.1:${silentPort}`],
  ['Sentinels', `redis+sentinel://127.0.0.1:${silentPort}/gallery`],
  ['a cluster', `redis+cluster://127.0.0.1:${silentPort}`],
])('what waits for %s fails once the connection is let go of between two tries', async ([, url]) => {
  const address = parseRedisUrl(url)
  const redis = createConnection(address, { username: 'ana', password: '' }, () => false)
  for (const one of [redis, duplicate(redis)]) {
    one.on('error', () => undefined)
    void one.connect().catch(() => undefined)
    const waiting = one.get('key')
    // Behind Sentinels it goes on connecting while none of them answers.
    while (one.status === 'connecting' && address.kind !== 'sentinel') await turn()
    one.disconnect()
    await expect(waiting).rejects.toThrow(/closed|startup nodes/)
    await expect(one.get('key')).rejects.toThrow(/closed/)
  }
})
