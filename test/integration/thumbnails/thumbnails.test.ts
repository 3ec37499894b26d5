import { createHash } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { BoundedQueue } from '../../../src/core/thumbnails/queue.ts'
import { findBadThumbs, type BadThumb } from '../../../src/core/thumbnails/find-bad.ts'
import { thumbLifeSeconds } from '../../../src/core/thumbnails/collect-thumbnails.ts'
import { readThumb } from '../../../src/core/thumbnails/read-thumbnail.ts'
import { PreviewCache } from '../../../src/core/previews/preview-cache.ts'
import { createWeb } from '../../../src/router/assets.ts'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { change } from '../../support/organise.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A library of three photos, the pages of its host, and ana, who may modify their album. */
const started = async () => {
  const folder = temporaryFolder()
  await drawPhotos(folder, 3)
  const { gallery, session, library } = await startLibrary()
  await takeIn(library, folder, 'Photos')
  const photos = await allPhotos(session)
  const album = photos[0]?.album ?? ''
  const { key, session: ana } = await addAccount(gallery, session, 'ana')
  await grant(session, 'ana', { [album]: 'modify' })
  const raw = await plainClient(gallery, 'ana', key)
  const decoder = sharedDecoder()
  onTestFinished(() => decoder.close())
  const decoded: string[] = []
  const read = (path: string) => {
    decoded.push(path)
    return decoder.read(path)
  }
  const parts = {
    rendererDir: temporaryFolder(),
    precompressed: false,
    decoder: { ...decoder, read },
    previewCache: new PreviewCache(temporaryFolder(), { maxBytes: 0 }),
  }
  const web = createWeb({ ...parts, originals: library.originals })
  const view = async ({ thumb, album: at, id }: Pick<PhotoDetails, 'thumb' | 'album' | 'id'>, who = ana) => {
    const request = new Request(`http://x/thumb/${thumb ?? ''}?photo=${at}/${id}`)
    const response = await web.fetch(request, { session: who })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const name = createHash('sha256').update(bytes).digest('hex')
    return {
      status: response.status,
      named: name === thumb,
      cache: response.headers.get('cache-control'),
      name,
    }
  }
  return { folder, gallery, session, library, photos, album, ana, raw, view, decoded, keys: session.keys }
}

type Started = Awaited<ReturnType<typeof started>>

/** What members can do to a thumbnail with their own login; an administrator, or a full Redis, may have it gone. */
const spoil = async ({ raw, session, photos, keys }: Started) => {
  const [first, second, third] = photos.map(({ thumb }) => keys.thumb(thumb ?? '')) as [
    string,
    string,
    string,
  ]
  await raw.set(first, 'overwritten')
  await raw.set(second, 'x', 'PX', 1)
  await expect.poll(() => session.redis.exists(second)).toBe(0)
  await raw.set(third, await readThumb(session, photos[2]?.thumb ?? ''), 'EX', 1000)
}

const bad = async ({ session }: Started): Promise<BadThumb['why'][]> => {
  const found: BadThumb[] = []
  for await (const part of findBadThumbs(session)) found.push(...part)
  return found.map(({ why }) => why).sort()
}

const lives = ({ session, photos, keys }: Started) =>
  Promise.all(photos.map(({ thumb }) => session.redis.ttl(keys.thumb(thumb ?? ''))))

test('a thumbnail that is gone or was overwritten comes back when it is looked at, for ever', async () => {
  const all = await started()
  const { photos, session, view, decoded } = all
  await spoil(all)
  expect(await bad(all)).toEqual(['missing', 'overwritten', 'short-lived'])
  for (const photo of photos)
    expect(await view(photo)).toMatchObject({
      status: 200,
      named: true,
      cache: 'private, max-age=31536000, immutable',
    })
  expect(decoded).toHaveLength(2)
  expect(await bad(all)).toEqual(['short-lived'])
  await session.redis.del(session.keys.thumb(photos[0]?.thumb ?? ''))
  const many = await Promise.all(Array.from({ length: 20 }, () => view(photos[0] as PhotoDetails)))
  expect(many.every(({ named }) => named)).toBe(true)
  expect(decoded).toHaveLength(3)
})

test('doctor --repair finds and mends them all, also a life that is too short', async () => {
  const all = await started()
  const { gallery, session, photos, raw, album } = all
  await spoil(all)
  await raw.hdel(session.keys.photo(album, photos[0]?.id ?? ''), 'thumb')
  const check = async (repair: boolean) =>
    (await checkGallery(session, { repair, home: gallery.home })).map(({ what }) => what).sort()
  expect(await check(true)).toEqual([
    'thumbnails that are not there',
    'thumbnails that no photo shows',
    'thumbnails that photos do not name',
    'thumbnails that will be gone too early',
  ])
  expect(await check(false)).toEqual([])
  expect((await lives(all)).every((life) => life > thumbLifeSeconds - 1000)).toBe(true)
})

test('a rescan mends what is gone or has a life that is not ours, and reads no other file', async () => {
  const all = await started()
  const { library, session, photos, album } = all
  // Those of a photo that was moved meanwhile are found as well.
  const { id: other } = await createAlbum(session, { title: 'Other' })
  await change(session, [{ kind: 'move', from: album, to: other, photos: [photos[1]?.id ?? ''] }])
  await spoil(all)
  await library.rescan()
  await library.settled()
  expect(library.status()).toMatchObject({ found: 3, done: 3, unchanged: 3, changed: 0, problems: [] })
  expect(await bad(all)).toEqual([])
  expect((await lives(all)).every((life) => life > thumbLifeSeconds - 1000)).toBe(true)
})

test('a file that gives other bytes than its thumbnail’s name gets a thumbnail under their name', async () => {
  const { photos, session, raw, view, album, keys } = await started()
  const photo = photos[0] as PhotoDetails
  const forged = { ...photo, thumb: '0'.repeat(64) }
  await raw.hset(keys.photo(album, photo.id), 'thumb', forged.thumb)
  expect(await view(forged)).toMatchObject({
    status: 200,
    named: false,
    cache: 'no-store',
    name: photo.thumb,
  })
  expect((await allPhotos(session)).find(({ id }) => id === photo.id)?.thumb).toBe(photo.thumb)
})

test('no account has a thumbnail made by a photo that is not its to see, or shows another one', async () => {
  const { gallery, photos, session, view, decoded, keys } = await started()
  const [first, second] = photos as [PhotoDetails, PhotoDetails]
  await session.redis.del(keys.thumb(first.thumb ?? ''))
  const { session: bob } = await addAccount(gallery, session, 'bob')
  expect((await view(first, bob)).status).toBe(403)
  expect((await view({ ...first, id: second.id })).status).toBe(404)
  expect((await view(first, await gallery.guest())).status).toBe(404)
  expect(decoded).toEqual([])
})

test('an original that cannot be read is tried once, one that is elsewhere never', async () => {
  const { folder, photos, session, view, decoded, raw, album, keys } = await started()
  const [first] = photos as [PhotoDetails]
  await session.redis.del(keys.thumb(first.thumb ?? ''))
  writeFileSync(first.path, '\xff\xd8\xff and then nothing of a picture', 'latin1')
  expect([await view(first), await view(first)]).toMatchObject([{ status: 404 }, { status: 404 }])
  expect(decoded).toHaveLength(1)
  const elsewhere = { album, id: 'elsewhere0', thumb: '1'.repeat(64) }
  await raw.hset(keys.photo(album, elsewhere.id), {
    thumb: elsewhere.thumb,
    host: 'other',
    path: join(folder, 'x'),
  })
  expect((await view(elsewhere)).status).toBe(404)
  expect(decoded).toHaveLength(1)
})

test('work beyond what a queue holds, of all or of one caller, is refused', async () => {
  const queue = new BoundedQueue({ running: 1, waiting: 3, ofCaller: 2 })
  const { promise: running, resolve: end } = Promise.withResolvers<undefined>()
  const first = [queue.run('guest', () => running), queue.run('guest', async () => 'second')]
  await expect(queue.run('guest', async () => 'third')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const others = ['ana', 'bob'].map((name) => queue.run(name, async () => name))
  await expect(queue.run('eve', async () => 'eve')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  end(undefined)
  expect(await Promise.all([...first, ...others])).toEqual([undefined, 'second', 'ana', 'bob'])
  expect(await queue.run('guest', async () => 'again')).toBe('again')
})

test('an original that another process took in or found elsewhere is opened at once', async () => {
  const { folder, gallery, session, library } = await started()
  const other = await reopen({ gallery, session })
  await drawPhotos(folder, 4)
  await other.rescan()
  await other.settled()
  const added = (await allPhotos(session)).find(({ title }) => title === 'photo-3.jpg') as PhotoDetails
  const open = async () => {
    const original = await library.originals.open(session, added.album, added.id)
    await original.file.close()
    return original.path
  }
  expect(await open()).toBe(join(folder, 'photo-3.jpg'))
  renameSync(join(folder, 'photo-3.jpg'), join(folder, 'renamed.jpg'))
  await other.rescan()
  await other.settled()
  expect(await open()).toBe(join(folder, 'renamed.jpg'))
  rmSync(join(folder, 'renamed.jpg'))
  await expect(open()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
