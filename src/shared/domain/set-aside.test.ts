import { expect, test } from 'vitest'
import { parseSetAside, setAsideText } from './set-aside.ts'

test('why an account was set aside is kept in one text, and read again', () => {
  const why = { kind: 'stream' as const, amount: 12_345, at: '2026-01-02T03:04:05.000Z' }
  expect(parseSetAside(setAsideText(why))).toEqual(why)
})

test.each([undefined, '', 'memory', 'memory 12', 'memory x 2026', 'memory -1 2026', 'other 1 2026'])(
  'what was not written so says nothing: %s',
  (text) => {
    expect(parseSetAside(text)).toBe(null)
  },
)
