import { expect, test } from 'vitest'
import { parseAccountName, tooAlike } from './account-names.ts'

test('names in another case, with letters of another script, or too long are refused with what is wrong', () => {
  expect(parseAccountName('ana.s-2_x')).toBe('ana.s-2_x')
  expect(() => parseAccountName('Ana')).toThrow('Names have no capital letters: ana.')
  // The first letter is Cyrillic.
  expect(() => parseAccountName('аna')).toThrow('“\\u{430}na” cannot be the name of an account.')
  for (const name of ['', '.ana', 'a'.repeat(33), 'ana silva', 'ana*', 'ana\n', '{cimaise}'])
    expect(() => parseAccountName(name), name).toThrow('cannot be the name')
})

test('names that could be taken for one another are told', () => {
  expect(tooAlike('pau1', ['ana', 'paul'])).toBe('paul')
  expect(tooAlike('0scar', ['oscar'])).toBe('oscar')
  expect(tooAlike('ana.silva', ['anasilva'])).toBe('anasilva')
  expect(tooAlike('modern', ['modem'])).toBe('modem')
  expect(tooAlike('paula', ['paul', 'paula'])).toBe(null)
})
