import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { OpenConnections } from '../../../src/core/gallery/open-connections.ts'
import { parseRedisUrl } from '../../../src/core/redis/address.ts'
import { connect } from '../../../src/core/redis/connect.ts'
import { spreadPassword } from '../../support/redis/nodes.ts'
import { startSentinels } from '../../support/redis/spread.ts'

test('a connection that is just connecting when another server takes over is not ended for good', async () => {
  const spread = await startSentinels()
  const login = { username: 'default', password: spreadPassword }
  const redis = await connect(parseRedisUrl(spread.url), login)
  onTestFinished(() => redis.disconnect())
  const connections = new OpenConnections()
  connections.keep(redis)
  expect(redis).toBeInstanceOf(Redis)
  const begun = new Promise((resolve) => redis.once('connecting', resolve))
  redis.disconnect(true)
  await begun
  connections.moveOn(new Set(['elsewhere:6379']))
  await expect.poll(() => redis.ping()).toBe('PONG')
})
