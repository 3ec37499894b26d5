import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pageOfPhotos, photoRefs } from '../../../src/core/photos/photos.ts'
import type { PhotoSort } from '../../../src/shared/schemas/photo.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const wall = async () => {
  const root = temporaryFolder()
  const photos = ['b/IMG_10', 'a/IMG_9', 'b/IMG_2', 'a/img_1', 'c/IMG_30', 'a/IMG_4']
  for (const [n, name] of photos.entries())
    await drawPhoto(join(root, `${name}.jpg`), { hue: n * 50, taken: `2024:0${6 - n}:01 12:00:00` })
  const started = await startLibrary()
  await takeIn(started.library, root)
  return { ...started, root }
}

const view = (sort: PhotoSort, descending = false) => ({ album: null, sort, descending })

test('all photos are in the order of the view across albums, whichever stretch is asked for', async () => {
  const { session } = await wall()
  const titles = async (sort: PhotoSort, descending: boolean, offset: number, limit: number) =>
    (await pageOfPhotos(session, view(sort, descending), offset, limit)).photos.map(({ title }) => title)
  const byTime = ['IMG_4.jpg', 'IMG_30.jpg', 'img_1.jpg', 'IMG_2.jpg', 'IMG_9.jpg', 'IMG_10.jpg']
  const byName = ['img_1.jpg', 'IMG_2.jpg', 'IMG_4.jpg', 'IMG_9.jpg', 'IMG_10.jpg', 'IMG_30.jpg']
  expect(await titles('taken', false, 0, 100)).toEqual(byTime)
  expect(await titles('taken', true, 0, 100)).toEqual([...byTime].reverse())
  expect(await titles('taken', false, 2, 3)).toEqual(byTime.slice(2, 5))
  expect(await titles('name', false, 0, 100)).toEqual(byName)
  expect(await titles('name', true, 1, 2)).toEqual([...byName].reverse().slice(1, 3))
  expect(await titles('added', false, 0, 100)).toHaveLength(6)
})

test('a stretch far inside is the same as the one merged from the heads of the albums', async () => {
  const { session } = await wall()
  const near = await photoRefs(session, view('taken'), 0, 6)
  const far = await photoRefs(session, view('taken'), 0, 200_000)
  expect(far).toEqual(near)
})

test('an order that was kept is made anew when a photo comes', async () => {
  const { session, library, root } = await wall()
  expect((await pageOfPhotos(session, view('name'), 0, 100)).total).toBe(6)
  await drawPhoto(join(root, 'a/IMG_3.jpg'), { hue: 333 })
  await takeIn(library, root)
  const { total, photos } = await pageOfPhotos(session, view('name'), 0, 100)
  expect(total).toBe(7)
  expect(photos.map(({ title }) => title)).toContain('IMG_3.jpg')
})

test('what was forged in Redis does not break a page', async () => {
  const { session } = await wall()
  const { redis, keys } = session
  const [album] = await redis.smembers(keys.albums)
  const [photo] = await redis.zrange(keys.albumPhotos(album ?? ''), 0, '0')
  const forged = { width: 'NaN', taken: 'yesterday', thumb: '../../etc/passwd', placeholder: '<b>' }
  await redis.hset(keys.photo(album ?? '', photo ?? ''), forged)
  await redis.zadd(keys.albumPhotos(album ?? ''), 1, 'gone000000')
  const { photos } = await pageOfPhotos(session, view('taken'), 0, 100)
  expect(photos).toHaveLength(7)
  expect(photos.filter(({ damaged }) => damaged).map(({ id }) => id)).toEqual(['gone000000'])
  const shown = photos.find(({ id }) => id === photo)
  expect(shown).toMatchObject({ width: 0, takenAt: null, thumb: null, placeholder: null })
})
