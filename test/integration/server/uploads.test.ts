import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createShare, editShare, type NewShare } from '../../../src/core/access/shares.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { logIn, logInAs, startServer, type TestServer } from '../../support/server.ts'
import { clientOf } from '../../support/client.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import {
  beginUpload,
  offsetOf,
  outcomeOf,
  sendAndBreak,
  sendFile,
  sendPart,
  type Sending,
} from '../../support/uploads.ts'

const pictureOf = async (hue: number, taken?: string): Promise<Buffer> => {
  const file = join(temporaryFolder(), 'picture.jpg')
  await drawPhoto(file, { width: 90, height: 60, hue, ...(taken === undefined ? {} : { taken }) })
  return readFileSync(file)
}

/** A server that takes uploads, with the albums Wedding and Other, and a member who may add to Wedding. */
const served = async (args: string[] = ['--upload-pattern', '{name}']) => {
  const root = temporaryFolder()
  const server = await startServer(['--uploads', root, ...args])
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const { id: album } = await createAlbum(owner, { title: 'Wedding' })
  const { id: other } = await createAlbum(owner, { title: 'Other' })
  const { key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'modify', [other]: 'read' })
  const enter = async (at: TestServer): Promise<Sending> => ({
    server: at,
    cookie: await logInAs(at, 'ana', key),
  })
  const ana = await enter(server)
  const files = () =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort()
  const hidden = () => readdirSync(join(server.env['CIMAISE_HOME'] ?? '', 'uploads', 'cimaise'))
  const photosIn = async (of = album) =>
    (await listPhotos(owner, of, 0, 100)).map(({ title }) => title).sort()
  const link = async (name: string, more: Partial<NewShare> = {}): Promise<Sending> => {
    const key = newKey()
    const share = {
      name,
      album,
      label: '',
      expires: '2090-01-01T00:00:00Z',
      key,
      hasPassword: false,
      ...more,
    }
    await createShare(owner, share)
    return { server, cookie: await logInAs(server, name, key) }
  }
  return { root, server, owner, album, other, ana, enter, files, hidden, photosIn, link }
}

test('a file of 64 MB is cut ten times on its way, and lands whole; nothing of it is seen before', async () => {
  const { root, album, ana, files, photosIn } = await served()
  const bytes = Buffer.concat([await pictureOf(10), randomBytes(64 * 1024 ** 2)])
  const begun = await beginUpload(ana, { album, name: 'Big.jpg', size: bytes.length })
  const location = begun.headers.get('location') ?? ''
  const step = Math.ceil(bytes.length / 11)
  for (let cut = 1; cut <= 10; cut++) {
    const offset = await offsetOf(ana, location)
    const part = bytes.subarray(offset, cut * step)
    await sendAndBreak(ana, { location, offset, bytes: part, promised: bytes.length - offset })
    await expect.poll(() => offsetOf(ana, location), { timeout: 20_000 }).toBeGreaterThan(offset)
    expect((await outcomeOf(ana, location)).text?.id).toBe('uploadUnfinished')
    expect([files(), await photosIn()]).toEqual([[], []])
  }
  const offset = await offsetOf(ana, location)
  expect((await sendPart(ana, location, offset, bytes.subarray(offset))).status).toBe(204)
  expect((await outcomeOf(ana, location)).state).toBe('taken')
  const digest = (of: Buffer) => createHash('sha256').update(of).digest('hex')
  expect(digest(readFileSync(join(root, 'Wedding', 'Big.jpg')))).toBe(digest(bytes))
  await expect.poll(() => photosIn(), { timeout: 30_000 }).toEqual(['Big.jpg'])
})

test('an administrator says how files are named and how much an account may send; patterns that lead elsewhere, and members, are refused', async () => {
  const { server, owner, album, ana, files } = await served([])
  const asOwner = clientOf(server, await logIn(server))
  const asAna = clientOf(server, ana.cookie)
  expect(await asAna.uploads.settings()).toEqual({
    pattern: null,
    gigabytes: 100,
    fixed: { pattern: false, gigabytes: false },
  })
  await expect(asAna.uploads.setSettings({ pattern: '{name}', gigabytes: 1 })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  for (const pattern of ['../{name}', '/{name}/..', '{nam}', '', 'x'.repeat(201), '..'])
    await expect(asOwner.uploads.setSettings({ pattern, gigabytes: null })).rejects.toMatchObject({
      code: expect.stringMatching(/INVALID|BAD_REQUEST/) as string,
    })
  await owner.redis.hset(owner.keys.meta, 'uploadPattern', '../../{name}')
  expect((await asOwner.uploads.settings()).pattern).toBe(null)
  await asOwner.uploads.setSettings({ pattern: 'From browsers/{name}', gigabytes: 0.001 })
  const picture = await pictureOf(30)
  expect((await sendFile(ana, { album, name: 'IMG_1.jpg', bytes: picture })).state).toBe('taken')
  expect(files()).toEqual(['Wedding/From browsers/IMG_1.jpg'])
  const refused = await beginUpload(ana, { album, name: 'Large.jpg', size: 2e6 })
  expect([refused.status, ((await refused.json()) as { text: { id: string } }).text.id]).toEqual([
    403,
    'uploadOverBytes',
  ])
})

test('what the start of the server says of names and size holds, whatever the settings say', async () => {
  const { server, album, ana, files } = await served(['--upload-pattern', '{name}', '--upload-quota', '5'])
  const asOwner = clientOf(server, await logIn(server))
  await asOwner.uploads.setSettings({ pattern: 'Elsewhere/{name}', gigabytes: 0 })
  expect(await asOwner.uploads.settings()).toEqual({
    pattern: '{name}',
    gigabytes: 5,
    fixed: { pattern: true, gigabytes: true },
  })
  expect((await sendFile(ana, { album, name: 'IMG_1.jpg', bytes: await pictureOf(40) })).state).toBe('taken')
  expect(files()).toEqual(['Wedding/IMG_1.jpg'])
})

test('files come into the album they were sent to, by a pattern, numbered and never over another; who sent them is on record', async () => {
  const { owner, album, other, ana, files, hidden, photosIn } = await served([
    '--upload-pattern',
    '{year}/{name}',
  ])
  const [one, two, three] = [
    await pictureOf(10, '2019:05:06 07:08:09'),
    await pictureOf(50, '2019:05:07 07:08:09'),
    await pictureOf(90),
  ]
  expect((await sendFile(ana, { album, name: 'IMG_1.jpg', bytes: one })).state).toBe('taken')
  expect((await sendFile(ana, { album, name: 'IMG_1.jpg', bytes: two })).state).toBe('taken')
  const modified = String(Date.UTC(2012, 5, 6))
  expect((await sendFile(ana, { album, name: 'old', bytes: three, modified })).state).toBe('taken')
  expect(files()).toEqual(['Wedding/2012/old.jpg', 'Wedding/2019/IMG_1 (2).jpg', 'Wedding/2019/IMG_1.jpg'])
  await expect.poll(() => photosIn(), { timeout: 30_000 }).toEqual(['IMG_1 (2).jpg', 'IMG_1.jpg', 'old.jpg'])
  expect(await photosIn(other)).toEqual([])
  expect((await sendFile(ana, { album, name: 'again.jpg', bytes: one })).state).toBe('known')
  expect(files()).toHaveLength(3)
  expect(hidden()).toEqual([])
  const sent = await owner.redis.hgetall(owner.keys.uploads(owner.account, owner.host))
  expect(Object.values(sent).map((line) => line.split('\t')[0])).toEqual(['ana', 'ana', 'ana'])
})

test('what is hostile in a name or in what is claimed leads nowhere, and what is no photo is refused with the reason', async () => {
  const { root, owner, album, ana, files, hidden } = await served()
  const names = [
    '../../../escape.jpg',
    '..\\..\\escape.jpg',
    '.htaccess',
    'CON.jpg',
    'a\0\n\u202Eb.jpg',
    '/etc/passwd',
    '',
    'x'.repeat(900),
  ]
  for (const [at, name] of names.entries())
    expect((await sendFile(ana, { album, name, bytes: await pictureOf(at * 40) })).state).toBe('taken')
  for (const file of files()) expect(file).toMatch(/^Wedding\/[^./\p{Cc}\p{Cf}][^/\p{Cc}\p{Cf}]{0,90}\.jpg$/u)
  expect(files()).toHaveLength(names.length)
  expect(await sendFile(ana, { album, name: 'program.jpg', bytes: randomBytes(2000) })).toMatchObject({
    state: 'refused',
    text: { id: 'notAPicture' },
  })
  const page = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect((await sendFile(ana, { album, name: 'page.jpg', bytes: page })).state).toBe('refused')
  const begin = (claim: Record<string, string>, size = 10) =>
    beginUpload(ana, { album, name: 'x.jpg', size, ...claim }).then(({ status }) => status)
  expect(await begin({ album: '../../x' })).toBe(400)
  expect(await begin({ album: 'owner~Nowhere1' })).toBe(403)
  expect(await begin({}, 0)).toBe(400)
  expect(await begin({}, 9e12)).toBeGreaterThanOrEqual(400)
  for (const id of ['..%2f..%2flibrary.json', 'library.json', '%00', 'x'.repeat(22)])
    for (const method of ['GET', 'HEAD', 'DELETE', 'PATCH'])
      expect(
        (
          await fetch(`${ana.server.origin}/upload/${id}`, {
            method,
            headers: {
              cookie: ana.cookie,
              'tus-resumable': '1.0.0',
              'upload-offset': '0',
              'content-type': 'application/offset+octet-stream',
            },
          })
        ).status,
        `${method} ${id}`,
      ).toBeGreaterThanOrEqual(400)
  expect(hidden()).toEqual([])
  // A folder that was made a link out of the root takes nothing: the next one does.
  const away = temporaryFolder()
  const { id: linked } = await createAlbum(owner, { title: 'Linked' })
  await grant(owner, 'ana', { [linked]: 'modify' })
  symlinkSync(away, join(root, 'Linked'))
  expect((await sendFile(ana, { album: linked, name: 'a.jpg', bytes: await pictureOf(350) })).state).toBe(
    'taken',
  )
  expect(readdirSync(away)).toEqual([])
  expect(files()).toContain('Linked (2)/a.jpg')
})

test('a right that is taken amid an upload ends it, for a member and for the visitors of a link', async () => {
  const { owner, album, ana, files, hidden, link } = await served()
  const bytes = await pictureOf(10)
  const grandma = await link('share~Grandma1', { uploads: 1e9 })
  const ways = [
    { sender: ana, take: () => grant(owner, 'ana', { [album]: 'read' }) },
    { sender: grandma, take: () => editShare(owner, { name: 'share~Grandma1', uploads: 0 }) },
  ]
  for (const { sender, take } of ways) {
    const location =
      (await beginUpload(sender, { album, name: 'a.jpg', size: bytes.length })).headers.get('location') ?? ''
    expect((await sendPart(sender, location, 0, bytes.subarray(0, 100))).status).toBe(204)
    await take()
    expect((await sendPart(sender, location, 100, bytes.subarray(100))).status).toBe(403)
    expect((await beginUpload(sender, { album, name: 'b.jpg', size: 10 })).status).toBe(403)
  }
  expect(files()).toEqual([])
  expect(hidden()).toHaveLength(4)
})

test('only a link that allows it takes files, for its own album alone; guests and readers send none, and nobody goes on with another’s', async () => {
  const { server, album, other, ana, link } = await served()
  const bytes = await pictureOf(10)
  const closed = await link('share~Closed11')
  const open = await link('share~Opened11', { uploads: 1e9 })
  const guest: Sending = { server, cookie: '' }
  for (const sender of [closed, guest])
    expect((await sendFile(sender, { album, name: 'a.jpg', bytes })).status).toBe(403)
  for (const sender of [open, ana])
    expect((await sendFile(sender, { album: other, name: 'a.jpg', bytes })).status).toBe(403)
  const location =
    (await beginUpload(ana, { album, name: 'a.jpg', size: bytes.length })).headers.get('location') ?? ''
  await expect(offsetOf(open, location)).rejects.toThrow('404')
  expect((await sendPart(open, location, 0, bytes)).status).toBe(404)
  expect((await sendFile(open, { album, name: 'a.jpg', bytes })).state).toBe('taken')
})

test('a link takes as many bytes as its administrator has said, what is still on its way counted in', async () => {
  const { album, link } = await served()
  const [bytes, another] = [await pictureOf(10), await pictureOf(50)]
  const sender = await link('share~Little11', { uploads: 2.5 * bytes.length })
  expect((await sendFile(sender, { album, name: 'a.jpg', bytes })).state).toBe('taken')
  expect((await beginUpload(sender, { album, name: 'b.jpg', size: bytes.length })).status).toBe(201)
  const third = await sendFile(sender, { album, name: 'c.jpg', bytes: another })
  expect(third).toMatchObject({ status: 403, text: { id: 'uploadOverBytes' } })
})

test('a server that is started anew goes on with what was half sent, and lands what was whole', async () => {
  const { root, server, album, ana, enter, files } = await served()
  const [half, whole] = [await pictureOf(10), await pictureOf(50)]
  const begin = async (name: string, bytes: Buffer) =>
    (await beginUpload(ana, { album, name, size: bytes.length })).headers.get('location') ?? ''
  const [first, second] = [await begin('half.jpg', half), await begin('whole.jpg', whole)]
  await sendPart(ana, first, 0, half.subarray(0, 500))
  await sendPart(ana, second, 0, whole.subarray(0, whole.length - 1))
  server.child.kill('SIGKILL')
  await once(server.child, 'exit')
  // Its last byte had come, and the server was killed before it could look at it.
  writeFileSync(join(server.env['CIMAISE_HOME'] ?? '', second.replace('/upload', 'uploads/cimaise')), whole)
  const again = await startServer(['--uploads', root, '--upload-pattern', '{name}'], {
    CIMAISE_HOME: server.env['CIMAISE_HOME'],
    CIMAISE_REDIS_URL: server.env['CIMAISE_REDIS_URL'],
  })
  const back = await enter(again)
  expect(await offsetOf(back, first)).toBe(500)
  expect(files()).toEqual([])
  expect((await sendPart(back, first, 500, half.subarray(500))).status).toBe(204)
  expect((await outcomeOf(back, first)).state).toBe('taken')
  expect((await outcomeOf(back, second)).state).toBe('taken')
  expect(files()).toEqual(['Wedding/half.jpg', 'Wedding/whole.jpg'])
})

test('where the server has no folder for uploads, it says so before a byte is sent', async () => {
  const server = await startServer()
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const { id: album } = await createAlbum(await gallery.self(), { title: 'Wedding' })
  const owner: Sending = { server, cookie: await logIn(server) }
  expect(await sendFile(owner, { album, name: 'a.jpg', bytes: Buffer.from('x') })).toMatchObject({
    status: 503,
    text: { id: 'uploadNowhere' },
  })
  expect(await listAlbums(await gallery.self())).toHaveLength(1)
})
