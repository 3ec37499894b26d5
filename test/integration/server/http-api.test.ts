import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { formatToken, newToken } from '../../../src/shared/domain/api-token.ts'
import { clientOf, type Client } from '../../support/client.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { logIn, logInAs, startServer } from '../../support/server.ts'
import { shared } from '../../support/shared.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A server with Harbour, which is public, and Studio, which ana may modify, and Private, which she may not. */
const it = shared(async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 2)
  await drawPhotos(join(root, 'Studio'), 3, 40)
  await drawPhotos(join(root, 'Private'), 1, 80)
  const server = await startServer(['--watch', root])
  const owner = clientOf(server, await logIn(server))
  await vi.waitFor(
    async () => {
      expect((await owner.albums.list()).map(({ photos }) => photos)).toEqual([2, 1, 3])
    },
    { timeout: 30_000 },
  )
  const [harbour = '', hidden = '', studio = ''] = (await owner.albums.list()).map(({ id }) => id)
  await owner.albums.publish({ album: harbour, public: true })
  const key = newKey()
  await owner.accounts.create({ name: 'ana', role: 'member', canCreateAlbums: false, key })
  await owner.rights.set({
    changes: [{ subject: 'account:ana', album: studio, right: 'modify' }],
    act: 'Abcdefgh1234',
  })
  const cookie = await logInAs(server, 'ana', key)
  return { server, owner, ana: clientOf(server, cookie), cookie, harbour, hidden, studio }
})

const makeToken = async (client: Client, albums: string[] | null = null) => {
  const { name, key } = newToken()
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  expect(await client.tokens.create({ name, key, label: 'script', expires, albums })).toBe('changed')
  return { name, text: formatToken(name, key) }
}

const get = (path: string, token?: string, headers: Record<string, string> = {}) =>
  fetch(`${it().server.origin}/api/v1${path}`, {
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  })

const read = async <T>(path: string, token?: string) => {
  const response = await get(path, token)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as T
}

interface Photos {
  total: number
  photos: { id: string; album: string; title: string }[]
}

test('a script with a token reads albums, photos, one photo, tags, a search and a preview', async () => {
  const { owner, ana, studio } = it()
  const { text } = await makeToken(ana)
  const albums = await read<{ title: string }[]>('/albums', text)
  expect(albums.map(({ title }) => title)).toEqual(['Harbour', 'Studio'])
  const all = await read<Photos>(`/albums/${studio}/photos?limit=2&sort=name&descending=true`, text)
  expect([all.total, all.photos.length]).toEqual([3, 2])
  const id = all.photos[0]?.id ?? ''
  await owner.changes.apply({
    act: 'Abcdefgh5678',
    mode: 'free',
    changes: [{ kind: 'tag', album: studio, photos: [id], add: ['heron'], remove: [] }],
  })
  expect(await read<unknown>('/tags', text)).toEqual([{ tag: 'heron', photos: 1 }])
  const found = await read<Photos>('/search?q=tag:heron', text)
  expect(found.photos.map((photo) => photo.id)).toEqual([id])
  const one = await read<Record<string, unknown>>(`/albums/${studio}/photos/${id}`, text)
  expect(one).toMatchObject({ id, tags: ['heron'], type: 'image/jpeg' })
  expect(Object.keys(one)).not.toEqual(expect.arrayContaining(['path']))
  expect(JSON.stringify(one)).not.toContain('host')
  const preview = await get(`/albums/${studio}/photos/${id}/preview?size=640`, text)
  expect(preview.status).toBe(200)
  const { width, height } = await sharp(Buffer.from(await preview.arrayBuffer())).metadata()
  expect(Math.max(width, height)).toBeLessThanOrEqual(640)
})

test('without a token everybody reads public albums alone, and a browser’s cookie counts for nothing', async () => {
  const { cookie, harbour, studio } = it()
  const albums = await read<{ id: string }[]>('/albums')
  expect(albums.map(({ id }) => id)).toEqual([harbour])
  expect((await get(`/albums/${studio}`)).status).toBe(404)
  const response = await get('/albums', undefined, { cookie })
  expect(((await response.json()) as { id: string }[]).map(({ id }) => id)).toEqual([harbour])
})

test('a token does not reach what its person may not read, nor one for some albums the others', async () => {
  const { ana, harbour, hidden, studio } = it()
  const [all, some] = [await makeToken(ana), await makeToken(ana, [harbour, hidden])]
  const statuses = async (token: string) =>
    Promise.all(
      [hidden, studio, harbour].map(async (album) => (await get(`/albums/${album}/photos`, token)).status),
    )
  expect([await statuses(all.text), await statuses(some.text)]).toEqual([
    [403, 200, 200],
    [403, 403, 200],
  ])
})

test('a right that is taken, and a token that is revoked, count at the next call', async () => {
  const { owner, ana, studio } = it()
  const { name, text } = await makeToken(ana)
  expect((await get(`/albums/${studio}`, text)).status).toBe(200)
  const change = (right: 'none' | 'modify') =>
    owner.rights.set({ changes: [{ subject: 'account:ana', album: studio, right }], act: 'Abcdefgh9012' })
  await change('none')
  expect((await get(`/albums/${studio}`, text)).status).toBe(404)
  await change('modify')
  expect((await get(`/albums/${studio}`, text)).status).toBe(200)
  await owner.tokens.end({ account: 'ana', name })
  expect((await get('/albums', text)).status).toBe(401)
})

test('what is no token is refused, and whoever guesses has to wait', async () => {
  const { ana } = it()
  const { name, text } = await makeToken(ana)
  const wrong = () => formatToken(name, newToken().key)
  for (const given of ['', 'x', `${text}0`, wrong()]) expect((await get('/albums', given)).status).toBe(401)
  await expect.poll(async () => (await get('/albums', wrong())).status).toBe(429)
  expect((await get('/albums', text, {})).status).toBe(429)
})

test('the day of a token’s last use is shown', async () => {
  const { ana } = it()
  const { name, text } = await makeToken(ana)
  const used = async () => (await ana.tokens.list()).find((token) => token.name === name)?.used
  expect(await used()).toBeNull()
  await get('/albums', text)
  await expect.poll(used).toBe(new Date().toISOString().slice(0, 10))
})

test('only reading is answered, and the description names every address', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
    expect((await fetch(`${it().server.origin}/api/v1/albums`, { method })).status).toBe(405)
  const description = await read<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json')
  expect(Object.keys(description.paths)).toEqual([
    '/albums',
    '/albums/{album}',
    '/albums/{album}/photos',
    '/albums/{album}/photos/{photo}',
    '/albums/{album}/photos/{photo}/preview',
    '/search',
    '/tags',
  ])
  expect(JSON.stringify(description)).toContain('"takenAt"')
})
