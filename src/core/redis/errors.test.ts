import { expect, test } from 'vitest'
import { GalleryError } from '../../shared/errors.ts'
import { fromRedis, isWrongType, results } from './errors.ts'

const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' })

test.each([
  ['NOPERM this user has no permissions', 'FORBIDDEN'],
  ['NOAUTH Authentication required.', 'FORBIDDEN'],
  ['WRONGPASS invalid username-password pair', 'FORBIDDEN'],
  ['OOM command not allowed', 'UNAVAILABLE'],
  ["READONLY You can't write against a read only replica.", 'UNAVAILABLE'],
  ['LOADING Redis is loading the dataset in memory', 'UNAVAILABLE'],
  ['BUSY Redis is busy running a script.', 'UNAVAILABLE'],
  ['WRONGTYPE Operation against a key', 'UNAVAILABLE'],
  ['ERR ACL failure in script: no', 'FORBIDDEN'],
  ['NOT_FOUND no such album', 'NOT_FOUND'],
  ['CONFLICT Another session changed it', 'CONFLICT'],
  ['ERR INVALID a title script: f_1, on @user_script:1.', 'INVALID'],
  ['connect ECONNREFUSED', null],
])('Redis says %j: %s', (message, code) => {
  const error = fromRedis(reply(message))
  if (code === null) expect(error).not.toBeInstanceOf(GalleryError)
  else expect(error).toMatchObject({ code, cause: { message } })
})

test('a script’s own words are told without Redis’s', () => {
  expect(
    fromRedis(reply('ERR NOT_FOUND There is no album x. script: f_1, on @user_script:1.')),
  ).toMatchObject({
    message: 'There is no album x.',
  })
})

test('a network that fails, or a client that gave up, is a Redis that cannot be reached', () => {
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'])
    expect(fromRedis(Object.assign(new Error('x'), { code }))).toMatchObject({ code: 'UNAVAILABLE' })
  const gaveUp = Object.assign(new Error('Reached the max retries'), { name: 'MaxRetriesPerRequestError' })
  expect(fromRedis(gaveUp)).toMatchObject({ code: 'UNAVAILABLE' })
  expect(fromRedis(new Error('Connection is closed.'))).toMatchObject({ code: 'UNAVAILABLE' })
})

test('a transaction is refused for the reason of its first command that was', () => {
  const refused = Object.assign(reply('EXECABORT Transaction discarded'), {
    previousErrors: [reply('OOM no')],
  })
  expect(fromRedis(refused)).toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('memory') as string,
  })
})

test('what is no refusal stays what it is', () => {
  const bug = new TypeError('x is not a function')
  expect(fromRedis(bug)).toBe(bug)
  expect(fromRedis('text')).toBe('text')
  const ours = new GalleryError('CONFLICT', 'changedMeanwhile')
  expect(fromRedis(ours)).toBe(ours)
})

test('a key of another type is known, also behind our own words for it', () => {
  expect(isWrongType(reply('WRONGTYPE Operation'))).toBe(true)
  expect(isWrongType(fromRedis(reply('WRONGTYPE Operation')))).toBe(true)
  expect(isWrongType(reply('OOM x'))).toBe(false)
})

test('the answers of a transaction come as they are, or its first error does', () => {
  expect(
    results([
      [null, 1],
      [null, 'a'],
    ]),
  ).toEqual([1, 'a'])
  expect(() =>
    results([
      [null, 1],
      [reply('NOPERM no'), null],
    ]),
  ).toThrow('no right')
  expect(() => results(null)).toThrow('same moment')
})
