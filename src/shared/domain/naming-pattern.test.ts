import { expect, test } from 'vitest'
import { nameByPattern, numbered, usualPattern } from './naming-pattern.ts'

const file = { name: 'IMG_1234.CR3', taken: '2026-05-31T07:08:09.120+02:00' }

test.each([
  [usualPattern, '2026/2026-05-31/IMG_1234.CR3'],
  ['{year}{month}{day}_{hour}{minute}{second}_{name}', '20260531_070809_IMG_1234.CR3'],
  ['Card/{name}', 'Card/IMG_1234.CR3'],
])('a pattern names a copy by the clock of its camera: %s', (pattern, path) => {
  expect(nameByPattern(pattern, file)).toBe(path)
})

test.each(['', '/{name}', '{name}/', 'a//{name}', '../{name}', '{nam}/{name}', '{}', '{name}'.repeat(60)])(
  'a pattern that leads nowhere, or out of its folder, is refused: %j',
  (pattern) => {
    expect(() => nameByPattern(pattern, file)).toThrow(/pattern/i)
  },
)

test.each([
  ['..\\..\\evil:name?.jpg', '_.._evil_name_.jpg'],
  ['\u0007bell.jpg', '_bell.jpg'],
  ['no ending', 'no ending'],
  ['.hidden', 'x'],
])('what a card calls a file leads to no other folder: %j', (name, path) => {
  if (path === 'x') expect(() => nameByPattern('{name}', { ...file, name })).toThrow()
  else expect(nameByPattern('{name}', { ...file, name })).toBe(path)
})

test('a name that is taken gets a number before its ending', () => {
  expect([1, 2, 12].map((n) => numbered('2026.05/IMG.1.jpg', n))).toEqual([
    '2026.05/IMG.1.jpg',
    '2026.05/IMG.1 (2).jpg',
    '2026.05/IMG.1 (12).jpg',
  ])
  expect(numbered('2026.05/none', 2)).toBe('2026.05/none (2)')
})
