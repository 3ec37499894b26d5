import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { openLibrary } from '../../../src/core/library/watched-library.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { onTestFinished } from 'vitest'

const theOne = async (session: Session) => {
  const [photo, ...more] = await allPhotos(session)
  if (!photo || more.length > 0) throw new Error('there should be one photo')
  return photo
}

/** Takes a photo out of the gallery, as a user who removes it does. */
const removePhoto = async ({ redis, keys }: Session, album: string, photo: string) => {
  await redis.del(keys.photo(album, photo))
  await redis.zrem(keys.albumPhotos(album), photo)
}

test('what users entered stays when the file changes, and the date that they entered decides the order', async () => {
  const root = temporaryFolder()
  const file = join(root, 'a.jpg')
  await drawPhoto(file, { taken: '2020:01:01 10:00:00' })
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const { id, album } = await theOne(session)
  const { redis, keys } = session
  const entered = {
    title: 'Ours',
    caption: 'of that day',
    rating: '4',
    tags: 'sea\nsun',
    dated: '1999-01-01T00:00:00+00:00',
  }
  await redis.hset(keys.photo(album, id), entered)
  await redis.zadd(keys.albumPhotos(album), Date.parse(entered.dated), id)
  await drawPhoto(file, { hue: 200, width: 700, taken: '2024:01:01 10:00:00' })
  expect(await takeIn(library, root)).toMatchObject({ changed: 1 })
  expect(await redis.hgetall(keys.photo(album, id))).toMatchObject({ ...entered, width: '700' })
  expect(await redis.zscore(keys.albumPhotos(album), id)).toBe(String(Date.parse(entered.dated)))
})

test('a changed file is followed into the album that its photo was moved to', async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a/one.jpg'))
  await drawPhoto(join(root, 'b/two.jpg'), { hue: 200 })
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const { redis, keys } = session
  const one = (await allPhotos(session)).find(({ title }) => title === 'one.jpg')
  const target = (await listAlbums(session)).find(({ title }) => title === 'b')?.id ?? ''
  await redis.rename(keys.photo(one?.album ?? '', one?.id ?? ''), keys.photo(target, one?.id ?? ''))
  await redis.zrem(keys.albumPhotos(one?.album ?? ''), one?.id ?? '')
  await redis.zadd(keys.albumPhotos(target), 1, one?.id ?? '')
  await drawPhoto(join(root, 'a/one.jpg'), { hue: 100, width: 700 })
  expect(await takeIn(library, root)).toMatchObject({ changed: 1, added: 0 })
  expect((await allPhotos(session)).find(({ id }) => id === one?.id)).toMatchObject({
    album: target,
    width: 700,
  })
})

test('a photo that was removed is not taken in again, neither changed nor renamed', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const { id, album } = await theOne(session)
  await removePhoto(session, album, id)
  await drawPhoto(join(root, 'photo-0.jpg'), { hue: 200 })
  expect(await takeIn(library, root)).toMatchObject({ found: 1, added: 0, unchanged: 1 })
  renameSync(join(root, 'photo-0.jpg'), join(root, 'other.jpg'))
  await drawPhoto(join(root, 'other.jpg'), { hue: 300 })
  await takeIn(library, root)
  expect(await takeIn(library, root)).toMatchObject({ found: 1, unchanged: 1 })
})

test('a folder whose album was deleted gets a new one for its next photo', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const { redis, keys } = session
  const { id, album } = await theOne(session)
  await removePhoto(session, album, id)
  await redis.del(keys.albumInfo(album), keys.titles, keys.albumEvents(album))
  await redis.srem(keys.albums, album)
  await drawPhotos(root, 1, 1)
  expect(await takeIn(library, root)).toMatchObject({ added: 1, failed: 0, problems: [] })
  expect(await theOne(session)).toMatchObject({ title: 'photo-1.jpg' })
  expect((await theOne(session)).album).not.toBe(album)
})

test('a folder that another process registers is followed from then on', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 3)
  const started = await startLibrary()
  const gallery = await openGallery({ env: started.env, watchSettings: true })
  onTestFinished(() => gallery.close())
  const watching = await openLibrary(await gallery.self(), gallery.home, {
    watch: true,
    decoder: sharedDecoder(),
  })
  onTestFinished(() => watching.close())
  await takeIn(started.library, root)
  await expect
    .poll(() => watching.roots(), { timeout: 20_000 })
    .toMatchObject([{ path: root, watched: true }])
  await watching.settled()
  await drawPhoto(join(root, 'late.jpg'), { hue: 300 })
  const titles = async () => (await allPhotos(started.session)).map(({ title }) => title).sort()
  await expect
    .poll(titles, { timeout: 20_000 })
    .toEqual(['late.jpg', 'photo-0.jpg', 'photo-1.jpg', 'photo-2.jpg'])
  await started.library.forget(root)
  await expect.poll(() => watching.roots(), { timeout: 20_000 }).toEqual([])
})
