import { expect, test } from 'vitest'
import { albumIn, fieldOf, photosIn, timeOfEntry } from './stream-fields.ts'

test('a field of an entry is found by its name, never by a value that is spelled so', () => {
  expect(fieldOf(['by', 'album', 'album', 'o~Abcd1234'], 'album')).toBe('o~Abcd1234')
  expect(fieldOf(['by'], 'by')).toBe('')
  expect(fieldOf([], 'by')).toBe('')
})

test('what is no id in an entry is left out', () => {
  expect(photosIn('photo00001,*,photo00002,,../x')).toEqual(['photo00001', 'photo00002'])
  expect([albumIn('owner~Abcd1234'), albumIn('*')]).toEqual(['owner~Abcd1234', ''])
})

test('an entry that no clock dated has no time', () => {
  expect(timeOfEntry('1700000000000-3')).toBe(1_700_000_000_000)
  for (const id of ['18446744073709551615-0', '-1-0', 'x']) expect(timeOfEntry(id)).toBe(0)
})
