import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseRedisUrl } from '../../src/core/redis/address.ts'
import { connect } from '../../src/core/redis/connect.ts'
import { findServer } from '../../src/core/redis/server-process.ts'
import { openGallery } from '../../src/core/open.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { freePort, untilItAnswers } from '../support/redis.ts'
import { temporaryFolder } from '../support/temporary.ts'

const compose = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8')
const setUpPassword = 'first0login'

/** The script that is the command of the Redis container. Compose makes one dollar of two. */
const redisScript = () => {
  const [, block] =
    /^ {2}redis:\n[^]*?^ {4}command:\n {6}- sh\n {6}- -euc\n {6}- \|\n((?: {8}.*\n)+) {6}- redis\n/m.exec(
      compose,
    ) ?? []
  if (!block) throw new Error('docker-compose.yml has no command for Redis that this test can read.')
  return block.replace(/^ {8}/gm, '').replaceAll('$$', '$')
}

/** Runs the container's command in a folder that stands for its volume. */
const startContainer = async (volume: string) => {
  const port = await freePort()
  const child = spawn('sh', ['-euc', redisScript(), 'redis', '--port', String(port), '--bind', '127.0.0.1'], {
    cwd: volume,
    stdio: 'ignore',
    env: {
      ...cleanEnvironment({ CIMAISE_SETUP_PASSWORD: setUpPassword }),
      PATH: `${join(findServer(), '..')}:${process.env['PATH'] ?? ''}`,
    },
  })
  const ended = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  await untilItAnswers(port)
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { port, stop, kill: async () => void (child.kill('SIGKILL'), await ended) }
}

const open = async (port: number) => {
  const env = cleanEnvironment({
    CIMAISE_HOME: temporaryFolder(),
    CIMAISE_REDIS_URL: `redis://default:${setUpPassword}@127.0.0.1:${port}`,
    CIMAISE_ACCOUNT: 'admin',
    CIMAISE_PASSWORD: 'chosen by the administrator',
  })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  return gallery
}

const asDefault = async (port: number) => {
  const redis = await connect(parseRedisUrl(`redis://127.0.0.1:${port}`), {
    username: 'default',
    password: setUpPassword,
  })
  onTestFinished(() => redis.disconnect())
  return redis
}

// The container is a Linux; its script uses sha256sum, which other systems may lack.
describe.skipIf(process.platform !== 'linux')('the Redis of docker-compose.yml', () => {
  test('keeps data and accounts when its container is replaced, and makes its ACL file once', async () => {
    const volume = temporaryFolder()
    const first = await startContainer(volume)
    expect(readFileSync(join(volume, 'users.acl'), 'utf8')).toMatch(
      /^user default on #[0-9a-f]{64} ~\* &\* \+@all\n$/,
    )
    const gallery = await open(first.port)
    const { redis, administrator } = await gallery.self()
    expect(administrator).toBe(true)
    await redis
      .multi()
      .hset(gallery.keys.albumInfo('Test'), 'title', 'Kept')
      .sadd(gallery.keys.albums, 'Test')
      .exec()
    await gallery.close()
    await first.stop()
    const accounts = readFileSync(join(volume, 'users.acl'), 'utf8')
    expect(accounts).toMatch(/^user admin on /m)

    const second = await startContainer(volume)
    expect(readFileSync(join(volume, 'users.acl'), 'utf8')).toBe(accounts)
    const again = await open(second.port)
    expect(again.id).toBe(gallery.id)
    expect(await (await again.self()).redis.hget(again.keys.albumInfo('Test'), 'title')).toBe('Kept')
  })

  test('keeps what it has acknowledged when it is killed', async () => {
    const volume = temporaryFolder()
    const first = await startContainer(volume)
    const redis = await asDefault(first.port)
    await redis.multi().set('a', '1').set('b', '2').exec()
    await first.kill()
    const second = await startContainer(volume)
    const after = await asDefault(second.port)
    expect(await after.mget('a', 'b')).toEqual(['1', '2'])
  })

  test('lets nobody in with the first password once there is an administrator', async () => {
    const { port } = await startContainer(temporaryFolder())
    await open(port)
    await expect(asDefault(port)).rejects.toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  })

  test('runs with the settings that design asks for', async () => {
    const { port } = await startContainer(temporaryFolder())
    const redis = await asDefault(port)
    const settings = Object.fromEntries(
      await Promise.all(
        ['appendonly', 'maxmemory-policy', 'hash-max-listpack-value', 'hash-max-listpack-entries'].map(
          async (name) => (await redis.config('GET', name)) as [string, string],
        ),
      ),
    )
    expect(settings).toEqual({
      appendonly: 'yes',
      'maxmemory-policy': 'volatile-lru',
      'hash-max-listpack-value': '1024',
      'hash-max-listpack-entries': '64',
    })
  })
})

describe('docker-compose.yml', () => {
  test('publishes nothing beyond this computer', () => {
    const ports = [...compose.matchAll(/^\s*- '([^']*:\d+)'$/gm)].map(([, port]) => port)
    expect(ports).toEqual(['127.0.0.1:8420:8420'])
  })

  test('does not start without the two passwords', () => {
    expect(compose).toMatch(/CIMAISE_SETUP_PASSWORD: \$\{CIMAISE_SETUP_PASSWORD:\?/)
    expect(compose).toMatch(/CIMAISE_PASSWORD: \$\{CIMAISE_PASSWORD:\?/)
  })
})
