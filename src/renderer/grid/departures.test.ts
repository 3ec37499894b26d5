import { expect, test } from 'vitest'
import type { GalleryEvent, PhotoEventKind } from '../../shared/schemas/event.ts'
import { mayTakeAway } from './departures.ts'

const photos = (what: PhotoEventKind): GalleryEvent => ({
  kind: 'photos',
  album: 'owner~aaaaaaaa',
  what,
  photos: ['one', 'two'],
})
const touched = 'owner~aaaaaaaa/one'
const untouched = 'owner~aaaaaaaa/three'
const inOtherAlbum = 'owner~bbbbbbbb/one'

test('photos that come take nothing out of a view, however many they are', () => {
  for (const what of ['added', 'arrived', 'restored'] as const)
    expect(mayTakeAway(photos(what), {})(touched)).toBe(false)
  expect(mayTakeAway(photos('added'), { filter: { text: 'sea' } })(touched)).toBe(false)
})

test('only the photos that left are in question', () => {
  const isTaken = mayTakeAway(photos('trashed'), {})
  expect(isTaken(touched)).toBe(true)
  expect(isTaken(untouched)).toBe(false)
  expect(isTaken(inOtherAlbum)).toBe(false)
})

test('the trash loses what is restored, not what is trashed', () => {
  expect(mayTakeAway(photos('restored'), { trash: true })(touched)).toBe(true)
  expect(mayTakeAway(photos('trashed'), { trash: true })(touched)).toBe(false)
})

test('an edit puts photos in question where a filter may no longer find them', () => {
  expect(mayTakeAway(photos('edited'), { filter: { rating: 3 } })(touched)).toBe(true)
  expect(mayTakeAway(photos('tagged'), { collection: 'owner~-Smart123' })(touched)).toBe(true)
  expect(mayTakeAway(photos('edited'), {})(touched)).toBe(false)
})

test('a change of an album puts its own photos in question, a missed event all', () => {
  const isTaken = mayTakeAway({ kind: 'albums', album: 'owner~aaaaaaaa' }, {})
  expect(isTaken(touched)).toBe(true)
  expect(isTaken(inOtherAlbum)).toBe(false)
  expect(mayTakeAway({ kind: 'resync' }, {})(inOtherAlbum)).toBe(true)
})
