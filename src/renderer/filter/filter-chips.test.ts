import '../i18n/later.ts'
import { expect, test } from 'vitest'
import type { PhotoFilter } from '../../shared/schemas/photo.ts'
import { filterChips } from './filter-chips.ts'

const filter: PhotoFilter = {
  all: ['Sea', 'Sand'],
  none: ['Night'],
  text: 'boat "two words" summer 2019',
  from: '2024-01-01',
  rating: 3,
  flag: 'pick',
  status: 'toEdit',
  missing: true,
}

const nameOf = () => 'To edit'

test('each condition of a filter stands by itself, those of a search too', () => {
  expect(filterChips(filter, nameOf).map(({ label }) => label)).toEqual([
    'boat',
    '"two words"',
    'summer 2019',
    'Sea',
    'Sand',
    'without Night',
    'Jan 1, 2024 –',
    '★★★+',
    'picks',
    'To edit',
    'Missing',
  ])
})

test('each is taken away alone, and one after the other nothing is left', () => {
  let left: PhotoFilter = filter
  for (let count = 11; count > 0; count--) {
    const chips = filterChips(left, nameOf)
    expect(chips).toHaveLength(count)
    left = { ...left, ...chips[count % chips.length]?.without }
  }
  expect(filterChips(left, nameOf)).toEqual([])
})
