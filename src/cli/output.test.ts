import fc from 'fast-check'
import { expect, test } from 'vitest'
import { count, printable, printableLines, table } from './output.ts'

/** Control characters, marks of direction and letters; fast-check's own `binary` unit takes seconds to be set up. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0x2fff }).map((code) => String.fromCodePoint(code)),
})

test('nothing that is printed steers a terminal or breaks its line', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      expect(
        printableLines(text)
          .split('\n')
          .slice(1)
          .every((line) => line.startsWith('  ')),
      ).toBe(true)
    }),
  )
  expect(printable('a\u001b[2J\tb\u202e')).toBe(String.raw`a\u001b[2J\tb\u202e`)
  expect(printable('Été 写')).toBe('Été 写')
})

test('columns are as wide as their longest cell, and no line ends in blanks', () => {
  expect(
    table([
      ['a', 10, ''],
      ['long', 2, 'x'],
    ]),
  ).toEqual(['a     10', 'long  2   x'])
  expect(table([])).toEqual([])
})

test('a number comes with its noun', () => {
  expect([count(0, 'photo'), count(1, 'photo'), count(1204, 'photo')]).toEqual([
    '0 photos',
    '1 photo',
    '1,204 photos',
  ])
})
