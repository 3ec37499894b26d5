import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { homeOf, supervisorOf, pidOf, redisFolder, untilStopped } from '../../support/embedded.ts'
import { cleanEnvironment, startEmbeddedGallery } from '../../support/gallery.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const portOf = (env: NodeJS.ProcessEnv) => Number(readFileSync(join(redisFolder(env), 'port'), 'utf8'))

test('several users share one server, which stops with the last of them', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const second = await openGallery({ env })
  const pid = pidOf(env)
  await gallery.close()
  expect(await (await second.self()).redis.ping()).toBe('PONG')
  expect(pidOf(env)).toBe(pid)
  await second.close()
  await untilStopped(pid)
})

test('what a transaction wrote outlives a restart, and so do accounts', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const first = await gallery.self()
  await first.redis.multi().hset(first.keys.albumInfo('owner~abcdefgh'), 'title', 'Kept').exec()
  const pid = pidOf(env)
  await gallery.close()
  await untilStopped(pid)
  const again = await openGallery({ env })
  onTestFinished(() => again.close())
  const { redis, keys } = await again.self()
  expect(await redis.hget(keys.albumInfo('owner~abcdefgh'), 'title')).toBe('Kept')
  expect(again.id).toBe(gallery.id)
})

test('kill -9 of the server: it comes back, with what was acknowledged, on open connections', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const { redis, keys } = await gallery.self()
  await redis.multi().hset(keys.meta, 'probe', 'kept').exec()
  const pid = pidOf(env)
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => redis.hget(keys.meta, 'probe').catch(() => null), { timeout: 20_000 }).toBe('kept')
  expect(pidOf(env)).not.toBe(pid)
})

test('kill -9 of the supervisor: the next user adopts the running server, and it still stops with the last', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const { redis } = await gallery.self()
  const pid = pidOf(env)
  process.kill(supervisorOf(pid), 'SIGKILL')
  const second = await openGallery({ env })
  expect(pidOf(env)).toBe(pid)
  expect(await redis.ping()).toBe('PONG')
  await gallery.close()
  expect(await (await second.self()).redis.ping()).toBe('PONG')
  await second.close()
  await untilStopped(pid)
})

test('a port that another program has taken meanwhile is replaced, and the stranger is left alone', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const port = portOf(env)
  const pid = pidOf(env)
  await gallery.close()
  await untilStopped(pid)
  const stranger = createServer((socket) => socket.end('-ERR not for you\r\n'))
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void stranger.close())
  const again = await openGallery({ env })
  onTestFinished(() => again.close())
  expect(portOf(env)).not.toBe(port)
  expect(again.id).toBe(gallery.id)
})

test('stale pid, socket and configuration files are no obstacle', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const pid = pidOf(env)
  await gallery.close()
  await untilStopped(pid)
  writeFileSync(join(homeOf(env), 'redis', 'redis.pid'), '1\n')
  writeFileSync(join(homeOf(env), 'redis', 'redis.conf'), 'nonsense\n')
  const again = await openGallery({ env })
  onTestFinished(() => again.close())
  expect(again.id).toBe(gallery.id)
})

test('ten processes that open an empty data folder at once get one gallery', async () => {
  const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder() })
  const galleries = await Promise.all(Array.from({ length: 10 }, () => openGallery({ env })))
  onTestFinished(async () => {
    await Promise.all(galleries.map((gallery) => gallery.close()))
  })
  expect(new Set(galleries.map(({ id }) => id)).size).toBe(1)
  expect(
    (await Promise.all(galleries.map((gallery) => gallery.self()))).every(
      (session) => session.identity.administrator,
    ),
  ).toBe(true)
})

test('no client gets in as default, or as owner without the key; the guest sees next to nothing', async () => {
  const { env } = await startEmbeddedGallery()
  const port = portOf(env)
  const open = (username: string, password: string) => {
    const redis = new Redis({
      port,
      username,
      password,
      lazyConnect: true,
      retryStrategy: null,
      enableReadyCheck: false,
      disableClientInfo: true,
    })
    redis.on('error', () => undefined)
    onTestFinished(() => redis.disconnect())
    return redis
  }
  await expect(open('default', '').set('x', 1)).rejects.toThrow()
  await expect(open('owner', 'guess').get('x')).rejects.toThrow()
  const guest = open('guest', '')
  expect(await guest.hget('{cimaise}:meta', 'name')).toBe('cimaise')
  await expect(guest.smembers('{cimaise}:albums')).rejects.toThrow(/NOPERM/)
  await expect(guest.keys('*')).rejects.toThrow(/NOPERM/)
  await expect(guest.call('INFO')).rejects.toThrow(/NOPERM/)
  await expect(guest.set('{cimaise}:thumb:x', 1)).rejects.toThrow(/NOPERM/)
})

test('key files and the data folder are for their owner only', async () => {
  const { env } = await startEmbeddedGallery()
  const { statSync } = await import('node:fs')
  expect(statSync(join(homeOf(env), 'redis')).mode & 0o077).toBe(0)
  expect(statSync(join(homeOf(env), 'redis', 'owner.key')).mode & 0o077).toBe(0)
})

test('a data folder that is deleted while it is used leaves no server behind', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const pid = pidOf(env)
  rmSync(homeOf(env), { recursive: true })
  await gallery.close()
  await untilStopped(pid)
})
