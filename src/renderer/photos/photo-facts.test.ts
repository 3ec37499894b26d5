import { expect, test } from 'vitest'
import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { factsOf } from './photo-facts.ts'

const photo = (more: Partial<PhotoDetails> = {}): PhotoDetails =>
  ({
    ...{ id: 'photo00001', album: 'owner~Abcd1234', title: 'Harbour', path: '/photos/a.jpg', host: 'desk' },
    ...{ width: 6000, height: 4000, bytes: 12_400_000, type: 'image/jpeg' },
    ...{ takenAt: '2024-05-31T10:00:00+02:00', addedAt: '2024-06-01T10:00:00Z', fileDate: null },
    ...{ dated: false, datedByName: false, video: false, duration: null, codecs: null },
    ...{ camera: null, lens: null, aperture: null, exposureTime: null, iso: null, focalLength: null },
    ...{ latitude: null, longitude: null, altitude: null, damage: null, creator: null, copyright: null },
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

test('a film has a duration and codecs, a photo has neither', () => {
  const film = { duration: 75, codecs: 'avc1.64001e, mp4a.40.2' }
  expect(told({ ...film, video: true }, 'Duration')).toBe('1:15\nH.264, AAC')
  expect(told(film, 'Duration')).toBeUndefined()
})
