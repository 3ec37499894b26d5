import { hash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { listPhotos, pageOfPhotos } from '../../../src/core/photos/photos.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { collectThumbs } from '../../../src/core/thumbnails/collect-thumbnails.ts'
import { emptyTrash, listDeletedAlbums, purgeOld, trashLifeMs } from '../../../src/core/photos/trash.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'
import { startGallery } from '../../support/gallery.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const trashed = async (session: Session) =>
  (
    await pageOfPhotos(session, { album: null, sort: 'taken', descending: true, trash: true }, 0, 500)
  ).photos.map(({ id }) => id)

test('the trash is emptied for good, its originals stay and are not taken in again', async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a/one.jpg'))
  await drawPhoto(join(root, 'a/two.jpg'), { hue: 200 })
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const [one, two] = await allPhotos(session)
  if (!one || !two) throw new Error('no photos')
  await change(session, [{ kind: 'trash', album: one.album, photos: [one.id] }])
  expect(await trashed(session)).toEqual([one.id])
  expect(await emptyTrash(session, undefined)).toEqual({ photos: 1 })
  expect(await trashed(session)).toEqual([])
  expect(await session.redis.exists(session.keys.photo(one.album, one.id))).toBe(0)
  await library.rescan()
  await library.settled()
  expect(library.status()).toMatchObject({ found: 2, added: 0, unchanged: 2 })
  expect((await allPhotos(session)).map(({ id }) => id)).toEqual([two.id])
  expect(await findings(session)).toEqual([])
})

test('only what is asked for leaves the trash, also out of an album that is in there', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const { album, photos } = await albumWithPhotos(session, 'Corsica', 4)
  const [a = '', b = '', c = '', d = ''] = photos
  await change(session, [{ kind: 'trash', album, photos: [a, b] }])
  expect(await emptyTrash(session, [`${album}/${a}`, `${album}/${c}`])).toEqual({ photos: 1 })
  expect(await trashed(session)).toEqual([b])
  await change(session, [{ kind: 'delete-album', album }])
  expect(new Set(await trashed(session))).toEqual(new Set([b, c, d]))
  expect(await listDeletedAlbums(session)).toMatchObject([{ id: album, title: 'Corsica', photos: 3 }])
  expect(await emptyTrash(session, [`${album}/${c}`])).toEqual({ photos: 1 })
  expect(await findings(session)).toEqual([])
  expect(await emptyTrash(session, undefined)).toEqual({ photos: 2 })
  expect(await listDeletedAlbums(session)).toEqual([])
  expect(await session.redis.keys(`*${album}*`).catch(() => [])).toEqual([])
})

test('after thirty days the trash lets go by itself, not a day before', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const { album, photos } = await albumWithPhotos(session, 'Corsica', 3)
  const other = await albumWithPhotos(session, 'Studio', 2)
  await change(session, [{ kind: 'trash', album, photos: photos.slice(0, 1) }])
  await change(session, [{ kind: 'delete-album', album: other.album }])
  const day = 24 * 60 * 60 * 1000
  expect(await purgeOld(session, Date.now() + trashLifeMs - day)).toEqual({ photos: 0 })
  expect(await trashed(session)).toHaveLength(3)
  expect(await purgeOld(session, Date.now() + trashLifeMs + day)).toEqual({ photos: 3 })
  expect(await trashed(session)).toEqual([])
  expect((await listPhotos(session, album, 0, 10)).map(({ id }) => id)).toEqual(photos.slice(1))
  expect(await findings(session)).toEqual([])
})

test('thumbnails that nothing shows any more are collected; shared and young ones stay', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const { redis, keys } = session
  const { album, photos } = await albumWithPhotos(session, 'Corsica', 2)
  const thumbs = ['shown', 'idle', 'young'].map((text) => ({ text, name: hash('sha256', text) }))
  const [shown, idle, young] = thumbs.map(({ name }) => name) as [string, string, string]
  for (const { text, name } of thumbs) await redis.set(keys.thumb(name), text)
  await redis.expire(keys.thumb(young), 10 * 365 * 24 * 60 * 60)
  await redis.hset(keys.photo(album, photos[0] ?? ''), 'thumb', shown)
  await collectThumbs(session)
  const left = await Promise.all([shown, idle, young].map((name) => redis.exists(keys.thumb(name))))
  expect(left).toEqual([1, 0, 1])
})

test('the checker finds every kind of damage, and a repair mends what the photos’ records tell', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const { redis, keys } = session
  const { album, photos } = await albumWithPhotos(session, 'Corsica', 6)
  const [a = '', b = '', c = '', d = ''] = photos
  await change(session, [
    { kind: 'tag', album, photos, add: ['Sea/Foam'], remove: [] },
    { kind: 'trash', album, photos: [d] },
  ])
  expect(await findings(session)).toEqual([])
  await redis.zrem(keys.albumTag(album, 'sea'), a)
  await redis.zincrby(keys.albumTags(album), 3, 'sea/foam')
  await redis.zrem(keys.albumPhotos(album), b)
  await redis.zadd(keys.albumPhotos(album), 1, 'nobody0000')
  await redis.zadd(keys.albumPhotos(album), 1, c)
  await redis.hdel(keys.albumTagNames(album), 'sea')
  await redis.hset(keys.titles, 'nowhere', 'owner~nowhere1')
  await redis.sadd(keys.public, 'owner~nowhere1')
  const found = (await findings(session)).map(({ what }) => what)
  expect(new Set(found)).toEqual(
    new Set([
      'titles of albums that are not there',
      'photos without a record',
      'photos at a wrong time',
      'records without a place',
      'tags with a wrong count',
      'tags that find the wrong photos',
      'tags without a name',
      'public albums that are not there',
    ]),
  )
  await checkGallery(session, { repair: true })
  expect(await findings(session)).toEqual([])
  expect((await listPhotos(session, album, 0, 10)).map(({ id }) => id)).toEqual(
    photos.filter((id) => id !== d),
  )
  expect(await trashed(session)).toEqual([d])
})
