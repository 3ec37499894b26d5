import { expect, test } from 'vitest'
import { filterWords } from './filter-summary.ts'

const nameOf = (id: string) => (id === 'toEdit' ? 'To edit' : undefined)

test('a filter is told in a few words', () => {
  expect(filterWords({}, nameOf)).toBe('')
  expect(filterWords({ all: ['Sea', 'Sand'], text: 'boat', rating: 3 }, nameOf)).toBe(
    'Sea + Sand · “boat” · ★★★+',
  )
  expect(filterWords({ rating: 5 }, nameOf)).toBe('★★★★★')
  expect(filterWords({ any: ['a', 'b'] }, nameOf)).toBe('a or b')
  expect(filterWords({ from: '2024-01-01' }, nameOf)).toBe('Jan 1, 2024 –')
  expect(filterWords({ from: '2024-01-01', to: '2024-02-01', camera: 'Leica' }, nameOf)).toBe(
    'Jan 1\u2009–\u2009Feb 1, 2024 · Leica',
  )
  expect(filterWords({ status: 'toEdit', rating: 5 }, nameOf)).toBe('★★★★★ · To edit')
  expect(filterWords({ status: 'none' }, nameOf)).toBe('No status')
  expect(filterWords({ status: 'printer' }, nameOf)).toBe('printer')
})
