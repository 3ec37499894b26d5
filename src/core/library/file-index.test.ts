import { expect, it } from 'vitest'
import { parseFailure } from './file-index.ts'

const known = { size: 10, mtime: 5, reason: 'The file is empty.', decoder: 1 }
const parse = (more: object) => parseFailure(JSON.stringify({ ...known, ...more }))

it('reads a failure with the text that other languages say it by', () => {
  expect(parse({ text: { id: 'fileEmpty' } })).toEqual({ ...known, text: { id: 'fileEmpty', blanks: {} } })
})

it('reads a failure that an older version noted without a text', () => {
  expect(parse({})).toEqual(known)
})

it.each([
  ['an id that is not known', { id: 'fileFullOfBees' }],
  ['blanks that the text does not have', { id: 'fileEmpty', blanks: { code: 'x' } }],
  ['no object', 'fileEmpty'],
])('keeps the English reason alone where the text is %s', (_, text) => {
  expect(parse({ text })).toEqual(known)
})

it.each(['', '[]', '{}', 'null', '{"reason":7}'])('takes %j for no failure', (json) => {
  expect(parseFailure(json)).toBeNull()
})
