import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { startRedis } from '../../support/redis/redis.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Asks a server under a name of its own, which fetch does not let one choose. */
const ask = async (
  { origin }: TestServer,
  host: string,
  headers: Record<string, string> = {},
  path = '/',
) => {
  const { port } = new URL(origin)
  const asked = request({ host: '127.0.0.1', port, path, headers: { ...headers, host } }).end()
  const [response] = (await once(asked, 'response')) as [NodeJS.ReadableStream & { statusCode: number }]
  let text = ''
  for await (const piece of response) text += String(piece)
  return { status: response.statusCode, text }
}

test('a server on loopback answers to no other name, so that no page of another name reads through it', async () => {
  const server = await startServer()
  const { port } = new URL(server.origin)
  for (const name of [`localhost:${port}`, `127.0.0.1:${port}`, '[::1]:1', 'LOCALHOST', 'localhost.'])
    expect((await ask(server, name)).status, name).toBe(200)
  for (const name of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:80',
    '0.0.0.0',
    '[::2]',
  ])
    for (const path of ['/', '/healthz', '/rpc/gallery/session', '/login'])
      expect((await ask(server, name, {}, path)).status, name + path).toBe(421)
})

test('with names that it may be called by a server on all addresses refuses every other, and says what to set', async () => {
  const server = await startServer(
    ['--host', '0.0.0.0', '--allow-host', 'photos.example.org', '--allow-host', 'Attic:8420'],
    { CIMAISE_ALLOWED_HOSTS: 'gallery.lan, 192.0.2.7' },
  )
  for (const name of [
    'photos.example.org',
    'PHOTOS.example.org:8420',
    'attic',
    'gallery.lan',
    '192.0.2.7:80',
    'localhost',
  ])
    expect((await ask(server, name)).status, name).toBe(200)
  expect(await ask(server, 'other.example:99')).toEqual({
    status: 421,
    text: 'This server is not called other.example. Add it with --allow-host other.example or CIMAISE_ALLOWED_HOSTS.\n',
  })
  for (const name of ['<script>alert(1)</script>', '$(reboot)', "a'b", 'a"; b'])
    expect((await ask(server, name)).text, name).not.toMatch(/[<>$()'";]|reboot/)
})

test('a server on all addresses that was told no names answers to any', async () => {
  const server = await startServer(['--host', '0.0.0.0'])
  expect((await ask(server, 'whatever.example')).status).toBe(200)
})

test('a proxy on the same computer may pass its own name on to a server on loopback that is told it', async () => {
  const server = await startServer(['--behind-proxy', '--allow-host', 'photos.example.org'])
  const headers = { 'x-forwarded-for': '192.0.2.1', origin: 'https://photos.example.org' }
  expect((await ask(server, 'photos.example.org', headers)).status).toBe(200)
  expect((await ask(server, 'other.example', headers)).status).toBe(421)
})

test('a port that is taken is said in a line, with what to do', async () => {
  const { origin, env } = await startServer()
  const { port } = new URL(origin)
  const second = spawn(process.execPath, ['out/main/server.js', '--port', port], {
    env: { ...env, CIMAISE_HOME: temporaryFolder('cimaise-home-'), CIMAISE_REDIS_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  second.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code] = (await once(second, 'close')) as [number]
  expect(code).toBe(1)
  expect(said).toBe(`Port ${port} on 127.0.0.1 is taken by another program. Choose another with --port.\n`)
})

const healthOf = async ({ origin }: TestServer) => {
  const response = await fetch(`${origin}/healthz`)
  return `${response.status} ${(await response.text()).trim()}`
}

test('the health check fails while Redis does not answer, and passes again when it does', async () => {
  const { url, child } = await startRedis()
  const server = await startServer([], { CIMAISE_REDIS_URL: url })
  expect(await healthOf(server)).toBe('200 ok')
  child.kill('SIGSTOP')
  try {
    const answers = await Promise.all(Array.from({ length: 50 }, () => healthOf(server)))
    expect(new Set(answers)).toEqual(new Set(['503 Redis does not answer']))
  } finally {
    child.kill('SIGCONT')
  }
  await expect.poll(() => healthOf(server), { timeout: 10_000 }).toBe('200 ok')
})

test('a Redis that a script keeps busy fails the health check', async () => {
  const { port, url, child } = await startRedis('--busy-reply-threshold', '50')
  const operator = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: 0, enableReadyCheck: false })
  operator.on('error', () => undefined)
  onTestFinished(() => operator.disconnect())
  await operator.ping()
  const server = await startServer([], { CIMAISE_REDIS_URL: url })
  operator.eval('while true do end', 0).catch(() => undefined)
  await expect.poll(() => healthOf(server), { timeout: 10_000 }).toBe('503 Redis is busy with a script')
  child.kill('SIGKILL') // before the server ends: it would wait for Redis
  await expect.poll(() => healthOf(server), { timeout: 10_000 }).toBe('503 Redis cannot be reached')
})
