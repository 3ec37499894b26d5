import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { clientOf } from '../../support/client.ts'
import { commandJson } from '../../support/cli.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { logIn, startServer } from '../../support/server.ts'
import { shared } from '../../support/shared.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Waits until so many photos are taken in; unlike `expect.poll`, also for what a group of tests shares. */
const takenIn = (client: ReturnType<typeof clientOf>, count: number) =>
  vi.waitFor(
    async () => {
      expect((await client.albums.list())[0]?.photos).toBe(count)
    },
    { timeout: 20_000 },
  )

/** A server with a folder of two photos, and a TIFF, that is taken in. */
const served = async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 2)
  await sharp({ create: { width: 400, height: 300, channels: 3, background: '#3366aa' } })
    .tiff()
    .toFile(join(root, 'Harbour', 'scan.tif'))
  const server = await startServer(['--watch', root])
  const cookie = await logIn(server)
  const client = clientOf(server, cookie)
  await takenIn(client, 3)
  const [album] = await client.albums.list()
  const photos = await client.photos.list({ album: album?.id ?? '', offset: 0, limit: 10 })
  return { root, server, cookie, client, album: album?.id ?? '', photos }
}

const of = (photos: PhotoDetails[], title: string) =>
  photos.find((photo) => photo.title === title) as PhotoDetails

test('the login link works once, and its cookie is out of reach of scripts and other sites', async () => {
  const server = await startServer()
  const first = await fetch(server.link, { redirect: 'manual' })
  expect(first.status).toBe(303)
  const [, ...attributes] = first.headers.get('set-cookie')?.split('; ') ?? []
  expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict'])
  const second = await fetch(server.link, { redirect: 'manual' })
  expect(second.headers.get('set-cookie')).toBeNull()
  expect(
    await clientOf(server, first.headers.get('set-cookie')?.split(';')[0]).gallery.session(),
  ).toMatchObject({ account: 'owner', library: true })
  expect(await clientOf(server).gallery.session()).toMatchObject({ account: 'guest', library: false })
})

test('a password logs in over HTTP by its derived key; a wrong one gets the same words as a wrong name', async () => {
  const { url } = await startRedis()
  const server = await startServer([], {
    CIMAISE_REDIS_URL: url,
    CIMAISE_ACCOUNT: 'ana',
    CIMAISE_PASSWORD: 'correct horse',
  })
  const { gallery } = await clientOf(server).gallery.session()
  const login = async (account: string, password: string) =>
    fetch(`${server.origin}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, key: await deriveKey(gallery.id, account, password) }),
    })
  const good = await login('ana', 'correct horse')
  expect(good.status).toBe(204)
  const cookie = good.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(await clientOf(server, cookie).gallery.session()).toMatchObject({
    account: 'ana',
    administrator: true,
  })
  const answers = await Promise.all([login('ana', 'wrong'), login('bob', 'correct horse')])
  expect(answers.map(({ status }) => status)).toEqual([403, 403])
  expect(await answers[0].json()).toEqual(await answers[1].json())
  await fetch(`${server.origin}/logout`, { method: 'POST', headers: { cookie } })
  expect(await clientOf(server, cookie).gallery.session()).toMatchObject({ account: 'guest' })
})

test('a thumbnail that the browser has is not sent again, but asked of Redis all the same', async () => {
  const { server, cookie, photos } = await served()
  const photo = of(photos, 'photo-0.jpg')
  const ask = (headers: Record<string, string>) => fetch(`${server.origin}/thumb/${photo.thumb}`, { headers })
  const tag = (await ask({ cookie })).headers.get('etag') ?? ''
  expect(tag).toBe(`"${photo.thumb}"`)
  expect((await ask({ cookie, 'if-none-match': tag })).status).toBe(304)
  expect((await ask({ cookie, 'if-none-match': '"other"' })).status).toBe(200)
  expect((await ask({ 'if-none-match': tag })).status).toBe(404)
  const gallery = await openGallery({ env: server.env })
  const { redis, keys } = await gallery.self()
  await redis.del(keys.thumb(photo.thumb ?? ''))
  expect((await ask({ cookie, 'if-none-match': tag })).status).toBe(404)
  await gallery.close()
})

test('a guest sees the thumbnail of a photo for as long as it stands in a public album', async () => {
  const { server, album, client, photos } = await served()
  const photo = of(photos, 'photo-0.jpg')
  const status = async () =>
    (await fetch(`${server.origin}/thumb/${photo.thumb}?photo=${album}/${photo.id}`)).status
  await client.albums.publish({ album, public: true })
  expect(await status()).toBe(200)
  const apply = (changes: Change[]) => client.changes.apply({ act: 'a'.repeat(12), mode: 'free', changes })
  const { undo } = await apply([{ kind: 'trash', album, photos: [photo.id] }])
  expect(await status()).toBe(404)
  await apply(undo)
  expect(await status()).toBe(200)
  const { album: other } = await apply([{ kind: 'create-album', title: 'Kept back' }])
  await apply([{ kind: 'move', from: album, to: other ?? '', photos: [photo.id] }])
  expect(await status()).toBe(404)
})

describe('at one server without photos,', () => {
  const opened = shared(() => startServer())

  test('a request that only asks whether the login link is there does not use it up', async () => {
    const server = opened()
    expect((await fetch(server.link, { method: 'HEAD', redirect: 'manual' })).status).toBe(400)
    expect(await logIn(server)).toMatch(/^cimaise-\d+=[\w-]{43}$/)
  })

  test('what is no image is told in the language that the browser prefers', async () => {
    const server = opened()
    const told = async (language: string) => {
      const answer = await fetch(`${server.origin}/thumb/nothing`, {
        headers: { 'accept-language': language },
      })
      return [answer.status, answer.headers.get('content-language'), await answer.text()]
    }
    expect(await told('fr-CA,fr;q=0.9,en;q=0.8')).toEqual([404, 'fr', 'Introuvable.'])
    expect(await told('de,en;q=0.5,fr;q=0.4')).toEqual([404, 'de', 'Nicht gefunden.'])
    expect(await told('pt,en;q=0.5,fr;q=0.4')).toEqual([404, 'en', 'Not found.'])
    expect(await told('*')).toEqual([404, 'en', 'Not found.'])
  })

  test('requests of other sites are refused: a foreign Origin, and a foreign name for this computer', async () => {
    const { origin } = opened()
    const post = (headers: Record<string, string>) =>
      fetch(`${origin}/rpc/gallery/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      })
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({ origin: 'null' })).status).toBe(403)
    expect((await post({ origin })).status).toBe(200)
  })

  test('paths that are none, bodies that are too large or no JSON, and other methods are answered and harm nothing', async () => {
    const { origin, child } = opened()
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/../../package.json',
      '/thumb/',
      '/thumb/../../x',
      `/thumb/${'a'.repeat(64)}`,
      '/original/a/b',
      '/original/owner~abcdefgh/..%2f..%2fx',
      '/nope',
      '/rpc/none',
      '/%00',
    ])
      expect((await fetch(origin + path)).status, path).toBeGreaterThanOrEqual(400)
    const post = (path: string, body: string) =>
      fetch(origin + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect((await post('/rpc/gallery/session', '{')).status).toBe(400)
    expect((await post('/login', 'x'.repeat(10_000))).status).toBe(400)
    expect((await fetch(`${origin}/original/a/b`, { method: 'PUT', body: 'x' })).status).toBe(405)
    expect((await fetch(`${origin}/rpc/gallery/session`)).status).toBe(405)
    expect((await post('/login', '{"account":"../x","key":"1"}')).status).toBe(400)
    expect((await fetch(`${origin}/`, { method: 'DELETE' })).status).toBe(405)
    expect((await fetch(`${origin}/healthz`)).status).toBe(200)
    const large = JSON.stringify({ json: { album: 'x'.repeat(2 * 1024 * 1024) } })
    // The answer may come, or the connection end, while the body is still on its way.
    expect([413, 'closed']).toContain(
      await post('/rpc/albums/find', large).then(
        ({ status }) => status,
        () => 'closed',
      ),
    )
    expect(child.exitCode).toBeNull()
  })

  test('every answer carries a strict policy, and no type is guessed', async () => {
    const { origin } = opened()
    for (const path of ['/', '/nope', '/healthz', '/login', '/rpc/none', '/original/a/b']) {
      const { headers } = await fetch(origin + path)
      expect(headers.get('content-security-policy'), path).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
          "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      )
      expect(Object.fromEntries(headers), path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers.has('strict-transport-security'), path).toBe(false)
    }
  })
})

describe('at one server with photos,', () => {
  const opened = shared(served)

  test('thumbnails and originals: who may see them does, with the headers that keep them private', async () => {
    const { server, cookie, album, photos } = opened()
    const photo = of(photos, 'photo-0.jpg')
    const thumb = await fetch(`${server.origin}/thumb/${photo.thumb}`, { headers: { cookie } })
    expect(thumb.headers.get('content-type')).toBe('image/webp')
    expect(thumb.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    const bytes = new Uint8Array(await thumb.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(photo.thumb)
    const original = await fetch(`${server.origin}/original/${album}/${photo.id}`, { headers: { cookie } })
    expect([
      original.status,
      original.headers.get('content-type'),
      original.headers.get('cache-control'),
    ]).toEqual([200, 'image/jpeg', 'private, no-cache'])
    expect((await original.arrayBuffer()).byteLength).toBe(photo.bytes)
    expect((await fetch(`${server.origin}/original/${album}/${photo.id}`)).status).toBe(403)
  })

  test('a TIFF, which browsers do not show, is converted at full size', async () => {
    const { server, cookie, album, photos } = opened()
    const response = await fetch(`${server.origin}/original/${album}/${of(photos, 'scan.tif').id}`, {
      headers: { cookie },
    })
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({ width: 400, height: 300 })
  })

  test('guests see a public album and nothing else, as soon as it is made public', async () => {
    const { root, server, album, client, photos } = opened()
    await drawPhoto(join(root, 'Private', 'x.jpg'), { hue: 200 })
    const guest = clientOf(server)
    expect(await guest.albums.list()).toEqual([])
    await expect(guest.photos.list({ album, offset: 0, limit: 10 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await client.albums.publish({ album, public: true })
    expect((await guest.albums.list()).map(({ title }) => title)).toEqual(['Harbour'])
    expect(
      await guest.photos.page({
        view: { album: null, sort: 'name', descending: false },
        offset: 0,
        limit: 10,
      }),
    ).toMatchObject({ total: 3 })
    expect((await fetch(`${server.origin}/original/${album}/${of(photos, 'photo-1.jpg').id}`)).status).toBe(
      200,
    )
    await client.albums.publish({ album, public: false })
    await expect(guest.photos.list({ album, offset: 0, limit: 10 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(guest.library.roots()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('the command line works on the store of a running server, which hears of it', async () => {
    const { server, client } = opened()
    const events = await client.events.follow()
    const until = async (kind: string) => {
      for (let next = await events.next(); !next.done; next = await events.next())
        if (next.value.kind === kind) return next.value
      return null
    }
    expect(await until('resync')).not.toBeNull()
    const other = temporaryFolder()
    await drawPhoto(join(other, 'by-cli.jpg'), { hue: 90 })
    expect(await commandJson(server.env, 'import', other)).toMatchObject({ added: 1 })
    expect(await until('photos')).toMatchObject({ what: 'added' })
  })

  test('overwritten thumbnail bytes are noticed and not shown', async () => {
    const { server, cookie, photos } = opened()
    const gallery = await openGallery({ env: server.env })
    const { redis, keys } = await gallery.self()
    // None that was shown already: what was found whole is kept, and overwriting it changes nothing.
    const name = of(photos, 'photo-1.jpg').thumb ?? ''
    await redis.set(keys.thumb(name), '<script>alert(1)</script>')
    expect((await fetch(`${server.origin}/thumb/${name}`, { headers: { cookie } })).status).toBe(404)
    await gallery.close()
  })
})
