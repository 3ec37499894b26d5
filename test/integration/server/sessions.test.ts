import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { editAccount } from '../../../src/core/access/accounts.ts'
import { changeOwnPassword } from '../../../src/core/access/own-account.ts'
import { keepPeople } from '../../../src/core/access/requests.ts'
import { endSessions } from '../../../src/core/access/sessions.ts'
import { Seal, Ticket } from '../../../src/server/sessions/seal.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { createShare } from '../../../src/core/access/shares.ts'
import { openSessions } from '../../../src/server/sessions/open-sessions.ts'
import { startGallery, type TestGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { addAccount } from '../../support/accounts.ts'

const day = 24 * 60 * 60 * 1000

afterEach(() => void vi.useRealTimers())

/** The clock of this computer, set by so much. */
const jump = (by: number) => {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: now + by })
}

/** The sessions of a server, which end with the test. */
const sessionsOf = async ({ gallery }: TestGallery) => {
  const sessions = openSessions(gallery, await gallery.self(), null)
  onTestFinished(() => sessions.close())
  return sessions
}

/** A server, and the token of a login there. */
const loggedIn = async () => {
  const opened = await startGallery()
  const { key } = await addAccount(opened.gallery, await opened.gallery.self(), 'ana')
  const sessions = await sessionsOf(opened)
  return { opened, key, sessions, token: await sessions.start('ana', key, '') }
}

test('a session that is not used for a week ends, and its connection with it', async () => {
  const { sessions, token } = await loggedIn()
  const session = await sessions.find(token)
  jump(6 * day)
  expect((await sessions.find(token))?.account).toBe('ana')
  jump(8 * day)
  expect(await sessions.find(token)).toBe(null)
  await expect.poll(() => session?.redis.status).toBe('end')
})

test('a clock that is set back ends no session', async () => {
  const { sessions, token } = await loggedIn()
  jump(-400 * day)
  expect((await sessions.find(token))?.account).toBe('ana')
})

test('a session goes on after a restart, with one login for many requests at once', async () => {
  const { opened, sessions, token } = await loggedIn()
  const id = (await sessions.find(token))?.id
  sessions.close()
  const again = await sessionsOf(opened)
  const found = await Promise.all(Array.from({ length: 20 }, () => again.find(token)))
  expect(new Set(found).size).toBe(1)
  expect(found[0]).toMatchObject({ account: 'ana', id })
})

test('a cookie is renewed while it is used, and one that was renewed still counts for a while', async () => {
  const { opened, sessions, token } = await loggedIn()
  expect(await sessions.renew(token)).toBe(null)
  jump(2 * 60 * 60 * 1000)
  const next = await sessions.renew(token)
  expect(next).not.toBe(null)
  expect(await sessions.renew(token)).toBe(next)
  expect((await sessions.find(token))?.account).toBe('ana')
  jump(7 * day)
  const again = await sessionsOf(opened)
  expect((await again.find(next ?? ''))?.account).toBe('ana')
  expect(await again.find(token)).toBe(null)
})

test('who has logged out stays so after a restart, and with everywhere all others too', async () => {
  const { opened, key, sessions, token } = await loggedIn()
  const others = [await sessions.start('ana', key, ''), await sessions.start('ana', key, '')]
  await sessions.end(token)
  const second = await sessionsOf(opened)
  expect(await second.find(token)).toBe(null)
  const session = await second.find(others[0])
  if (!session) throw new Error('the other session has ended too')
  await second.endAll(session)
  const third = await sessionsOf(opened)
  for (const other of others) expect(await third.find(other)).toBe(null)
  expect((await third.find(await third.start('ana', key, '')))?.account).toBe('ana')
})

test('a cookie of an account that was disabled meanwhile, or signed out, is no session when it is let in again', async () => {
  const { opened, key, sessions, token } = await loggedIn()
  const owner = await opened.gallery.self()
  sessions.close()
  await editAccount(owner, { name: 'ana', disabled: true })
  await editAccount(owner, { name: 'ana', disabled: false })
  const second = await sessionsOf(opened)
  expect(await second.find(token)).toBe(null)
  const later = await second.start('ana', key, '')
  second.close()
  await endSessions(owner, 'ana')
  expect(await (await sessionsOf(opened)).find(later)).toBe(null)
})

test('after a change of the password the same browser goes on, with a new cookie, and the old one is worth nothing', async () => {
  const { opened, sessions, token } = await loggedIn()
  const session = await sessions.find(token)
  if (!session) throw new Error('no session')
  onTestFinished(keepPeople(await opened.gallery.self()))
  expect(await changeOwnPassword(session, newKey())).toBe('changed')
  const next = await sessions.renew(token)
  const again = await sessionsOf(opened)
  expect(await again.find(token)).toBe(null)
  expect((await again.find(next ?? ''))?.account).toBe('ana')
})

test('cookies of another gallery, altered, too long or of nothing are no sessions', async () => {
  const { opened, sessions, token } = await loggedIn()
  const middle = Math.floor(token.length / 2)
  const altered = token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1)
  const other = new Seal(opened.gallery.secretFor('something else'), Ticket)
  const ticket = { account: 'ana', key: newKey(), id: 'Abcd1234', begun: 0, sealed: Date.now() }
  const wrongKey = await new Seal(opened.gallery.secretFor('session cookies'), Ticket).seal(ticket)
  for (const worthless of [altered, await other.seal(ticket), token + 'A'.repeat(2000), 'a.b.c', wrongKey])
    expect(await sessions.find(worthless)).toBe(null)
  expect((await sessions.find(token))?.account).toBe('ana')
  expect(token).not.toContain('ana')
})

test('links end by the clock of Redis, whatever this computer’s says', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  const soon = new Date(Date.now() + 3600_000).toISOString()
  const past = new Date(Date.now() - 3600_000).toISOString()
  const share = { album, label: '', hasPassword: false, key: newKey() }
  jump(400 * day)
  await createShare(owner, { ...share, name: 'share~Abcd1234', expires: soon })
  expect((await gallery.login('share~Abcd1234', share.key)).identity.share).toBe(true)
  jump(-800 * day)
  await expect(createShare(owner, { ...share, name: 'share~Efgh5678', expires: past })).rejects.toMatchObject(
    { code: 'INVALID' },
  )
})
