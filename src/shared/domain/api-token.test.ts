import { expect, test } from 'vitest'
import { LoginKey } from '../schemas/account.ts'
import { TokenName } from '../schemas/ids.ts'
import { formatToken, newToken, parseToken } from './api-token.ts'

test('a token is read as it was written', () => {
  const { name, key } = newToken()
  expect([TokenName.safeParse(name).success, LoginKey.safeParse(key).success]).toEqual([true, true])
  expect(parseToken(formatToken(name, key))).toEqual({ name, key })
})

test.each([
  '',
  'cimaise_',
  'cimaise_Abcd1234_',
  `cimaise_Abcd123*_${'0'.repeat(64)}`,
  `x cimaise_Abcd1234_${'0'.repeat(64)}`,
])('%j is no token', (text) => expect(parseToken(text)).toBeNull())
