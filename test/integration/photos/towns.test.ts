import { expect, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { listPhotos, pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { placesOf } from '../../../src/core/photos/places.ts'
import { nearestSearch } from '../../../src/core/photos/words.ts'
import { countTowns, findTowns } from '../../../src/core/places/towns.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'

const album = async (session: Session, title: string, photos: [name: string, lat: string, lon: string][]) => {
  const { redis, keys } = session
  const { id } = await createAlbum(session, { title })
  for (const [n, [name, lat, lon]] of photos.entries()) {
    const photo = `${id.replace(/\W/g, '').slice(-6)}${String(n).padStart(4, '0')}`
    await redis.zadd(keys.albumPhotos(id), n * 1000, photo)
    await redis.hset(keys.photo(id, photo), { name, path: `/photos/${name}`, lat, lon })
  }
  return id
}

const view = (text: string) => ({
  ...{ album: null, sort: 'name' as const, descending: false },
  filter: { text },
})
const found = async (session: Session, text: string) =>
  (await pageOfPhotos(session, view(text), 0, 100)).photos.map(({ title }) => title)

const start = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const home = await album(owner, 'Home', [
    ['bridge', '45.7578', '4.8320'],
    ['cathedral', '45.7608', '4.8270'],
    ['nowhere', '', ''],
    ['ocean', '0', '-30'],
  ])
  const away = await album(owner, 'Away', [['tower', '48.1374', '11.5755']])
  return { gallery, owner, home, away }
}

test.each([
  ['lyon', ['bridge', 'cathedral']],
  ['FRANCE', ['bridge', 'cathedral']],
  ['lyon france cathedral', ['cathedral']],
  ['place:"Lyon, France"', ['bridge', 'cathedral']],
  ['lieu:lyo', ['bridge', 'cathedral']],
  ['munich', ['tower']],
  ['allemagne', ['tower']],
  ['germany', ['tower']],
  ['place:munich', ['tower']],
  ['-france', ['nowhere', 'ocean', 'tower']],
  ['place:cathedral', []],
  ['yon', []],
])('%s finds photos by the town that they were taken near, and by its country', async (text, names) => {
  const { owner } = await start()
  expect(await found(owner, text)).toEqual(names)
})

test('a photo, a group on the map and the list of towns say it, where there is one', async () => {
  const { owner, home } = await start()
  const near = (await listPhotos(owner, home, 0, 10)).map(({ near }) => near && [near.name, near.country])
  expect(near).toEqual([['Lyon', 'FR'], ['Lyon', 'FR'], null, null])
  const world = { south: -90, west: -180, north: 90, east: 180 }
  const all = { ...view(''), filter: {} }
  const { clusters } = await placesOf(owner, all, { bounds: world, zoom: 5 })
  expect(clusters.map(({ near, photos }) => `${near?.name ?? '-'} ${photos}`).sort()).toEqual([
    '- 1',
    'Lyon 2',
    'Munich 1',
  ])
  expect(await countTowns(owner, null)).toEqual([
    { name: 'Lyon', country: 'FR', photos: 2 },
    { name: 'Munich', country: 'DE', photos: 1 },
  ])
})

test('where a photo is moved to another place, or loses its place, it is found there alone', async () => {
  const { owner, away } = await start()
  expect(await found(owner, 'munich')).toEqual(['tower'])
  const { redis, keys } = owner
  const [photo = ''] = await redis.zrange(keys.albumPhotos(away), '0', '0')
  await redis.hset(keys.photo(away, photo), { lat: '43.2965', lon: '5.3698' })
  await redis.xadd(keys.albumEvents(away), '*', 'type', 'edited', 'photos', photo)
  expect(await found(owner, 'munich')).toEqual([])
  expect(await found(owner, 'marseille')).toEqual(['tower'])
})

test('towns of albums that a member may not see are neither counted nor found', async () => {
  const { gallery, owner, home } = await start()
  const { session: ann } = await addAccount(gallery, owner, 'ann')
  await grant(owner, 'ann', { [home]: 'read' })
  expect(await countTowns(ann, null)).toEqual([{ name: 'Lyon', country: 'FR', photos: 2 }])
  expect(await found(ann, 'munich')).toEqual([])
})

test('a town with a wrong letter is read as one that photos were taken near', async () => {
  const { owner } = await start()
  expect(await nearestSearch(owner, null, 'municch tower')).toBe('munich tower')
  expect(await nearestSearch(owner, null, 'munich')).toBeNull()
})

test('any town of the world is found by its name', async () => {
  const [first] = await findTowns('Genève')
  expect(first).toMatchObject({ name: 'Genève', country: 'CH' })
  expect(first?.latitude).toBeCloseTo(46.2, 1)
})
