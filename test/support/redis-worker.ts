import { Redis } from 'ioredis'
import { inject } from 'vitest'
import { resetUser } from './redis-worker-setup.ts'
import { startRedis } from './redis/redis.ts'
import { atEnd } from './shared.ts'

let connection: Redis | undefined
/** The test that runs has it. */
let taken = false

const workerPort = () => inject('redisPorts')[Number(process.env['VITEST_POOL_ID']) - 1] ?? 0

const connected = () =>
  (connection ??= new Redis({
    host: '127.0.0.1',
    port: workerPort(),
    username: resetUser.name,
    password: resetUser.password,
    enableReadyCheck: false,
    disableClientInfo: true,
  }).on('error', () => undefined))

/** A Redis as it was when it started: no data, no accounts, no functions, no client connected, the usual settings. */
const reset = async (redis: Redis) => {
  const users = ((await redis.call('ACL', 'USERS')) as string[]).filter(
    (name) => name !== 'default' && name !== resetUser.name,
  )
  const batch = redis.pipeline()
  batch.call('CLIENT', 'KILL', 'SKIPME', 'yes')
  if (users.length > 0) batch.call('ACL', 'DELUSER', ...users)
  batch.call('CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction')
  batch.call('FUNCTION', 'FLUSH')
  batch.call('SCRIPT', 'FLUSH')
  batch.flushall()
  batch.call('ACL', 'SETUSER', 'default', 'reset', 'on', 'nopass', '~*', '&*', '+@all')
  for (const [error] of (await batch.exec()) ?? []) if (error) throw error
}

/**
 * The URL of the worker's own Redis, emptied for the test that asks. A test that asks again while it has it gets a server
 * of its own.
 */
export const emptyRedis = async (): Promise<string> => {
  if (taken) return (await startRedis()).url
  taken = true
  atEnd(() => void (taken = false))
  await reset(connected())
  return `redis://127.0.0.1:${workerPort()}`
}
