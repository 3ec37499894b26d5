import { readdirSync, readFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { shared } from '../../support/shared.ts'

/** Asks as plainly as one can: fetch decodes what comes, and does not show how it came. */
const ask = async (
  { origin }: TestServer,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
) => {
  const asked = request(origin + path, { method: body === undefined ? 'GET' : 'POST', headers }).end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, bytes: await buffer(response) }
}

const assets = readdirSync('out/renderer/assets')
const script = assets.find((name) => /^index-.*\.js$/.test(name)) ?? ''
const plain = readFileSync(`out/renderer/assets/${script}`)

const direct = shared(() => startServer())
const proxied = shared(() => startServer(['--behind-proxy']))

test('a browser gets the page compressed as well as it decodes, and just the same page', async () => {
  const server = direct()
  const path = `/assets/${script}`
  const usual = await ask(server, path, { 'accept-encoding': 'gzip, deflate, br' })
  expect(usual.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'br',
    vary: 'accept-encoding',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(brotliDecompressSync(usual.bytes).equals(plain)).toBe(true)
  expect(usual.bytes.length).toBeLessThan(plain.length / 3)
  const old = await ask(server, path, { 'accept-encoding': 'gzip;q=0.5, br;q=0' })
  expect(old.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(old.bytes).equals(plain)).toBe(true)
  const none = await ask(server, path)
  expect(none.headers).toMatchObject({ vary: 'accept-encoding' })
  expect(none.headers['content-encoding']).toBe(undefined)
  expect(none.bytes.equals(plain)).toBe(true)
  expect(new Set([usual, old, none].map(({ headers }) => headers.etag)).size).toBe(3)
})

test('the page itself is asked for each time, and only sent where it has changed', async () => {
  const server = direct()
  const { headers } = await ask(server, '/')
  expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
  const again = await ask(server, '/', { 'if-none-match': headers.etag ?? '' })
  expect([again.status, again.bytes.length, again.headers['cache-control']]).toEqual([304, 0, 'no-cache'])
  expect((await ask(server, '/', { 'if-none-match': '"another"' })).status).toBe(200)
})

test('answers of the contract are compressed for browsers elsewhere, but not within this computer', async () => {
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'gzip, br' }
  const here = await ask(direct(), '/rpc/gallery/session', headers, '{}')
  expect(here.headers['content-encoding']).toBe(undefined)
  const there = await ask(
    proxied(),
    '/rpc/gallery/session',
    { ...headers, 'x-forwarded-for': '192.0.2.1' },
    '{}',
  )
  expect(there.headers['content-encoding']).toBe('gzip')
  expect(JSON.parse(gunzipSync(there.bytes).toString())).toMatchObject({ json: { account: 'guest' } })
})

test('a stream of events is never held up by compression', async () => {
  const { origin } = proxied()
  const headers = {
    'content-type': 'application/json',
    'accept-encoding': 'gzip, br',
    'x-forwarded-for': '192.0.2.1',
  }
  const asked = request(`${origin}/rpc/events/follow`, { method: 'POST', headers }).end('{}')
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  expect(response.headers['content-encoding']).toBe(undefined)
  const [first] = (await once(response, 'data')) as [Buffer]
  expect(first.toString()).toMatch(/^(:|event: )/)
  asked.destroy()
})

test('a call is no longer than it may be, also where its length is not told', async () => {
  const { origin } = direct()
  const asked = request(`${origin}/rpc/albums/find`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  asked.on('error', () => undefined)
  asked.write('{"json":{"album":"')
  for (let n = 0; n < 20; n++) asked.write('x'.repeat(100_000))
  asked.end('"}}')
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(413)
  response.destroy()
})
