import { expect, test } from 'vitest'
import { filterWords } from './filter-summary.ts'

test('a filter is told in a few words', () => {
  expect(filterWords({})).toBe('')
  expect(filterWords({ all: ['Sea', 'Sand'], text: 'boat', rating: 3 })).toBe('Sea + Sand · “boat” · ★★★+')
  expect(filterWords({ rating: 5 })).toBe('★★★★★')
  expect(filterWords({ any: ['a', 'b'] })).toBe('a or b')
  expect(filterWords({ from: '2024-01-01' })).toBe('2024-01-01–')
  expect(filterWords({ from: '2024-01-01', to: '2024-02-01', camera: 'Leica' })).toBe(
    '2024-01-01–2024-02-01 · Leica',
  )
})
