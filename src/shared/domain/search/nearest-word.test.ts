import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editsBetween, nearestWord } from './nearest-word.ts'

test.each([
  ['corsica', 'corsica', 0],
  ['corsca', 'corsica', 1],
  ['corisca', 'corsica', 1],
  ['korsika', 'corsica', 2],
  ['sea', 'sand', 3],
])('%s is %s by %d letters', (a, b, edits) => {
  expect(editsBetween(a, b, 3)).toBe(edits)
})

test('the way back is as long, and no word is nearer than its own length tells', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editsBetween(a, b, 9)).toBe(editsBetween(b, a, 9))
      expect(editsBetween(a, b, 9)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
      expect(editsBetween(a, b, 9) === 0).toBe(a === b)
    }),
  )
})

test.each([
  ['hamershoi', 'hammershoi'],
  ['hamerhoi', 'hammershoi'],
  ['strase', 'strasse'],
  ['lodzz', 'lodz'],
  ['oslu', null],
  ['boats', 'boots'],
  ['cat', null],
])('for %s is shown %s', (word, found) => {
  const words: [string, number][] = [
    ['hammershoi', 1],
    ['strasse', 2],
    ['strass', 1],
    ['lodz', 1],
    ['car', 9],
    ['boots', 5],
    ['goats', 2],
  ]
  expect(nearestWord(word, words)).toBe(found)
})
