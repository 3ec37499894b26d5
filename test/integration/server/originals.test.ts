import { createHash } from 'node:crypto'
import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { findAlbum, listAlbums } from '../../../src/core/albums/albums.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import { command } from '../../support/cli.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { drawVideo, videoBytes } from '../../support/pictures/videos.ts'
import { fetchUntil } from '../../support/fetch-until.ts'
import { hasOpen, logIn, logInAs, startServer } from '../../support/server.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A server with an album of three photos, and the member ana, who may modify it and make albums of her own. */
const served = async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 2)
  await sharp({ create: { width: 400, height: 300, channels: 3, background: '#3366aa' } })
    .tiff()
    .toFile(join(root, 'Harbour', 'scan.tif'))
  const server = await startServer(['--watch', root])
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  await expect.poll(async () => (await listAlbums(owner))[0]?.photos, { timeout: 20_000 }).toBe(3)
  const album = (await listAlbums(owner))[0]?.id ?? ''
  const photos = await listPhotos(owner, album, 0, 10)
  const { session: ana, key } = await addAccount(gallery, owner, 'ana', { canCreateAlbums: true })
  await grant(owner, 'ana', { [album]: 'modify' })
  const raw = await plainClient(gallery, 'ana', key)
  const cookies = { owner: await logIn(server), ana: await logInAs(server, 'ana', key) }
  const get = async (
    who: keyof typeof cookies,
    [at, id]: [album: string, photo: string],
    headers: Record<string, string> = {},
    method = 'GET',
  ) => {
    const url = `${server.origin}/original/${at}/${id}`
    const response = await fetch(url, { method, headers: { cookie: cookies[who], ...headers } })
    const body = Buffer.from(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, body, text: body.toString() }
  }
  const named = (title: string) => photos.find((photo) => photo.title === title) as (typeof photos)[number]
  return { root, server, cookies, owner, ana, raw, album, get, named, keys: owner.keys }
}

const refusal = 'The original of this photo is not on this computer.'

test('a forged record hands out no file, and does not tell which files there are', async () => {
  const { root, owner, raw, album, get, keys } = await served()
  const secret = join(root, 'secret.txt')
  writeFileSync(secret, 'secret')
  symlinkSync('/etc', join(root, 'etc'))
  const forged = [secret, join(root, 'none'), '/etc/passwd', join(root, 'etc', 'passwd'), root, '', 'x', '\0']
  const answers = []
  for (const path of [...forged, join(root, 'Harbour', 'photo-1.jpg')]) {
    await raw.hset(keys.photo(album, 'FORGED1000'), {
      path,
      host: owner.host,
      type: 'image/png',
      digest: 'x',
    })
    const { status, text, headers } = await get('ana', [album, 'FORGED1000'])
    answers.push([status, text, headers.get('etag')].join())
  }
  const never = await get('ana', [album, 'NEVERMADE0'])
  expect(new Set([...answers, [never.status, never.text, null].join()])).toEqual(new Set([`404,${refusal},`]))
  await raw.del(keys.photo(album, 'FORGED1000'))
  await raw.sadd(keys.photo(album, 'FORGED1000'), 'no record')
  expect(await get('ana', [album, 'FORGED1000'])).toMatchObject({ status: 404, text: refusal })
})

test('what a member writes into a photo’s record changes nothing about its original', async () => {
  const { raw, album, get, named, keys } = await served()
  const { id, path } = named('photo-0.jpg')
  const before = await get('ana', [album, id])
  expect(before.body.equals(readFileSync(path))).toBe(true)
  for (const fields of [
    { path: named('photo-1.jpg').path },
    { path: '/etc/passwd', host: 'elsewhere' },
    { type: 'text/html', digest: 'A'.repeat(43), bytes: '7' },
    { missing: 'yes' },
  ]) {
    await raw.hset(keys.photo(album, id), fields)
    const after = await get('ana', [album, id])
    expect([after.status, after.headers.get('content-type'), after.headers.get('etag')]).toEqual([
      200,
      'image/jpeg',
      before.headers.get('etag'),
    ])
    expect(after.body.equals(before.body)).toBe(true)
  }
})

test('a twin in an album of one’s own keeps no reach of an original, neither before nor after it moved', async () => {
  const { server, owner, ana, raw, album, get, named, keys } = await served()
  const { id } = named('photo-0.jpg')
  const { id: own } = await createAlbum(ana, { title: 'Own' })
  await grant(owner, 'ana', { [album]: 'none' })
  await raw.hset(keys.photo(own, id), { name: 'twin', thumb: named('photo-0.jpg').thumb ?? '' })
  expect(await get('ana', [own, id])).toMatchObject({ status: 404, text: refusal })
  expect((await get('ana', [album, id])).status).toBe(403)
  expect((await get('owner', [album, id])).status).toBe(200)
  await command(server.env, 'album', 'create', 'Elsewhere')
  expect(await command(server.env, 'move', 'Elsewhere', id)).toMatchObject({ code: 0 })
  const moved = (await findAlbum(owner, 'Elsewhere')).id
  // Two albums claim it now: a member who can read it in both learns nothing new.
  expect(await get('ana', [own, id])).toMatchObject({ status: 404, text: refusal })
  expect((await get('owner', [moved, id])).status).toBe(200)
  await raw.del(keys.photo(own, id))
  expect((await get('owner', [moved, id])).status).toBe(200)
  // The index knows where it is by now, so that the claim does not count any more.
  await raw.hset(keys.photo(own, id), { name: 'twin' })
  expect(await get('ana', [own, id])).toMatchObject({ status: 404, text: refusal })
  expect((await get('owner', [moved, id])).status).toBe(200)
})

test('only a file whose own bytes are a picture is sent, from no folder but the registered ones', async () => {
  const { album, get, named } = await served()
  const { id, path } = named('photo-0.jpg')
  for (const bytes of [
    '<!doctype html><script>alert(1)</script>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '',
  ]) {
    writeFileSync(path, bytes)
    expect(await get('owner', [album, id])).toMatchObject({ status: 404, text: refusal })
  }
  const outside = join(temporaryFolder(), 'outside.jpg')
  await drawPhoto(outside)
  rmSync(path)
  symlinkSync(outside, path)
  expect(await get('owner', [album, id])).toMatchObject({ status: 404, text: refusal })
  const folder = join(path, '..')
  renameSync(folder, `${folder}-away`)
  const other = temporaryFolder()
  await drawPhoto(join(other, 'photo-1.jpg'))
  symlinkSync(other, folder)
  expect(await get('owner', [album, named('photo-1.jpg').id])).toMatchObject({ status: 404, text: refusal })
})

test('an original answers in parts, and not at all to clients that have it already', async () => {
  const { album, get, named } = await served()
  const { id, path, bytes: size } = named('photo-0.jpg')
  const all = readFileSync(path)
  const digest = createHash('sha256').update(all).digest('base64url')
  const whole = await get('owner', [album, id])
  const etag = `"${digest}-jpeg"`
  const modified = whole.headers.get('last-modified') ?? ''
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    etag,
    'accept-ranges': 'bytes',
    'content-length': String(size),
    'cache-control': 'private, no-cache',
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
  })
  const part = async (range: string, more: Record<string, string> = {}) => {
    const { status, headers, body } = await get('owner', [album, id], { range, ...more })
    return [status, headers.get('content-range'), body.length === size ? 'all' : body.toString('hex')]
  }
  const hex = (from: number, to: number) => all.subarray(from, to).toString('hex')
  expect(await part('bytes=0-9')).toEqual([206, `bytes 0-9/${size}`, hex(0, 10)])
  expect(await part('bytes=-7')).toEqual([206, `bytes ${size - 7}-${size - 1}/${size}`, hex(size - 7, size)])
  expect(await part(`bytes=${size - 3}-`)).toEqual([
    206,
    `bytes ${size - 3}-${size - 1}/${size}`,
    hex(size - 3, size),
  ])
  expect(await part(`bytes=5-${size * 9}`)).toEqual([206, `bytes 5-${size - 1}/${size}`, hex(5, size)])
  expect((await part(`bytes=${size}-`)).slice(0, 2)).toEqual([416, `bytes */${size}`])
  expect((await part('bytes=-0'))[0]).toBe(416)
  for (const range of ['bytes=9-5', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=x-', 'bytes=-'])
    expect(await part(range), range).toEqual([200, null, 'all'])
  expect((await part('bytes=0-9', { 'if-range': etag }))[0]).toBe(206)
  expect((await part('bytes=0-9', { 'if-range': modified }))[0]).toBe(206)
  expect((await part('bytes=0-9', { 'if-range': '"another"' }))[0]).toBe(200)
  expect(await get('owner', [album, id], { 'if-none-match': `"x", W/${etag}` })).toMatchObject({
    status: 304,
    text: '',
  })
  expect((await get('ana', [album, id], { 'if-none-match': '*' })).status).toBe(304)
  const head = await get('owner', [album, id], {}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), head.text]).toEqual([200, String(size), ''])
})

test('a converted original is known by the file that it is made of; a file that changed is another', async () => {
  const { album, get, named } = await served()
  const { id, path } = named('scan.tif')
  const first = await get('owner', [album, id])
  expect([first.headers.get('content-type'), first.headers.get('accept-ranges')]).toEqual([
    'image/jpeg',
    'none',
  ])
  const etag = first.headers.get('etag') ?? ''
  expect(etag).toMatch(/^W\//)
  expect((await get('owner', [album, id], { 'if-none-match': etag })).status).toBe(304)
  appendFileSync(path, Buffer.alloc(4))
  expect((await get('owner', [album, id], { 'if-none-match': etag })).status).toBe(200)
})

test('a video is sent as it is, in the parts that a player asks for, and to nobody else', async () => {
  const { root, album, owner, get, server } = await served()
  drawVideo(join(root, 'Harbour', 'film.webm'))
  const film = async () => (await listPhotos(owner, album, 0, 10)).find(({ title }) => title === 'film.webm')
  await expect.poll(film, { timeout: 20_000 }).toBeDefined()
  const { id = '' } = (await film()) ?? {}
  const bytes = videoBytes()
  const part = await get('ana', [album, id], { range: 'bytes=100-199' })
  expect([part.status, part.headers.get('content-type'), part.headers.get('content-range')]).toEqual([
    206,
    'video/webm',
    `bytes 100-199/${bytes.length}`,
  ])
  expect(part.body).toEqual(bytes.subarray(100, 200))
  const { status, headers, body } = await get('ana', [album, id], {}, 'HEAD')
  expect([status, headers.get('content-length'), body.length]).toEqual([200, String(bytes.length), 0])
  const stranger = await fetch(`${server.origin}/original/${album}/${id}`, {
    headers: { range: 'bytes=0-9' },
  })
  expect(stranger.status).toBe(403)
  await grant(owner, 'ana', { [album]: 'none' })
  expect((await get('ana', [album, id], { range: 'bytes=0-9' })).status).toBe(403)
  expect((await get('owner', [album, `${id}?film`])).status).toBe(404)
})

test('a player that goes away in the midst of a large video leaves no file open', async () => {
  const { root, album, owner, server, cookies } = await served()
  const file = join(root, 'Harbour', 'long.webm')
  drawVideo(file)
  truncateSync(file, 300 * 1024 ** 2)
  const film = async () => (await listPhotos(owner, album, 0, 10)).find(({ title }) => title === 'long.webm')
  await expect.poll(film, { timeout: 20_000 }).toBeDefined()
  const { id = '' } = (await film()) ?? {}
  for (let n = 0; n < 5; n++) {
    const leaving = new AbortController()
    const headers = { cookie: cookies.owner }
    const original = `${server.origin}/original/${album}/${id}`
    const response = await fetchUntil(original, { headers }, leaving.signal)
    await response.body?.getReader().read()
    leaving.abort()
  }
  const isOpen = () => hasOpen(server, file)
  if (process.platform === 'linux') await expect.poll(isOpen, { timeout: 10_000 }).toBe(false)
})

test('a file is saved as it is, under its own name, whatever its kind and whoever may see it', async () => {
  const { server, cookies, album, named } = await served()
  const { id, path } = named('scan.tif')
  const url = `${server.origin}/original/${album}/${id}?download`
  const saved = await fetch(url, { headers: { cookie: cookies.ana } })
  expect(saved.headers.get('content-type')).toBe('image/tiff')
  expect(saved.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''scan.tif")
  expect(Buffer.from(await saved.arrayBuffer()).equals(readFileSync(path))).toBe(true)
  expect((await fetch(url)).status).not.toBe(200)
})
