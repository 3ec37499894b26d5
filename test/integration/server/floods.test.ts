import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import type { contract } from '../../../src/shared/contract/index.ts'
import { command } from '../../support/cli.ts'
import { fetchUntil } from '../../support/fetch-until.ts'
import { startGallery } from '../../support/gallery.ts'
import { logIn, startServer, type TestServer } from '../../support/server.ts'

const clientOf = ({ origin }: TestServer, cookie = ''): ContractRouterClient<typeof contract> =>
  createORPCClient(
    new RPCLink({
      url: `${origin}/rpc`,
      headers: cookie ? { cookie } : {},
      fetch: (request, init, { signal }) => fetchUntil(request, init, signal),
    }),
  )

/** How many connections guests have in Redis, as its owner sees them: one is the server's own for all guests. */
const guestConnections = async ({ env }: TestServer) => {
  const redis = new Redis((await command(env, 'redis-url')).out.trim(), { enableReadyCheck: false })
  onTestFinished(() => redis.disconnect())
  return async () => ((await redis.call('CLIENT', 'LIST')) as string).split(' user=guest ').length - 1
}

/** Asks for the stream of events as a guest, as plainly as one can; resolves to the status of the answer. */
const open = async ({ origin }: TestServer) => {
  const { hostname, port, host } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  const head = `POST /rpc/events/follow HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json`
  socket.write(`${head}\r\nContent-Length: 2\r\n\r\n{}`)
  return socket
}

const answerOf = async (socket: Socket) => String(((await once(socket, 'data')) as [Buffer])[0])

test('one address has so many streams as a guest, is then told to wait, and takes none from who is logged in', async () => {
  const server = await startServer()
  const connections = await guestConnections(server)
  const sockets = await Promise.all(Array.from({ length: 60 }, () => open(server)))
  const answers = await Promise.all(sockets.map(answerOf))
  const [refused, ...others] = answers.filter((answer) => !answer.startsWith('HTTP/1.1 200'))
  expect(others).toHaveLength(27)
  expect(refused).toMatch(/^HTTP\/1.1 429 /)
  expect(refused).toMatch(/^retry-after: \d+\r$/im)
  expect(refused).toMatch(/Too many windows are open from here at once/)
  await expect.poll(connections).toBe(33)
  const owner = clientOf(server, await logIn(server))
  const stop = new AbortController()
  for (let n = 0; n < 4; n++)
    expect((await (await owner.events.follow(undefined, { signal: stop.signal })).next()).done).toBe(false)
  stop.abort()
  // The place of one that goes is free at once.
  sockets[answers.findIndex((answer) => answer.startsWith('HTTP/1.1 200'))]?.destroy()
  await expect.poll(async () => (await answerOf(await open(server))).slice(9, 12)).toBe('200')
  for (const socket of sockets) socket.destroy()
})

test('however a client goes, and whenever, its connection to Redis ends, and its place is free again', async () => {
  const server = await startServer()
  const connections = await guestConnections(server)
  const ways: ((socket: Socket) => void)[] = [
    (socket) => socket.destroy(),
    (socket) => socket.resetAndDestroy(),
    (socket) => socket.end(),
  ]
  for (let round = 0; round < 12; round++) {
    const sockets = await Promise.all(Array.from({ length: 30 }, () => open(server)))
    // Some before the answer has begun, some in the midst of it, some when it runs.
    if (round % 3 === 1) await answerOf(sockets[29] as Socket)
    if (round % 3 === 2) await Promise.all(sockets.map(answerOf))
    sockets.forEach((socket, i) => ways[i % ways.length]?.(socket.resume()))
    await Promise.all(sockets.map(async (socket) => socket.closed || once(socket, 'close')))
  }
  await expect.poll(connections, { timeout: 10_000 }).toBe(1)
  const again = await Promise.all(Array.from({ length: 32 }, () => open(server)))
  const answers = await Promise.all(again.map(answerOf))
  expect(answers.map((answer) => answer.slice(9, 12))).toEqual(again.map(() => '200'))
  await expect.poll(connections, { timeout: 10_000 }).toBe(33) // these, and none of clients that have gone
  for (const socket of again) socket.destroy()
  await expect.poll(connections, { timeout: 10_000 }).toBe(1)
})

test('a program that lets go of its streams, before or after they have begun, leaves no connection to Redis', async () => {
  const server = await startServer()
  const connections = await guestConnections(server)
  const client = clientOf(server)
  const follow = async (n: number) => {
    const stop = new AbortController()
    const called = client.events.follow(undefined, { signal: stop.signal })
    const ended = called.then(
      async (events) => {
        if (n % 4 > 0) await events.next()
        if (n % 4 === 3) return events.return()
        const next = events.next()
        stop.abort()
        return next
      },
      (error: unknown) => error,
    )
    if (n % 4 === 1) stop.abort() // before the answer has come
    await ended.catch(() => undefined)
  }
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 20 }, (_, n) => follow(n)))
    await expect.poll(connections, { timeout: 10_000 }).toBe(1)
  }
})

test('a stream whose client had gone before it began opens nothing', async () => {
  const { gallery } = await startGallery()
  const events = followEvents(await gallery.self(), AbortSignal.abort())
  expect(await events.next()).toEqual({ done: true, value: undefined })
})

test('a stream ends with its client also when the garbage collector has been through since it began', async () => {
  const server = await startServer([], { NODE_OPTIONS: '--max-semi-space-size=1' })
  const connections = await guestConnections(server)
  const sockets = await Promise.all(Array.from({ length: 20 }, () => open(server)))
  await Promise.all(sockets.map(answerOf))
  await expect.poll(connections).toBe(21)
  const guest = clientOf(server)
  for (let n = 0; n < 200; n++) await guest.gallery.session()
  for (const socket of sockets) socket.destroy()
  await expect.poll(connections, { timeout: 10_000 }).toBe(1)
})
