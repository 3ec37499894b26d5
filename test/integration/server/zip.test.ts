import { readFileSync, renameSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import { refOf } from '../../../src/shared/domain/refs.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { hasOpen, logIn, logInAs, startServer } from '../../support/server.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A server with two albums, whose photos have the same names. */
const served = async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 2)
  await drawPhotos(join(root, 'Corsica'), 3)
  const server = await startServer(['--watch', root])
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const read = () => listAlbums(owner)
  await expect
    .poll(async () => (await read()).map(({ title, photos }) => `${title} ${photos}`).sort())
    .toEqual(['Corsica 3', 'Harbour 2'])
  const idOf = async (name: string) => (await read()).find(({ title }) => title === name)?.id ?? ''
  const [harbour, corsica] = [await idOf('Harbour'), await idOf('Corsica')]
  const refs = [
    ...(await listPhotos(owner, harbour, 0, 10)).map((photo) => refOf({ ...photo, album: harbour })),
    ...(await listPhotos(owner, corsica, 0, 10)).map((photo) => refOf({ ...photo, album: corsica })),
  ]
  const cookie = await logIn(server)
  const ask = async (
    photos: unknown,
    { name = 'Trip', as = cookie, ...more }: Record<string, string> = {},
    signal?: AbortSignal,
  ) => {
    const body = new FormData()
    body.set('photos', JSON.stringify(photos))
    body.set('name', name)
    return fetch(`${server.origin}/zip`, {
      method: 'POST',
      headers: { cookie: as, ...more },
      body,
      ...(signal && { signal }),
    })
  }
  return { root, server, gallery, owner, harbour, corsica, refs, ask }
}

const entriesOf = async (response: Response) => unzipSync(new Uint8Array(await response.arrayBuffer()))

test('photos of several albums come home as one file, byte by byte, in a folder an album', async () => {
  const { root, refs, ask, harbour } = await served()
  const response = await ask(refs, { name: 'Trip: 2024/Été' })
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename*=UTF-8''Trip_%202024_%C3%89t%C3%A9.zip`,
  )
  const entries = await entriesOf(response)
  expect(Object.keys(entries).sort()).toEqual([
    ...[0, 1, 2].map((n) => `Corsica/photo-${n}.jpg`),
    ...[0, 1].map((n) => `Harbour/photo-${n}.jpg`),
  ])
  for (const [name, bytes] of Object.entries(entries))
    expect(readFileSync(join(root, name)).equals(bytes), name).toBe(true)
  const whole = await entriesOf(await ask({ album: harbour, sort: 'taken', descending: false }))
  expect(Object.keys(whole).sort()).toEqual(['photo-0.jpg', 'photo-1.jpg'])
})

test('what is not there, or not the caller’s to see, is left out, and said in the caller’s language', async () => {
  const { root, server, gallery, owner, corsica, refs, ask } = await served()
  const { key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [corsica]: 'read' })
  renameSync(join(root, 'Corsica', 'photo-1.jpg'), join(root, 'away.txt'))
  const as = await logInAs(server, 'ana', key)
  const entries = await entriesOf(await ask(refs, { as, 'accept-language': 'fr' }))
  expect(Object.keys(entries).sort()).toEqual([
    'Corsica/photo-0.jpg',
    'Corsica/photo-2.jpg',
    'non inclus.txt',
  ])
  expect(strFromU8(entries['non inclus.txt'] ?? new Uint8Array())).toMatch(
    /^Photos qui ne sont pas dans ce fichier\s: 3\. /,
  )
})

test('a form that names no photos, too many, or comes from another site gets no file, and is told why', async () => {
  const { ask, refs } = await served()
  for (const photos of [null, [], ['../../etc/passwd'], { path: '/etc' }, 'x'])
    expect((await ask(photos)).status).toBe(400)
  expect(await (await ask(['x'.repeat(3_000_000)])).text()).toMatch(/more photos than one download may name/)
  expect((await ask(refs, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

test('whoever goes away in the midst of a download leaves no file open', async () => {
  const { root, server, refs, ask } = await served()
  const file = join(root, 'Harbour', 'photo-0.jpg')
  truncateSync(file, 300 * 1024 ** 2)
  for (let n = 0; n < 5; n++) {
    const leaving = new AbortController()
    const response = await ask(refs, {}, leaving.signal)
    await response.body?.getReader().read()
    leaving.abort()
  }
  if (process.platform === 'linux')
    await expect.poll(() => hasOpen(server, file), { timeout: 10_000 }).toBe(false)
})
