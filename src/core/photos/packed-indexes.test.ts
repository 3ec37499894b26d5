import { expect, test } from 'vitest'
import { albumTexts } from './album-texts.ts'
import { Shared, toIndexedPhoto } from './indexed-photo.ts'
import { packIndexes, unpackIndexes } from './packed-indexes.ts'

const shared = new Shared()

const rows: Record<string, (string | null)[]> = {
  // name, path, title, caption, taken, dated, added, missing, rating, flag, label, rank, camera, tags, type, lens, lat, lon, status
  Abcdefgh01: ['IMG_1.jpg', '/a/IMG_1.jpg', null, null, '2024-05-31T10:00:00', null, '5'],
  Abcdefgh02: [
    ...['Straße.mov', '/a/Straße.mov', 'Crossing', 'at dusk\nby the sea', null, '2020', '7', '1', '4'],
    ...['pick', 'red', 'a0V', 'Leica M6', 'art/sea\nharbour', 'video/mp4', 'Summicron', null, null, 'shown'],
  ],
  Abcdefgh03: ['IMG_1.jpg', '/b/other', null, null, null, null, 'x', null, '9'],
}

const indexOf = (album: string, last: string, ids: string[]) => {
  const photos = new Map(ids.map((id, n) => [id, toIndexedPhoto(album, id, n, rows[id] ?? [], shared)]))
  return { album, last, title: 'corsica', photos, words: albumTexts(photos) }
}

test('indexes that were packed come back as they were, of each album with its last event', async () => {
  const indexes = new Map([
    ['owner~a', indexOf('owner~a', '5-1', Object.keys(rows))],
    ['owner~b', indexOf('owner~b', '7-0', [])],
  ])
  expect(await unpackIndexes(await packIndexes(indexes))).toEqual(indexes)
})

test('an album of many photos comes back whole, and in its order', async () => {
  const ids = Array.from({ length: 9000 }, (_, n) => `photo${String(n).padStart(5, '0')}`)
  const photos = new Map(ids.map((id, n) => [id, toIndexedPhoto('owner~a', id, n, [id, `/${id}`], shared)]))
  const index = { album: 'owner~a', last: '9-1', title: '', photos, words: albumTexts(photos) }
  const packed = await packIndexes(new Map([['owner~a', index]]))
  expect(packed.split('\n').length).toBeGreaterThan(1)
  const found = (await unpackIndexes(packed)).get('owner~a')
  expect([...(found?.photos.keys() ?? [])]).toEqual(ids)
  expect(found).toEqual(index)
})
