import { expect, test } from 'vitest'
import type { StreamEntry } from '../events/stream-fields.ts'
import { importNotices } from './import-notices.ts'

const minute = 60_000
const noon = Date.parse('2026-05-01T12:00:00Z')
let serial = 0
const event = (minutes: number, what: string, by: string, photos = 0): StreamEntry => {
  const ids = Array.from({ length: photos }, () => `Ab3dEf${String(serial++).padStart(4, '0')}`)
  return [`${noon + minutes * minute}-0`, ['what', what, 'by', by, 'photos', ids.join(',')]]
}
const corsica = 'owner~Corsica1'
const studio = 'owner~Studio01'

test('one import is one notice, however many albums it filled, and a later one is another', () => {
  const streams = [
    { album: corsica, entries: [event(60, 'added', 'owner', 2), event(1, 'added', 'owner', 3)] },
    { album: studio, entries: [event(8, 'added', 'owner', 4)] },
  ]
  expect(importNotices('owner', streams)).toEqual([
    { kind: 'imports', album: corsica, count: 2, at: '2026-05-01T13:00:00.000Z' },
    { kind: 'imports', album: null, count: 7, at: '2026-05-01T12:08:00.000Z' },
  ])
})

test('what others took in, what was moved and what visitors sent is no import', () => {
  const entries = [
    event(4, 'added', 'ana', 5),
    event(3, 'arrived', 'owner', 5),
    event(2, 'uploaded', 'share~Abcd1234'),
    event(1, 'added', 'owner', 1),
  ]
  expect(importNotices('owner', [{ album: corsica, entries }])).toEqual([])
  const own = { album: studio, entries: [event(1, 'added', 'owner', 2)] }
  expect(importNotices('owner', [{ album: corsica, entries: entries.slice(0, 3) }, own])).toMatchObject([
    { album: studio, count: 2 },
  ])
})
