import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { parseRedisUrl } from '../../../src/core/redis/address.ts'
import { createConnection } from '../../../src/core/redis/create-connection.ts'
import { startRedis } from '../../support/redis/redis.ts'

test('a second error of the network on one connection ends no program: TLS reports two', async () => {
  const { url } = await startRedis()
  const redis = createConnection(parseRedisUrl(url), { username: 'default', password: '' }, () => false)
  const heard: string[] = []
  redis.on('error', ({ message }: Error) => heard.push(message))
  await redis.connect()
  if (!(redis instanceof Redis)) throw new Error('one server was asked for')
  const { stream } = redis
  stream.emit('error', new Error('write after end'))
  // It would be thrown here, and out of the event loop where the network reports it.
  stream.emit('error', new Error('decode error'))
  expect(heard).toEqual(['write after end'])
  redis.disconnect()
})
