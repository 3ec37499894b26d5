import { expect, test } from 'vitest'
import { toRecord, toScored } from './claims.ts'

test('a row becomes a record of the fields that it has', () => {
  expect(toRecord(['title', 'rating', 'flag'], ['Sea', null, '0'])).toEqual({ title: 'Sea', flag: '0' })
  expect(toRecord(['title', 'rating'], [])).toEqual({})
})

test.each([
  ['a time', '1714972082000', 1714972082000],
  ['a time before 1970', '-5', -5],
  ['more than a date can be', '1e300', 8.64e15],
  ['endless', 'inf', 8.64e15],
  ['less than a date can be', '-1e300', -8.64e15],
  ['no number', 'nan', 0],
])('a score that is %s is a time that a date can be', (_, text, score) => {
  expect(toScored(['photo', text])).toEqual([{ id: 'photo', score }])
})

test('a member that is no id keeps its place without one', () => {
  expect(toScored(['a', '1', '', '2', 'c', '3']).map(({ id }) => id)).toEqual(['a', null, 'c'])
})
