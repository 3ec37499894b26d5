import { expect, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { placesOf } from '../../../src/core/photos/places.ts'
import type { PhotoFilter } from '../../../src/shared/schemas/photo.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { change } from '../../support/organise.ts'

type Place = [lat: string, lon: string] | null

const album = async (session: Session, title: string, places: Place[]) => {
  const { redis, keys } = session
  const { id } = await createAlbum(session, { title })
  const photos: string[] = []
  for (const [n, place] of places.entries()) {
    const photo = `${id.replace(/\W/g, '').slice(-6)}${String(n).padStart(4, '0')}`
    await redis.zadd(keys.albumPhotos(id), n * 1000, photo)
    const [lat = '', lon = ''] = place ?? []
    await redis.hset(keys.photo(id, photo), { name: `${title}-${n}.jpg`, path: `/photos/${n}`, lat, lon })
    photos.push(photo)
  }
  return { id, photos }
}

const world = { south: -90, west: -180, north: 90, east: 180 }
const view = (filter: PhotoFilter = {}, only: string | null = null) => ({
  album: only,
  sort: 'taken' as const,
  descending: true,
  filter,
})

const start = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const home = await album(owner, 'Home', [['43.2965', '5.3698'], ['43.2951', '5.3742'], null])
  const away = await album(owner, 'Away', [
    ['35.68', '139.69'],
    ['north', '5'],
    ['91', '5'],
  ])
  return { gallery, owner, home, away }
}

const told = async (session: Session, asked: Parameters<typeof placesOf>[1], zoom = 4, bounds = world) => {
  const { clusters, ...rest } = await placesOf(session, asked, { bounds, zoom })
  return { ...rest, clusters: clusters.map(({ photos, sample }) => `${photos} ${sample.title}`).toSorted() }
}

test('photos stand on the map where they were taken, and those without a place are counted; what makes no sense is none', async () => {
  const { owner } = await start()
  const seen = await told(owner, view())
  expect(seen).toMatchObject({ placed: 3, unplaced: 3, whole: true })
  expect(seen.clusters).toEqual(['1 Away-0.jpg', '2 Home-1.jpg'])
  expect(seen.extent?.south).toBeCloseTo(35.68, 4)
  expect(seen.extent?.east).toBeCloseTo(139.69, 4)
  const { clusters } = await placesOf(owner, view(), { bounds: world, zoom: 4 })
  const [provence] = clusters.filter(({ photos }) => photos === 2)
  expect(provence?.latitude).toBeCloseTo(43.2958, 3)
  expect(provence?.longitude).toBeCloseTo(5.372, 3)
})

test('what stands together is what a filter by its bounds shows, and photos without a place can be looked at alone', async () => {
  const { owner } = await start()
  const { clusters } = await placesOf(owner, view(), { bounds: world, zoom: 4 })
  const titles = async (filter: PhotoFilter) =>
    (await pageOfPhotos(owner, view(filter), 0, 10)).photos.map(({ title }) => title).toSorted()
  const within = clusters.find(({ photos }) => photos === 2)?.bounds
  expect(within).toBeDefined()
  expect(await titles(within ? { within } : {})).toEqual(['Home-0.jpg', 'Home-1.jpg'])
  expect(await titles({ unplaced: true })).toEqual(['Away-1.jpg', 'Away-2.jpg', 'Home-2.jpg'])
  expect((await told(owner, view({ unplaced: true }))).clusters).toEqual([])
  const japan = { south: 30, west: 130, north: 45, east: 145 }
  expect((await told(owner, view(), 5, japan)).clusters).toEqual(['1 Away-0.jpg'])
})

test('a map is that of what the caller may see: of no other album a photo, a place, a count or an extent', async () => {
  const { gallery, owner, home, away } = await start()
  const made = await change(owner, [{ kind: 'create-collection', title: 'Prints' }])
  const collection = made.collection ?? ''
  const values = [home.photos[0], away.photos[0]].map((photo) => ({ photo: photo ?? '', at: null }))
  await change(owner, [{ kind: 'collect', collection, values }])
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [away.id]: 'read', [collection]: 'read' })
  const seen = await told(ana, view())
  expect(seen).toMatchObject({ placed: 1, unplaced: 2, clusters: ['1 Away-0.jpg'] })
  expect(seen.extent?.west).toBeCloseTo(139.69, 4)
  expect(JSON.stringify(await placesOf(ana, view(), { bounds: world, zoom: 0 }))).not.toContain(home.id)
  expect((await told(owner, { ...view(), collection })).placed).toBe(2)
  expect(await told(ana, { ...view(), collection })).toMatchObject({ placed: 1, unplaced: 0 })
  await expect(told(ana, view({}, home.id))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await grant(owner, 'ana', { [away.id]: 'none' })
  expect(await told(ana, view())).toMatchObject({ placed: 0, unplaced: 0, extent: null, clusters: [] })
})

test('the map of a smart album shows what its search finds', async () => {
  const { owner, away } = await start()
  const search = { album: away.id, filter: {} }
  const made = await change(owner, [{ kind: 'create-collection', title: 'Journeys', search }])
  expect(await told(owner, { ...view(), collection: made.collection ?? '' })).toMatchObject({
    placed: 1,
    unplaced: 2,
    clusters: ['1 Away-0.jpg'],
  })
})

test('a photo that gets a place or loses it is where it is by the next look', async () => {
  const { owner, home } = await start()
  expect((await told(owner, view())).placed).toBe(3)
  const [first = ''] = home.photos
  await owner.redis.hset(owner.keys.photo(home.id, first), { lat: '', lon: '' })
  await owner.redis.xadd(owner.keys.albumEvents(home.id), '*', 'what', 'changed', 'photos', first)
  expect(await told(owner, view())).toMatchObject({ placed: 2, unplaced: 4 })
})

test('the trash has no map', async () => {
  const { owner } = await start()
  expect(await told(owner, { ...view(), trash: true })).toMatchObject({ placed: 0, clusters: [] })
})
