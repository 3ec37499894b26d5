import { expect, test } from 'vitest'
import { addedTime, dateOf, isAtTime, time, timeOf } from './photo-dates.ts'

test.each([
  ['2024'],
  ['2024-05'],
  ['2024-05-31'],
  ['2024-05-31T10:00'],
  ['2024-05-31T10:00:07'],
  ['2024-05-31T10:00:07.25+02:00'],
])('%s is a date, as exact as it is known', (text) => {
  expect(dateOf(text)).toBe(text)
})

test.each([[''], ['24-05-31'], ['2024-13'], ['2024-05-31T'], ['2024-05-31T25:00'], ['yesterday'], [null]])(
  '%s is none',
  (text) => {
    expect(dateOf(text)).toBeNull()
  },
)

test('a time that a user entered is whole and has its zone', () => {
  const entered = '2024-05-31T10:00:00+02:00'
  expect([time(entered), time('2024-05-31T10:00:00'), time('2024-05-31')]).toEqual([entered, null, null])
})

test('when a photo came into the gallery is read as it is kept and as earlier versions kept it', () => {
  const added = Date.parse('2026-11-01T08:00:00.123Z')
  expect([String(added), '2026-11-01T08:00:00.123Z', '2026-11-01T09:00:00.123+01:00'].map(addedTime)).toEqual(
    [added, added, added],
  )
  expect(['', 'yesterday', '-5', '9'.repeat(16), '9'.repeat(30), undefined].map(addedTime)).toEqual([
    0, 0, 0, 0, 0, 0,
  ])
})

test('when a photo was taken: as a user entered, else as its file says, else the file’s own date', () => {
  const [dated, taken, mtime] = ['2024-05-31T10:00:00Z', '2023-01-01T00:00:00Z', '1000']
  expect(timeOf({ dated, taken, mtime })).toBe(Date.parse(dated))
  expect(timeOf({ taken, mtime })).toBe(Date.parse(taken))
  expect(timeOf({ mtime })).toBe(1000)
  expect(timeOf({ taken: 'no date', mtime: 'no number' })).toBe(0)
})

test('a date without a zone is one at the guessed distance from UTC, or in UTC; one with a zone keeps its own', () => {
  const at = (taken: string, guessed?: string) =>
    new Date(timeOf({ taken, guessed: guessed ?? null })).toISOString()
  expect(at('2024-05-31T10:00:00', '+02:00')).toBe('2024-05-31T08:00:00.000Z')
  expect(at('2024-05-31T10:00:00')).toBe('2024-05-31T10:00:00.000Z')
  expect(at('2024-05-31T10:00:00-05:00', '+02:00')).toBe('2024-05-31T15:00:00.000Z')
  expect(at('2024', '+02:00')).toBe('2023-12-31T21:59:59.998Z')
})

test('a month or a year comes before its first day, and may still stand at its first moment', () => {
  const january = Date.parse('2011-01-01T00:00:00Z')
  expect(['2011', '2011-01', '2011-01-01'].map((taken) => timeOf({ taken }) - january)).toEqual([-2, -1, 0])
  expect([-2, 0, -1].map((by) => isAtTime({ taken: '2011' }, january + by))).toEqual([true, true, false])
  expect([0, -1].map((by) => isAtTime({ taken: '2011-01-01' }, january + by))).toEqual([true, false])
  const dated = '2011-05-01T10:00:00Z'
  expect(isAtTime({ taken: '2011', dated }, Date.parse(dated))).toBe(true)
  expect(isAtTime({ taken: '2011', dated }, Date.parse(dated) + 2)).toBe(false)
  expect(isAtTime({ taken: '2011' }, undefined)).toBe(false)
})
