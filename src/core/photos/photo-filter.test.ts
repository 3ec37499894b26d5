import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PhotoFilter } from '../../shared/schemas/photo.ts'

import type { IndexedPhoto } from './indexed-photo.ts'
import { isOpen, onlyTag, testsOf, type AppliedFilter } from './photo-filter.ts'

const photo = (own: Partial<IndexedPhoto> = {}): IndexedPhoto => ({
  id: 'photo00001',
  album: 'owner~Abcd1234',
  time: 0,
  undated: false,
  town: -1,
  place: -1,
  day: '2024-05-31',
  title: 'Harbour',
  name: 'IMG_1.jpg',
  folder: '/photos/',
  added: 0,
  rating: 3,
  flag: 'pick',
  label: 'red',
  status: 'toEdit',
  rank: null,
  camera: 'Leica M6',
  missing: false,
  video: false,
  tags: ['places/corsica', 'sea'],
  gear: 'leica m6\nsummicron 35mm',
  text: 'harbour\nete a bastia\nsea',
  ...own,
})

const shows = (filter: AppliedFilter, own: Partial<IndexedPhoto> = {}) =>
  testsOf(filter).every((test) => test(photo(own)))

test('videos alone are shown where they are asked for', () => {
  expect([shows({ video: true }), shows({ video: true }, { video: true })]).toEqual([false, true])
})

test.each<[PhotoFilter, boolean]>([
  [{}, true],
  [{ all: ['Sea', 'Places'] }, true],
  [{ all: ['sea', 'snow'] }, false],
  [{ any: ['snow', 'SEA'] }, true],
  [{ any: ['snow', 'ice'] }, false],
  [{ none: ['places'] }, false],
  [{ none: ['place'] }, true],
  [{ all: [' '] }, true],
  [{ text: 'ÉTÉ harb' }, true],
  [{ text: 'harbour rome' }, false],
  [{ from: '2024-05-31', to: '2024-05-31' }, true],
  [{ from: '2024-06-01' }, false],
  [{ to: '2024-05-30' }, false],
  [{ camera: 'Leica M6' }, true],
  [{ camera: 'Leica' }, false],
  [{ rating: 3 }, true],
  [{ rating: 4 }, false],
  [{ flag: 'pick' }, true],
  [{ flag: 'none' }, false],
  [{ label: 'blue' }, false],
  [{ missing: true }, false],
])('the filter %j shows the photo: %s', (filter, shown) => {
  expect(shows(filter)).toBe(shown)
})

test('a status that the gallery does not have counts as none, and nothing is found by it', () => {
  const statuses = ['new', 'toEdit']
  expect(shows({ status: 'toEdit', statuses })).toBe(true)
  expect(shows({ status: 'new', statuses })).toBe(false)
  expect(shows({ status: 'none', statuses })).toBe(false)
  expect(shows({ status: 'none', statuses }, { status: null })).toBe(true)
  expect(shows({ status: 'none', statuses: ['new'] })).toBe(true)
  expect(shows({ status: 'toEdit', statuses: ['new'] })).toBe(false)
})

test('a photo without a date is shown by no day, and one without marks where none are asked for', () => {
  expect(shows({ to: '2030-01-01' }, { day: '' })).toBe(false)
  expect(shows({ from: '1990-01-01' }, { day: '' })).toBe(false)
  expect(shows({ flag: 'none', label: 'none' }, { flag: null, label: null })).toBe(true)
})

test('whatever is asked for in addition shows no more photos', () => {
  const some = fc.record(
    {
      all: fc.subarray(['sea', 'snow', 'places']),
      text: fc.constantFrom('bastia', 'rome', ''),
      rating: fc.constantFrom(1 as const, 5 as const),
      missing: fc.constant(true as const),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(some, some, (one, more) => {
      if (!shows(one))
        expect(
          shows({
            ...one,
            ...more,
            all: [...(one.all ?? []), ...(more.all ?? [])],
            text: `${one.text ?? ''} ${more.text ?? ''}`,
            rating: Math.max(one.rating ?? 1, more.rating ?? 1),
          }),
        ).toBe(false)
    }),
  )
})

test('a view of one tag is known as such, and only that', () => {
  expect(onlyTag({ all: ['Sea'] })).toBe('sea')
  expect(onlyTag({ any: ['Sea'], all: [], text: '' })).toBe('sea')
  for (const filter of [
    undefined,
    {},
    { all: ['a', 'b'] },
    { none: ['a'] },
    { all: ['a'], rating: 1 },
    { all: ['/'] },
  ])
    expect(onlyTag(filter as PhotoFilter)).toBe(null)
})

test('a filter that asks for nothing is open', () => {
  for (const filter of [undefined, {}, { text: ' ' }, { all: [] }]) expect(isOpen(filter)).toBe(true)
  expect(isOpen({ missing: true })).toBe(false)
})
