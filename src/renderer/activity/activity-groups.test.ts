import { expect, it } from 'vitest'
import type { ActivityEntry } from '../../shared/schemas/event.ts'
import { groupEntries } from './activity-groups.ts'

const start = Date.parse('2026-06-01T12:00:00Z')

/** Entry `n` minutes before the newest. */
const entry = (n: number, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: String(n),
  at: new Date(start - n * 60_000).toISOString(),
  by: 'ana',
  byName: null,
  proven: true,
  what: 'edited',
  album: 'corsica',
  fromAlbum: null,
  photos: 1,
  field: 'flag',
  from: null,
  to: 'reject',
  ...more,
})

const lines = (entries: ActivityEntry[]) => groupEntries(entries).map(({ id, photos }) => `${id}: ${photos}`)

it('photos that are marked alike one after the other are one line, which is told where the last one was', () => {
  expect(lines([entry(0), entry(1, { photos: 3 }), entry(2, { from: 'pick' })])).toEqual(['0: 5'])
})

it('other marks in between keep their line, and do not part those that are near in time', () => {
  expect(lines([entry(0), entry(1, { to: 'pick' }), entry(2), entry(3, { to: 'pick' })])).toEqual([
    '0: 2',
    '1: 2',
  ])
})

it('what is done much later, by another account, elsewhere or without proof is a line of its own', () => {
  expect(lines([entry(0), entry(11)])).toEqual(['0: 1', '11: 1'])
  expect(lines([entry(0), entry(1, { by: 'bob' })])).toHaveLength(2)
  expect(lines([entry(0), entry(1, { album: 'studio' })])).toHaveLength(2)
  expect(lines([entry(0), entry(1, { proven: false })])).toHaveLength(2)
})

it('titles and the like are told one by one, unless they are the same', () => {
  const titled = (n: number, to: string) => entry(n, { field: 'title', to })
  expect(lines([titled(0, 'A'), titled(1, 'B')])).toHaveLength(2)
  expect(lines([entry(0, { what: 'renamed' }), entry(1, { what: 'renamed' })])).toHaveLength(2)
})
