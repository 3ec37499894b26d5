import { expect, test, vi } from 'vitest'
import type { Session } from '../../core/gallery/session.ts'
import { SessionEntries, type Entry } from './session-entries.ts'

const entryOf = (account: string, lastUsed = 0): Entry & { disconnect: () => void } => {
  const disconnect = vi.fn()
  const session = { account, redis: { disconnect } } as unknown as Session
  const shared = { own: true, ticket: null, tokens: [], doubtful: false, leave: vi.fn(), vouch: null }
  return { ...shared, session, lastUsed, disconnect }
}

test('a session is found by each of its last eight tokens, and by none once it is dropped', () => {
  const entries = new SessionEntries()
  const entry = entryOf('ana')
  entries.add(entry)
  const tokens = Array.from({ length: 9 }, (_, i) => `token ${i}`)
  for (const token of tokens) entries.remember(entry, token)
  expect(tokens.map((token) => entries.byToken(token) === entry)).toEqual([false, ...Array(8).fill(true)])
  entries.drop(entry)
  expect(tokens.filter((token) => entries.byToken(token))).toEqual([])
  expect(entry.disconnect).toHaveBeenCalledOnce()
  expect(entry.leave).toHaveBeenCalledOnce()
})

test('a token of a session that was dropped meanwhile is not remembered', () => {
  const entries = new SessionEntries()
  const entry = entryOf('ana')
  entries.remember(entry, 'late')
  expect(entries.byToken('late')).toBeUndefined()
})

test('of an account with fifty sessions, one more closes the one that was not used for longest, and no other account’s', () => {
  const entries = new SessionEntries()
  const other = entryOf('ben')
  entries.add(other)
  const own = Array.from({ length: 51 }, (_, i) => entryOf('ana', 100 + ((i + 7) % 50)))
  for (const entry of own) entries.add(entry)
  const gone = own.filter((entry) => !entries.of('ana').includes(entry))
  expect(gone).toEqual([own[43]])
  expect(entries.all()).toContain(other)
})

test('the connection of the server’s own user outlives their sessions', () => {
  const entries = new SessionEntries()
  const entry = { ...entryOf('owner'), own: false }
  entries.add(entry)
  entries.drop(entry)
  expect(entry.disconnect).not.toHaveBeenCalled()
})
