import { expect, test } from 'vitest'
import {
  base64,
  line,
  lineOrNull,
  lines,
  moment,
  number,
  orientation,
  thumbName,
  whole,
} from './field-values.ts'

test('a number is one within its bounds, and nothing else', () => {
  expect(['12', '-3.5', '1e3'].map((text) => number(text))).toEqual([12, -3.5, 1000])
  expect(['', 'x', '12px', 'NaN', 'Infinity', undefined].map((text) => number(text))).toEqual(
    Array(6).fill(null),
  )
  expect([number('0', 1, 8), number('9', 1, 8), number('8', 1, 8)]).toEqual([null, null, 8])
})

test('a whole number is 0 where there is none, or more than it can be', () => {
  expect([whole('7.9'), whole('-1'), whole(undefined), whole('11', 10)]).toEqual([7, 0, 0, 0])
})

test('control characters are seen as such; several lines keep their breaks', () => {
  expect(line('a\nb\u0000c\u009bd')).toBe('a\u{FFFD}b\u{FFFD}c\u{FFFD}d')
  expect(lines('a\n\tb\u0000c')).toBe('a\n\tb\u{FFFD}c')
  expect(line('Hafen – 港')).toBe('Hafen – 港')
  expect([lineOrNull(''), lineOrNull(undefined), lineOrNull('a\nb')]).toEqual([null, null, 'a\u{FFFD}b'])
})

test('a moment is one that a calendar has', () => {
  expect(moment('0')).toBe('1970-01-01T00:00:00.000Z')
  expect([moment('8.64e15'), moment('8.65e15'), moment('soon')]).toEqual([
    '+275760-09-13T00:00:00.000Z',
    null,
    null,
  ])
})

test('what is no orientation, placeholder or digest is unknown', () => {
  expect(['1', '8', '0', '9', '2.5'].map(orientation)).toEqual([1, 8, null, null, null])
  expect([base64('ab+/=='), base64('<img>'), base64('a'.repeat(65))]).toEqual(['ab+/==', null, null])
  const digest = 'a0'.repeat(32)
  expect([thumbName(digest), thumbName(digest.toUpperCase()), thumbName('../x')]).toEqual([
    digest,
    null,
    null,
  ])
})
