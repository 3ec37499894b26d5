import { expect, test } from 'vitest'
import type { SharedDetails } from '../schemas/photo.ts'
import { inCommon } from './common-details.ts'

const one = (more: Partial<SharedDetails> = {}): SharedDetails => ({
  ...inCommon([]),
  photos: 1,
  title: 'Harbour',
  rating: 3,
  first: '2024-05-31T10:00:00+02:00',
  last: '2024-05-31T10:00:00+02:00',
  bytes: 1000,
  albums: [{ album: 'owner~Abcd1234', photos: 1 }],
  tags: [{ tag: 'Sea', photos: 1 }],
  ...more,
})

test('what all have stays, and what differs is told as mixed and stands at nothing', () => {
  const all = inCommon([one(), one({ rating: 5 }), one({ label: null })])
  expect(all).toMatchObject({ photos: 3, mixed: ['rating'], title: 'Harbour', rating: 0, bytes: 3000 })
})

test('what was mixed in one part is mixed in all, also where the parts look the same', () => {
  const part = inCommon([one(), one({ title: 'Pier' })])
  expect(inCommon([part, part])).toMatchObject({ photos: 4, mixed: ['title'], title: '' })
})

test('times are from the first to the last, and those without one are counted', () => {
  const all = inCommon([
    one(),
    one({ first: '1978', last: '1978' }),
    one({ first: null, last: null, undated: 1 }),
  ])
  expect(all).toMatchObject({ first: '1978', last: '2024-05-31T10:00:00+02:00', undated: 1 })
})

test('albums and tags are counted', () => {
  const other = one({ albums: [{ album: 'owner~Efgh5678', photos: 1 }], tags: [] })
  expect(inCommon([one(), other, one()])).toMatchObject({
    albums: [
      { album: 'owner~Abcd1234', photos: 2 },
      { album: 'owner~Efgh5678', photos: 1 },
    ],
    tags: [{ tag: 'Sea', photos: 2 }],
  })
})

test('a part of which nothing is there says nothing', () => {
  expect(inCommon([inCommon([]), one()])).toEqual(one())
})
