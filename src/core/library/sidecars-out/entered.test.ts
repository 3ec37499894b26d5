import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { enteredOf } from './entered.ts'

const none = new Map<string, string>()

test('what the file said is not written back, and what was entered is', () => {
  const said = JSON.stringify({ title: 'theirs', caption: '!', rating: '3' })
  const record = { title: 'theirs', caption: 'ours', rating: '4', said }
  expect(enteredOf(record, none)).toEqual({ caption: 'ours', rating: 4, pick: false })
})

test('a pick is told besides the stars', () => {
  expect(enteredOf({ flag: 'pick', rating: '2' }, none)).toEqual({ rating: 2, pick: true })
})

test('long texts are compared as said.lua does', () => {
  const title = 'é'.repeat(60)
  const mark = `#${createHash('sha1').update(title).digest('hex').slice(0, 16)}`
  expect(enteredOf({ title, said: JSON.stringify({ title: mark }) }, none)).toEqual({})
  expect(enteredOf({ title: `${title}!`, said: JSON.stringify({ title: mark }) }, none)).toHaveProperty(
    'title',
  )
})

test.each([
  ['as the file said them', 'sea\nsun', 'sun\nsea', false],
  ['one more', 'sea\nsun', 'sea', true],
  ['one less', 'sea', 'sea\nsun', true],
  ["one that was the user's before the file had it", 'sea', '\tsea', true],
  ['none', '', '', false],
])('tags %s', (_, tags, saidtags, isEntered) => {
  expect('tags' in enteredOf({ tags, saidtags }, none)).toBe(isEntered)
})

test('tags are written as users write them', () => {
  expect(enteredOf({ tags: 'sea\nsun' }, new Map([['sea', 'Sea']])).tags).toEqual(['Sea', 'sun'])
})

test.each(['[]', 'null', '{', '{"title":7}', '"x"'])('what stands in Redis is a claim: %s', (said) => {
  expect(enteredOf({ title: 'ours', rating: '99', label: 'plaid', flag: 'reject', said }, none)).toEqual({
    ...{ title: 'ours', rating: -1, pick: false, label: '' },
  })
})
