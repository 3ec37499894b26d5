import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { strFromU8, unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { refOf } from '../../../src/shared/domain/refs.ts'
import { createShare, editShare } from '../../../src/core/access/shares.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { downloadsOf } from '../../support/downloads.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
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
  const downloads = downloadsOf(server.origin, cookie)
  return { root, server, gallery, owner, harbour, corsica, refs, downloads }
}

const entriesOf = async (response: Response) => unzipSync(new Uint8Array(await response.arrayBuffer()))

test('photos of several albums come home as one file, byte by byte, in a folder an album', async () => {
  const { root, refs, downloads, harbour } = await served()
  const response = await downloads.fetch({ photos: refs, name: 'Trip: 2024/Été' })
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename*=UTF-8''Trip_%202024_%C3%89t%C3%A9.zip`,
  )
  const length = Number(response.headers.get('content-length'))
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.length).toBe(length)
  const entries = unzipSync(new Uint8Array(bytes))
  expect(Object.keys(entries).sort()).toEqual([
    ...[0, 1, 2].map((n) => `Corsica/photo-${n}.jpg`),
    ...[0, 1].map((n) => `Harbour/photo-${n}.jpg`),
  ])
  for (const [name, file] of Object.entries(entries))
    expect(readFileSync(join(root, name)).equals(file), name).toBe(true)
  const whole = await downloads.fetch({ photos: { album: harbour, sort: 'taken', descending: false } })
  expect(Object.keys(await entriesOf(whole)).sort()).toEqual(['photo-0.jpg', 'photo-1.jpg'])
})

const unzips = existsSync('/usr/bin/unzip')

test.runIf(unzips)(
  'other programs read it, with names of any writing and sidecars of what was entered',
  async () => {
    const root = temporaryFolder()
    await drawPhoto(join(root, 'Été', '写真 ñ.jpg'), { hue: 10 })
    await drawPhoto(join(root, 'Été', 'con .jpg'), { hue: 90 })
    const server = await startServer(['--watch', root])
    const gallery = await openGallery({ env: server.env })
    onTestFinished(() => gallery.close())
    const owner = await gallery.self()
    await expect.poll(async () => (await listAlbums(owner))[0]?.photos).toBe(2)
    const album = (await listAlbums(owner))[0]?.id ?? ''
    const photos = await listPhotos(owner, album, 0, 10)
    const id = photos.find(({ title }) => title.includes('写真'))?.id ?? ''
    await change(owner, [
      { kind: 'edit', album, field: 'rating', values: [{ photo: id, to: '4' }] },
      { kind: 'tag', album, photos: [id], add: ['Sea/Étretat'], remove: [] },
    ])
    const view = { album, sort: 'taken', descending: false } as const
    const downloads = downloadsOf(server.origin, await logIn(server))
    const file = join(temporaryFolder(), 'all.zip')
    const response = await downloads.fetch({ photos: view, sidecars: true })
    writeFileSync(file, Buffer.from(await response.arrayBuffer()))
    expect(execFileSync('unzip', ['-t', file], { encoding: 'utf8' })).toContain('No errors detected')
    const files = unzipSync(new Uint8Array(readFileSync(file)))
    expect(Object.keys(files).toSorted()).toEqual(['_con .jpg', '写真 ñ.jpg', '写真 ñ.jpg.xmp'].toSorted())
    const sidecar = strFromU8(files['写真 ñ.jpg.xmp'] ?? new Uint8Array())
    expect(sidecar).toContain('Étretat')
    expect(sidecar).toMatch(/Rating.*>4</)
  },
)

test('a download that was cut goes on where it broke, and is the same bytes; what has changed since breaks it', async () => {
  const { root, refs, downloads } = await served()
  const { id, bytes, parts, photos } = await downloads.prepare({ photos: refs })
  expect({ parts, photos }).toEqual({ parts: 1, photos: 5 })
  expect(bytes).toBeGreaterThan(1000)
  const first = await downloads.part(id)
  const etag = first.headers.get('etag') ?? ''
  const whole = Buffer.from(await first.arrayBuffer())
  expect(await downloads.state({ id })).toMatchObject([{ state: 'whole', done: 5, sent: whole.length }])
  for (const from of [1, 500, Math.floor(whole.length / 2), whole.length - 30]) {
    const rest = await downloads.part(id, 0, { headers: { range: `bytes=${from}-`, 'if-range': etag } })
    expect([rest.status, rest.headers.get('content-range')]).toEqual([
      206,
      `bytes ${from}-${whole.length - 1}/${whole.length}`,
    ])
    expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(from)), `from ${from}`).toBe(true)
  }
  const other = await downloads.part(id, 0, { headers: { range: 'bytes=5-', 'if-range': '"another"' } })
  expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, whole.length])
  const behind = await downloads.part(id, 0, { headers: { range: `bytes=${whole.length}-` } })
  expect(behind.status).toBe(416)
  appendFileSync(join(root, 'Corsica', 'photo-1.jpg'), 'more')
  await expect((await downloads.part(id)).arrayBuffer()).rejects.toThrow()
  expect(await downloads.state({ id })).toMatchObject([{ state: 'changed' }])
})

test('what is not there, or not the caller’s to see, is left out, and said in the caller’s language', async () => {
  const { root, server, gallery, owner, corsica, refs } = await served()
  const { key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [corsica]: 'read' })
  renameSync(join(root, 'Corsica', 'photo-1.jpg'), join(root, 'away.txt'))
  const ana = downloadsOf(server.origin, await logInAs(server, 'ana', key))
  const { id, photos, leftOut } = await ana.prepare({ photos: refs })
  expect({ photos, leftOut }).toEqual({ photos: 2, leftOut: 3 })
  const entries = await entriesOf(await ana.part(id, 0, { headers: { 'accept-language': 'fr' } }))
  expect(Object.keys(entries).sort()).toEqual([
    'Corsica/photo-0.jpg',
    'Corsica/photo-2.jpg',
    'non inclus.txt',
  ])
  expect(strFromU8(entries['non inclus.txt'] ?? new Uint8Array())).toMatch(
    /^Photos qui ne sont pas dans ce fichier\s: 3\. /,
  )
  await expect(ana.prepare({ photos: refs.slice(0, 2) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a download is told to nobody but who asked for it, and ends with the right to its photos', async () => {
  const { server, gallery, owner, corsica, refs, downloads } = await served()
  const { key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [corsica]: 'read' })
  const ana = downloadsOf(server.origin, await logInAs(server, 'ana', key))
  const own = await ana.prepare({ photos: refs.slice(2) })
  const owners = await downloads.prepare({ photos: refs })
  for (const asks of [ana, downloadsOf(server.origin, '')]) {
    expect((await asks.part(owners.id)).status).toBe(404)
    await expect(asks.state({ id: owners.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(asks.stop({ id: owners.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
  expect((await ana.part(own.id, 7)).status).toBe(404)
  await grant(owner, 'ana', { [corsica]: 'none' })
  await expect((await ana.part(own.id)).arrayBuffer()).rejects.toThrow()
})

test('pictures in the size of a screen come in their own files; films and sidecars do not', async () => {
  const { root, downloads, refs } = await served()
  const { id, bytes, parts } = await downloads.prepare({ photos: refs, kind: 'screen', sidecars: true })
  expect({ bytes, parts }).toEqual({ bytes: null, parts: 1 })
  const response = await downloads.part(id, 0, { headers: { range: 'bytes=10-' } })
  expect([response.status, response.headers.get('accept-ranges')]).toEqual([200, 'none'])
  const files = await entriesOf(response)
  expect(Object.keys(files)).toHaveLength(5)
  for (const [name, file] of Object.entries(files))
    expect(readFileSync(join(root, name)).equals(file), name).toBe(false)
  expect(await downloads.state({ id })).toMatchObject([{ state: 'whole', done: 5 }])
})

test('a visitor chooses no more than their link gives, gets no sidecar, and keeps to what it gives in the midst', async () => {
  const { server, owner, corsica, refs } = await served()
  const link = { name: 'share~Abcd1234', key: newKey(), album: corsica, label: '', hasPassword: false }
  await createShare(owner, { ...link, expires: '2090-01-01T00:00:00Z' })
  const ofCorsica = refs.slice(2)
  await change(owner, [
    {
      kind: 'tag',
      album: corsica,
      photos: ofCorsica.map((ref) => ref.split('/')[1] ?? ''),
      add: ['Sea'],
      remove: [],
    },
  ])
  const visitor = downloadsOf(server.origin, await logInAs(server, link.name, link.key))
  const all = { place: true, camera: true, marks: true }
  const asked = { photos: ofCorsica, kind: 'originals', sidecars: true } as const
  const copies = await visitor.prepare(asked)
  expect(copies.bytes).toBe(null)
  await editShare(owner, { name: link.name, shows: { ...all, download: 'original' } })
  const originals = await visitor.prepare(asked)
  expect(originals.bytes).not.toBe(null)
  expect(Object.keys(await entriesOf(await visitor.part(originals.id)))).toHaveLength(3)
  await editShare(owner, { name: link.name, shows: { ...all, download: 'preview' } })
  await expect((await visitor.part(originals.id)).arrayBuffer()).rejects.toThrow()
  await editShare(owner, { name: link.name, shows: { ...all, download: 'none' } })
  await expect(visitor.prepare(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(Object.keys(await entriesOf(await visitor.part(copies.id)))).toEqual(['not included.txt'])
})

test('what names no photos, or too many, is refused', async () => {
  const { downloads } = await served()
  for (const photos of [null, [], ['../../etc/passwd'], { path: '/etc' }, 'x'])
    await expect(downloads.prepare({ photos: photos as never })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
})

test('whoever goes away in the midst of a download, or stops it, leaves no file open', async () => {
  const { root, server, refs, downloads } = await served()
  const file = join(root, 'Harbour', 'photo-0.jpg')
  truncateSync(file, 300 * 1024 ** 2)
  const { id } = await downloads.prepare({ photos: refs })
  for (let n = 0; n < 5; n++) {
    const leaving = new AbortController()
    const response = await downloads.part(id, 0, { signal: leaving.signal })
    await response.body?.getReader().read()
    leaving.abort()
  }
  if (process.platform === 'linux')
    await expect.poll(() => hasOpen(server, file), { timeout: 10_000 }).toBe(false)
  await expect.poll(async () => (await downloads.state({ id }))[0]?.state).toBe('broken')
  const stopped = await downloads.part(id)
  const reader = stopped.body?.getReader()
  await reader?.read()
  await downloads.stop({ id })
  expect(await downloads.state({ id })).toMatchObject([{ state: 'stopped' }])
  const readOn = async () => {
    for (;;) if ((await reader?.read())?.done !== false) return
  }
  await expect(readOn()).rejects.toThrow()
  if (process.platform === 'linux')
    await expect.poll(() => hasOpen(server, file), { timeout: 10_000 }).toBe(false)
})
