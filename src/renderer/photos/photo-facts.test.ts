import '../i18n/later.ts'
import { expect, test } from 'vitest'
import { inCommon } from '../../shared/domain/common-details.ts'
import type { PhotoDetails, SharedDetails } from '../../shared/schemas/photo.ts'
import { factsInCommon, factsOf } from './photo-facts.ts'

const photo = (more: Partial<PhotoDetails> = {}): PhotoDetails =>
  ({
    ...{ id: 'photo00001', album: 'owner~Abcd1234', title: 'Harbour', path: '/photos/a.jpg', host: 'desk' },
    ...{ width: 6000, height: 4000, bytes: 12_400_000, type: 'image/jpeg' },
    ...{ takenAt: '2024-05-31T10:00:00+02:00', addedAt: '2024-06-01T10:00:00Z', fileDate: null },
    ...{ dated: false, datedByName: false, video: false, duration: null, codecs: null },
    ...{ camera: null, lens: null, aperture: null, exposureTime: null, iso: null, focalLength: null },
    ...{
      latitude: null,
      longitude: null,
      altitude: null,
      near: null,
      damage: null,
      creator: null,
      copyright: null,
    },
    ...more,
  }) as PhotoDetails

const told = (more: Partial<PhotoDetails>, name: string) =>
  factsOf(photo(more), 'Coast').find(([own]) => own === name)?.[1]

test('only what is known is told', () => {
  const facts = ['camera', 'lens', 'creator', 'copyright'] as const
  const names = (more: Partial<PhotoDetails>) => factsOf(photo(more), null).map(([name]) => name)
  for (const fact of facts) expect(names({ [fact]: 'known' })).toHaveLength(names({}).length + 1)
  expect(names({})).not.toContain('Album')
  expect(told({}, 'Album')).toBe('Coast')
})

test('a date says who it is from, where the file does not say it', () => {
  const linesOf = (more: Partial<PhotoDetails>) => told(more, 'Taken')?.split('\n').length
  expect(linesOf({})).toBe(1)
  expect(linesOf({ dated: true })).toBe(2)
  expect(linesOf({ datedByName: true })).toBe(2)
  expect(linesOf({ takenAt: null, fileDate: '2024-05-31T10:00:00Z' })).toBe(2)
  expect(linesOf({ takenAt: null })).toBe(1)
})

test('a height is one above the sea or below it, and told with the place alone', () => {
  expect(told({ altitude: 120 }, 'Place')).toBeUndefined()
  const place = { latitude: 43.3, longitude: 5.4 }
  expect(told({ ...place, altitude: -12.4 }, 'Place')).toMatch(/\n.*\b12\b/)
  expect(told({ ...place, altitude: -12.4 }, 'Place')).not.toBe(told({ ...place, altitude: 12.4 }, 'Place'))
})

test('a place is told by the town that it is near, and far from it with the distance', () => {
  const place = { latitude: 43.3, longitude: 5.4 }
  const near = (km: number) => told({ ...place, near: { name: 'Lyon', country: 'FR', km } }, 'Place')
  expect(near(3)).toBe('Near Lyon, France\n43.30000° N, 5.40000° E')
  expect(near(35)).toMatch(/^35 km from Lyon, France\n/)
})

test('a film has a duration and codecs, a photo has neither', () => {
  const film = { duration: 75, codecs: 'avc1.64001e, mp4a.40.2' }
  expect(told({ ...film, video: true }, 'Duration')).toBe('1:15\nH.264, AAC')
  expect(told(film, 'Duration')).toBeUndefined()
})

const common = (more: Partial<SharedDetails> = {}): SharedDetails => ({
  ...inCommon([]),
  ...{ photos: 3, bytes: 12_000_000, first: '2024-05-31T10:00:00', last: '2024-05-31T18:00:00' },
  albums: [{ album: 'owner~Abcd1234', photos: 3 }],
  ...more,
})
const titleOf = () => 'Coast'

test('of several photos what differs is told as mixed, and what none has is not told', () => {
  const facts = new Map(factsInCommon(common({ camera: 'X100', mixed: ['lens'] }), titleOf))
  expect(facts.get('Camera')).toBe('X100')
  expect(facts.get('Lens')).toBe('mixed')
  expect(new Map(factsInCommon(common(), titleOf)).has('Camera')).toBe(false)
})

test('of several photos the days are told from the first to the last, and how many have none', () => {
  const taken = (more: Partial<SharedDetails>) => new Map(factsInCommon(common(more), titleOf)).get('Taken')
  expect(taken({})).toBe('May 31, 2024')
  expect(taken({ last: '2024-06-02T10:00:00' })).toBe('May 31, 2024 – Jun 2, 2024')
  expect(taken({ undated: 1 })).toBe('May 31, 2024\n1 without a date')
  expect(taken({ first: null, last: null, undated: 3 })).toBe('unknown')
})

test('of several photos each album is told with its number, as long as they are few', () => {
  const albums = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ album: `owner~Abcd123${n}`, photos: 1 }))
  const told = (count: number, name: string) =>
    new Map(factsInCommon(common({ albums: albums(count) }), titleOf)).get(name)
  expect(told(1, 'Album')).toBe('Coast')
  expect(told(2, 'Albums')).toBe('Coast (1)\nCoast (1)')
  expect(told(9, 'Albums')?.split('\n').at(-1)).toBe('and 4 more albums')
})

test('a time is told with its zone where the file says one, and without any where it does not', () => {
  expect(told({ takenAt: '2024-05-31T10:00:00+02:00' }, 'Taken')).toMatch(/10:00:00.*\(UTC\+02:00\)$/)
  expect(told({ takenAt: '2024-05-31T10:00:00' }, 'Taken')).toMatch(/10:00:00(?!.*UTC)/)
})
