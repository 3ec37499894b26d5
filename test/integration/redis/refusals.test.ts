import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer, type AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { addAccount } from '../../support/accounts.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { silentPort } from '../../support/redis/ports.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const open = async (url: string, more: NodeJS.ProcessEnv = {}) => {
  const gallery = await openGallery({
    env: cleanEnvironment({
      CIMAISE_HOME: temporaryFolder('cimaise-home-'),
      CIMAISE_REDIS_URL: url,
      ...more,
    }),
  })
  onTestFinished(() => gallery.close())
  return gallery
}

const ana = { CIMAISE_ACCOUNT: 'ana', CIMAISE_PASSWORD: 'correct horse' }

test('a new Redis of an operator becomes a gallery: an administrator, a guest, and no default user', async () => {
  const { url, directory } = await startRedis()
  const gallery = await open(url, ana)
  expect(await gallery.self()).toMatchObject({ account: 'ana', identity: { administrator: true } })
  expect(await gallery.guest()).toMatchObject({ guest: true, identity: { administrator: false } })
  const stranger = new Redis(url, {
    lazyConnect: true,
    retryStrategy: null,
    enableReadyCheck: false,
    disableClientInfo: true,
  })
  stranger.on('error', () => undefined)
  onTestFinished(() => stranger.disconnect())
  await expect(stranger.get('x')).rejects.toThrow()
  expect(directory).toBeTruthy()
})

test('a password logs in from another data folder, and a wrong one does not', async () => {
  const { url } = await startRedis()
  await open(url, ana)
  expect(await (await open(url, ana)).self()).toMatchObject({
    account: 'ana',
    identity: { administrator: true },
  })
  const wrong = await open(url, { ...ana, CIMAISE_PASSWORD: 'wrong' })
  await expect(wrong.self()).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringMatching(/does not accept/) as string,
  })
})

test('a gallery with an ACL file keeps its accounts over a restart of Redis', async () => {
  const directory = temporaryFolder()
  const aclfile = join(directory, 'users.acl')
  writeFileSync(aclfile, 'user default on >setup ~* &* +@all\n')
  const settings = ['--aclfile', aclfile, '--dir', directory, '--appendonly', 'yes']
  const first = await startRedis(...settings)
  const gallery = await open(first.url.replace('://', '://default:setup@'), ana)
  const { key } = await addAccount(gallery, await gallery.self(), 'ben')
  await gallery.close()
  const ended = once(first.child, 'exit')
  first.child.kill('SIGTERM')
  await ended
  const second = await startRedis(...settings)
  // This URL has no login that could make the accounts again.
  const again = await open(second.url, ana)
  expect(await again.self()).toMatchObject({ account: 'ana', identity: { administrator: true } })
  expect(await again.login('ben', key)).toMatchObject({ account: 'ben', identity: { administrator: false } })
})

test('a Redis that others use too keeps its default user', async () => {
  const { url } = await startRedis()
  const other = new Redis(url)
  onTestFinished(() => other.disconnect())
  await other.set('another:program', 'data')
  await (await open(url, ana)).self()
  expect(await other.get('another:program')).toBe('data')
})

test('unreachable: says where it looked', async () => {
  await expect(open(`redis://127.0.0.1:${silentPort}`)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: `Redis cannot be reached at 127.0.0.1:${silentPort}. Start it, or correct CIMAISE_REDIS_URL.`,
  })
})

test('a read-only replica: says to name the primary', async () => {
  const primary = await startRedis()
  const replica = await startRedis('--replicaof', '127.0.0.1', String(primary.port))
  await expect(open(replica.url, ana)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/read-only replica/) as string,
  })
})

/** Speaks just enough of the protocol to greet as an old server; no such server can be installed any more. */
const oldServer = async () => {
  const server = createServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      const commands = bytes.toString().match(/^\*\d+\r$/gm)?.length ?? 1
      const greeting =
        '%7\r\n+server\r\n+redis\r\n+version\r\n+6.2.7\r\n+proto\r\n:3\r\n+id\r\n:1\r\n+mode\r\n+standalone\r\n+role\r\n+master\r\n+modules\r\n*0\r\n'
      socket.write(greeting.repeat(commands))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('older than 7: says so', async () => {
  await expect(open(`redis://127.0.0.1:${await oldServer()}`)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/6\.2\.7 .* is too old\. Cimaise needs Redis 7/) as string,
  })
})

test('a URL that makes no sense: says what one looks like', async () => {
  await expect(open('postgres://x')).rejects.toMatchObject({
    code: 'INVALID',
    message: expect.stringMatching(/looks like redis:/) as string,
  })
})

test('out of memory: the import says so and counts nothing as taken in', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 2)
  const { library, session } = await startLibrary()
  await session.redis.config('SET', 'maxmemory', '1')
  const status = await takeIn(library, root)
  expect(status).toMatchObject({ added: 0, state: 'idle' })
  expect(status.problems[0]?.reason ?? '').toMatch(/out of memory/)
})
