import { expect, test } from 'vitest'
import { loginOfSentinelsRefused } from './refused-sentinels.ts'

const nobody = new Error(
  'All sentinels are unreachable and retry is disabled. Last error: connect ECONNREFUSED',
)
const at = (why: string) => new Error(`failed to connect to sentinel 10.0.0.1:26379 because ${why}`)
const away = at('connect ECONNREFUSED 10.0.0.1:26379')
const wants = at('NOAUTH Authentication required.')
const refuses = at('WRONGPASS invalid username-password pair or user is disabled.')

test('Sentinels that ask for a login are told from those that refuse the one that they were given', () => {
  expect(loginOfSentinelsRefused(nobody, [wants, wants])).toEqual({ id: 'sentinelsWantLogin' })
  expect(loginOfSentinelsRefused(nobody, [refuses])).toEqual({ id: 'sentinelsRefuseLogin' })
  expect(loginOfSentinelsRefused(nobody, [at('NOPERM this user has no permissions to run it')])).toEqual({
    id: 'sentinelsRefuseLogin',
  })
})

test('one Sentinel that refuses is heard beside others that are away', () => {
  expect(loginOfSentinelsRefused(nobody, [away, refuses, away])).toEqual({ id: 'sentinelsRefuseLogin' })
  expect(loginOfSentinelsRefused(nobody, [away, away])).toBeNull()
})

test('where another one named a server, what that server said counts', () => {
  const ofServer = new Error('WRONGPASS invalid username-password pair or user is disabled.')
  expect(loginOfSentinelsRefused(ofServer, [wants])).toBeNull()
})
