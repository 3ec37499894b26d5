import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { keepResponsive } from '../../../src/core/redis/end-busy.ts'
import { onRedis } from '../../../src/core/redis/errors.ts'
import { pidOf, redisFolder } from '../../support/embedded.ts'
import { startEmbeddedGallery } from '../../support/gallery.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { startServer } from '../../support/server.ts'
import { errorText } from '../../../src/shared/errors.ts'

/** As an operator's own script, which may run for ever. */
const rawUser = 'on nopass ~* +eval +fcall +function +set'.split(' ')

const plain = (port: number, username: string) => {
  const redis = new Redis({
    port,
    username,
    password: 'x',
    lazyConnect: true,
    enableReadyCheck: false,
    disableClientInfo: true,
  })
  redis.on('error', () => undefined)
  onTestFinished(() => redis.disconnect())
  return redis
}

test('a script that never ends is ended by the supervisor, which says so, and others’ calls go on', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const { redis, keys } = await gallery.self()
  await redis.call('ACL', 'SETUSER', 'raw', ...rawUser)
  const port = Number(new URL(gallery.redisUrl()).port)
  const endless = plain(port, 'raw').call('EVAL', 'while true do end', 0)
  const told = onRedis(() => endless).catch(errorText)
  // What others are told meanwhile is no bug, and says that waiting is enough.
  await expect
    .poll(() => onRedis(() => redis.hget(keys.meta, 'id')).catch(errorText), {
      timeout: 15_000,
    })
    .toMatch(/busy with a script that takes too long/)
  await expect.poll(() => redis.hget(keys.meta, 'id').catch(() => null), { timeout: 15_000 }).toBe(gallery.id)
  expect(await told).toMatch(/killed/i)
  expect(readFileSync(join(redisFolder(env), 'keeper.log'), 'utf8')).toContain(
    'a script that ran for more than 5 s was ended',
  )
}, 40_000)

test('functions are ended too, and a script that has written is named as what cannot be ended', async () => {
  const { port, child } = await startRedis('--busy-reply-threshold', '100')
  const redis = plain(port, 'default')
  await redis.call('ACL', 'SETUSER', 'raw', ...rawUser)
  const said: string[] = []
  onTestFinished(keepResponsive(redis, (text) => said.push(text)))
  const library = "#!lua name=t\nredis.register_function('endless', function() while true do end end)"
  const raw = plain(port, 'raw')
  await raw.call('FUNCTION', 'LOAD', library)
  await expect(raw.call('FCALL', 'endless', 0)).rejects.toThrow(/killed/i)
  expect(said).toEqual(['a script that ran for more than 5 s was ended'])
  void raw.call('EVAL', "redis.call('SET', KEYS[1], 1) while true do end", 1, 'x').catch(() => undefined)
  await expect.poll(() => said.at(-1), { timeout: 10_000 }).toMatch(/has written something already/)
  child.kill('SIGKILL')
})

test('the supervisor of an older version gets the rules that it needs when the gallery is opened, as nothing that was done by hand', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const { redis } = await gallery.self()
  await redis.call('ACL', 'SETUSER', 'keeper', 'resetkeys', '-@all', '+ping', '+shutdown')
  const pid = pidOf(env)
  const again = await openGallery({ env })
  onTestFinished(() => again.close())
  await again.self()
  const supervisor = ((await redis.call('ACL', 'LIST')) as string[]).find((line) =>
    line.startsWith('user keeper '),
  )
  expect(supervisor).toMatch(/\+function\|kill/)
  expect(supervisor).toMatch(/\+script\|kill/)
  expect(readFileSync(join(redisFolder(env), 'users.acl'), 'utf8')).toMatch(/user keeper .*script\|kill/)
  expect(pidOf(env)).toBe(pid)
})

test('on a Redis of an operator, the server for browsers ends what keeps it from answering', async () => {
  const { port, url } = await startRedis('--busy-reply-threshold', '100')
  const login = { CIMAISE_REDIS_URL: url, CIMAISE_ACCOUNT: 'ana', CIMAISE_PASSWORD: 'correct horse' }
  await plain(port, 'default').call('ACL', 'SETUSER', 'raw', ...rawUser)
  await startServer([], login)
  await expect(plain(port, 'raw').call('EVAL', 'while true do end', 0)).rejects.toThrow(/killed/i)
})
