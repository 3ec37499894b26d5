import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { parseShareLink, shareSecret } from '../../../src/shared/domain/share-link.ts'
import { clientOf } from '../../support/client.ts'
import { cimaiseWith, command, commandJson } from '../../support/cli.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { logIn, startServer, type TestServer } from '../../support/server.ts'
import { shared } from '../../support/shared.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const post = (server: TestServer, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const cookieIn = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

/** A server with two albums, and ana, who may read Harbour. */
const served = async (args: string[] = []) => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 2)
  await drawPhotos(join(root, 'Private'), 2, 40)
  const server = await startServer(['--watch', root, ...args])
  const owner = clientOf(server, await logIn(server))
  // Unlike `expect.poll`, also for what a group of tests shares.
  await vi.waitFor(
    async () => {
      expect((await owner.albums.list()).map(({ photos }) => photos)).toEqual([2, 2])
    },
    { timeout: 15_000 },
  )
  const { gallery } = await owner.gallery.session()
  const key = newKey()
  await owner.accounts.create({ name: 'ana', role: 'member', canCreateAlbums: false, key })
  await command(server.env, 'account', 'grant', 'ana', 'Harbour', 'read')
  return { server, owner, gallery, key }
}

test('a session that an administrator ends, or whose account is disabled, is a guest at the next request', async () => {
  const { server, owner, key } = await served()
  const first = cookieIn(await post(server, { account: 'ana', key }))
  const second = cookieIn(await post(server, { account: 'ana', key }))
  const who = async (cookie: string) => (await clientOf(server, cookie).gallery.session()).account
  expect([await who(first), await who(second)]).toEqual(['ana', 'ana'])
  const [one] = (await owner.sessions.list()).filter(({ account }) => account === 'ana')
  await owner.sessions.end({ account: 'ana', id: one?.id ?? '' })
  await expect.poll(async () => [await who(first), await who(second)].toSorted()).toEqual(['ana', 'guest'])
  await owner.accounts.edit({ name: 'ana', disabled: true })
  await expect.poll(async () => [await who(first), await who(second)]).toEqual(['guest', 'guest'])
  expect((await post(server, { account: 'ana', key })).status).toBe(403)
})

test('a thousand wrong logins are slowed down alike for names that are there and names that are not', async () => {
  const { server, key } = await served()
  const answers = new Map<string, number>()
  for (let n = 0; n < 1000; n++) {
    const account = n % 2 ? 'ana' : 'nobody'
    const response = await post(server, { account, key: '0'.repeat(64) })
    const answer = `${response.status} ${(await response.text()).replace(/\d+/g, 'N')}`
    answers.set(answer, (answers.get(answer) ?? 0) + 1)
  }
  const [wrong = '', slowed = '', ...others] = [...answers.keys()].toSorted()
  expect(wrong).toContain('403 {"message":"This name and password do not match."')
  expect(slowed).toContain('429 {"message":"Too many attempts. Try again in N seconds."')
  expect([answers.get(wrong), others]).toEqual([20, []])
  const right = await post(server, { account: 'ana', key })
  expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
})

test('behind a proxy with TLS the cookie is kept to TLS, and the proxy’s word counts for addresses only there', async () => {
  const { server, key } = await served(['--behind-proxy'])
  const secure = await post(server, { account: 'ana', key }, { 'x-forwarded-proto': 'https' })
  expect(secure.headers.get('set-cookie')).toMatch(/; Secure\b/)
  const plain = await post(server, { account: 'ana', key })
  expect(plain.headers.get('set-cookie')).not.toMatch(/Secure/)
})

test('the server can follow its folders as a service account, which may do no more than that', async () => {
  const { url } = await startRedis()
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 2)
  const server = await startServer(['--watch', root], {
    CIMAISE_REDIS_URL: url,
    CIMAISE_ACCOUNT: 'ana',
    CIMAISE_PASSWORD: 'correct horse battery',
    CIMAISE_SERVICE_ACCOUNT: 'library',
  })
  expect(server.link).toBe(`${server.origin}/`)
  const { gallery } = await clientOf(server).gallery.session()
  const key = await deriveKey(gallery.id, 'ana', 'correct horse battery')
  const ana = clientOf(server, cookieIn(await post(server, { account: 'ana', key })))
  await expect.poll(async () => (await ana.albums.list()).map(({ photos }) => photos)).toEqual([2])
  expect((await ana.accounts.list()).map(({ name, role }) => `${name} ${role}`)).toEqual([
    'ana administrator',
    'library member',
  ])
  const sessions = (await ana.sessions.list()).map(({ account, shell }) => `${account} ${shell}`)
  expect(sessions.toSorted()).toEqual(['ana browser', 'library browser'])
})

test('slow and broken clients do not keep others waiting', async () => {
  const server = await startServer()
  const { hostname, port } = new URL(server.origin)
  const slow = Array.from({ length: 50 }, () => connect(Number(port), hostname))
  await Promise.all(slow.map((socket) => once(socket, 'connect')))
  for (const socket of slow) {
    socket.on('error', () => undefined)
    socket.write(
      'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n',
    )
  }
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
  for (const bytes of [
    'GET / HTTP/9.9\r\n\r\n',
    '\u0000\u0001\u0002\r\n\r\n',
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
  ]) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.resume().end(bytes)
    await new Promise((resolve) => socket.once('close', resolve))
  }
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
  for (const socket of slow) socket.destroy()
})

describe('at one server,', () => {
  const opened = shared(() => served())

  test('a login starts a session of its own, whatever cookie the browser came with', async () => {
    const { server, key } = opened()
    const name = cookieIn(await post(server, { account: 'ana', key })).split('=')[0] ?? ''
    const planted = `${name}=${'a'.repeat(43)}`
    const cookie = cookieIn(await post(server, { account: 'ana', key }, { cookie: planted }))
    expect(cookie).not.toBe(planted)
    expect(await clientOf(server, planted).gallery.session()).toMatchObject({ guest: true })
    const next = cookieIn(await post(server, { account: 'ana', key }, { cookie }))
    expect(await clientOf(server, cookie).gallery.session()).toMatchObject({ guest: true })
    expect(await clientOf(server, next).gallery.session()).toMatchObject({ account: 'ana' })
  })

  test('signing out everywhere ends every session of the account', async () => {
    const { server, key } = opened()
    const cookies = await Promise.all(
      [1, 2, 3].map(async () => cookieIn(await post(server, { account: 'ana', key }))),
    )
    await fetch(`${server.origin}/logout?everywhere`, {
      method: 'POST',
      headers: { cookie: cookies[0] ?? '' },
    })
    for (const cookie of cookies)
      expect(await clientOf(server, cookie).gallery.session()).toMatchObject({ guest: true })
  })

  test('images of private albums are refused without a session, their thumbnails as well', async () => {
    const { server, owner, key } = opened()
    const albums = await owner.albums.list()
    const hidden = albums.find(({ title }) => title === 'Private')?.id ?? ''
    const [photo] = await owner.photos.list({ album: hidden, offset: 0, limit: 1 })
    const status = async (path: string, cookie = '') =>
      (await fetch(server.origin + path, { headers: { cookie } })).status
    const thumb = `/thumb/${photo?.thumb ?? ''}?photo=${hidden}/${photo?.id ?? ''}`
    expect(await status(`/original/${hidden}/${photo?.id ?? ''}`)).toBe(403)
    expect(await status(thumb)).toBe(404)
    const ana = cookieIn(await post(server, { account: 'ana', key }))
    expect(await status(`/original/${hidden}/${photo?.id ?? ''}`, ana)).toBe(403)
    await owner.albums.publish({ album: hidden, public: true })
    expect(await status(thumb)).toBe(200)
    await owner.albums.publish({ album: hidden, public: false })
    expect(await status(thumb)).toBe(404)
  })

  test('a share link from the command line opens its album, with its password, and ends when it is revoked', async () => {
    const { server, owner, gallery } = opened()
    const made = await cimaiseWith(
      'seashells by the shore\n',
      server.env,
      ...[
        'share',
        'create',
        'Private',
        '--until',
        '2090-01-01',
        '--password',
        '--at',
        server.origin,
        '--json',
      ],
    )
    const { link, name } = JSON.parse(made.out) as { link: string; name: string }
    const { search, hash } = new URL(link)
    const parsed = parseShareLink(search, hash)
    expect(parsed).toMatchObject({ name, hasPassword: true })
    const keyFor = (password: string) =>
      deriveKey(gallery.id, name, shareSecret(parsed?.secret ?? '', password))
    expect((await post(server, { account: name, key: await keyFor('') })).status).toBe(403)
    const cookie = cookieIn(
      await post(server, { account: name, key: await keyFor('seashells by the shore') }),
    )
    const visitor = clientOf(server, cookie)
    expect((await visitor.albums.list()).map(({ title }) => title)).toEqual(['Private'])
    expect(await visitor.gallery.session()).toMatchObject({ share: true, administrator: false })
    await expect(visitor.accounts.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await commandJson<{ name: string }[]>(server.env, 'share', 'list')).toMatchObject([{ name }])
    await command(server.env, 'share', 'revoke', name)
    await expect.poll(async () => (await clientOf(server, cookie).gallery.session()).guest).toBe(true)
    expect(await owner.shares.list()).toEqual([])
  })
})
