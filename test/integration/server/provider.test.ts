import type { JWTPayload } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { clientOf } from '../../support/client.ts'
import { startIdentityProvider, Traveller, type IdentityProvider } from '../../support/identity-provider.ts'
import { freePort } from '../../support/redis/ports.ts'
import { logIn, startServer, type TestServer } from '../../support/server.ts'
import { shared } from '../../support/shared.ts'

/** A gallery whose accounts log in by a provider on this computer. */
const served = async (more: NodeJS.ProcessEnv = {}) => {
  const provider = await startIdentityProvider(`http://127.0.0.1:${await freePort()}`)
  const server = await startServer([], { ...provider.env, ...more })
  const owner = clientOf(server, await logIn(server))
  return { provider, server, owner }
}

const ana = { name: 'Ana Diaz', preferred_username: 'ana', email: 'ana@example.org', email_verified: true }

/** Goes to the provider as somebody, and to where it leads back, without arriving there. */
const toTheDoor = async (server: TestServer, provider: IdentityProvider, subject: string) => {
  provider.next.subject = subject
  const browser = new Traveller()
  const door = await browser.follow(`${server.origin}/login/oidc`, (url) => url.includes('/oidc/callback'))
  return { browser, door }
}

/** What came of it: who the browser is, and what the page was told. */
const enter = async (server: TestServer, provider: IdentityProvider, subject: string) => {
  const { browser, door } = await toTheDoor(server, provider, subject)
  return arrive(server, browser, door)
}

const arrive = async ({ origin }: TestServer, browser: Traveller, door: string) => {
  const response = await browser.get(door)
  const told = new URL(response.headers.get('location') ?? '', origin).searchParams.get('login')
  const client = clientOf({ origin }, browser.cookiesOf(origin))
  return { told, client, browser, account: (await client.gallery.session()).account }
}

describe('an open gallery', () => {
  const it = shared(() => served({ CIMAISE_OIDC_CREATE_ACCOUNTS: '1' }))

  test('makes an account for each person, by issuer and subject: neither a name nor an e-mail address takes one over', async () => {
    const { provider, server, owner } = it()
    await owner.accounts.create({ name: 'ana', role: 'administrator', canCreateAlbums: true, key: newKey() })
    provider.people.set('1', ana)
    provider.people.set('2', ana)
    const first = await enter(server, provider, '1')
    const other = await enter(server, provider, '2')
    expect([first.told, first.account]).toEqual([null, 'ana-2'])
    expect(other.account).toBe('ana-3')
    expect((await enter(server, provider, '1')).account).toBe('ana-2')
    expect((await first.client.gallery.session()).administrator).toBe(false)
  })

  test('an account that was made anew under the same name is not entered by the link of the former one', async () => {
    const { provider, server, owner } = it()
    provider.people.set('3', { ...ana, preferred_username: 'bob' })
    expect((await enter(server, provider, '3')).account).toBe('bob')
    await owner.accounts.remove({ name: 'bob' })
    await owner.accounts.create({ name: 'bob', role: 'administrator', canCreateAlbums: true, key: newKey() })
    expect((await enter(server, provider, '3')).account).toBe('bob-2')
  })

  test('a second factor that everybody must have is the provider’s business', async () => {
    const { provider, server, owner } = it()
    onTestFinished(() => owner.logins.setRequirement({ of: 'nobody' }))
    await owner.logins.setRequirement({ of: 'everybody' })
    provider.people.set('70', { ...ana, preferred_username: 'gina' })
    expect((await enter(server, provider, '70')).account).toBe('gina')
  })

  test('groups follow the table at each login, and those that are not in it stay as they are', async () => {
    const { provider, server, owner } = it()
    await owner.groups.create({ name: 'family', displayName: 'Family' })
    await owner.groups.create({ name: 'own', displayName: 'Own' })
    await owner.logins.mapGroup({ theirs: 'relatives', ours: 'family' })
    const membersOf = async () =>
      Object.fromEntries((await owner.groups.list()).map(({ name, members }) => [name, members]))
    provider.people.set('4', { ...ana, preferred_username: 'cleo', groups: ['relatives', 'own'] })
    await enter(server, provider, '4')
    await owner.groups.edit({ name: 'own', join: ['cleo'] })
    expect(await membersOf()).toEqual({ family: ['cleo'], own: ['cleo'] })
    provider.people.set('4', { ...ana, preferred_username: 'cleo', groups: [] })
    await enter(server, provider, '4')
    expect(await membersOf()).toEqual({ family: [], own: ['cleo'] })
  })

  test('the way back leads in once, and only the browser that began it', async () => {
    const { provider, server } = it()
    provider.people.set('5', { ...ana, preferred_username: 'dora' })
    const { browser, door } = await toTheDoor(server, provider, '5')
    expect((await arrive(server, new Traveller(), door)).told).toBe('providerLate')
    const forged = new URL(door)
    forged.searchParams.set('state', 'another')
    const again = await toTheDoor(server, provider, '5')
    expect((await arrive(server, again.browser, forged.href)).account).toBe('guest')
    expect((await arrive(server, browser, door)).account).toBe('dora')
    // The code and the passage are used up, also for who has both still.
    const replay = new Traveller()
    await replay.get(`${server.origin}/login/oidc`)
    expect((await arrive(server, replay, door)).told).toBe('providerRefused')
  })

  const past = Math.floor(Date.now() / 1000) - 3600
  test.each<[string, JWTPayload]>([
    ['is for another program', { aud: 'another' }],
    ['is of another provider', { iss: 'https://elsewhere.example' }],
    ['is over', { iat: past - 60, exp: past }],
    ['answers another login', { nonce: 'another' }],
    ['is of somebody else than the rest of the answer', { sub: 'another' }],
  ])('an ID token that %s lets nobody in', async (_, forged) => {
    const { provider, server } = it()
    provider.people.set('6', { ...ana, preferred_username: 'eve' })
    provider.forge.claims = (claims) => ({ ...claims, ...forged })
    const { told, account } = await enter(server, provider, '6').finally(() => (provider.forge.claims = null))
    expect([told, account]).toEqual(['providerRefused', 'guest'])
  })

  test('a disabled account is not let in, and its session ends', async () => {
    const { provider, server, owner } = it()
    provider.people.set('7', { ...ana, preferred_username: 'fay' })
    const { client } = await enter(server, provider, '7')
    await owner.accounts.edit({ name: 'fay', disabled: true })
    await expect.poll(async () => (await client.gallery.session()).account).toBe('guest')
    expect((await enter(server, provider, '7')).account).toBe('guest')
  })

  test('who logs out is told where to log out at the provider', async () => {
    const { provider, server } = it()
    provider.people.set('8', { ...ana, preferred_username: 'gus' })
    const { browser, client } = await enter(server, provider, '8')
    const headers = { cookie: browser.cookiesOf(server.origin) }
    const answer = await fetch(`${server.origin}/logout`, { method: 'POST', headers })
    const { next } = (await answer.json()) as { next: string }
    expect(new URL(next).origin).toBe(provider.issuer)
    expect(new URL(next).searchParams.get('id_token_hint')).toMatch(/^ey/)
    expect((await client.gallery.session()).account).toBe('guest')
  })
})

test('who has no account waits until an administrator links one, and is out at once when unlinked', async () => {
  const { provider, server, owner } = await served()
  provider.people.set('1', ana)
  await owner.accounts.create({ name: 'ana', role: 'member', canCreateAlbums: false, key: newKey() })
  const before = await enter(server, provider, '1')
  expect([before.told, before.account]).toEqual(['providerWaiting', 'guest'])
  const [waiting] = (await owner.logins.people()).waiting
  expect(waiting).toMatchObject({ issuer: provider.issuer, subject: '1', email: ana.email })
  const who = { issuer: provider.issuer, subject: '1' }
  await owner.logins.link({ ...who, account: 'ana', name: ana.email })
  expect((await owner.logins.people()).waiting).toEqual([])
  const { client, account } = await enter(server, provider, '1')
  expect(account).toBe('ana')
  await owner.logins.unlink(who)
  await expect.poll(async () => (await client.gallery.session()).account).toBe('guest')
  expect((await enter(server, provider, '1')).account).toBe('guest')
})

test('only verified addresses of the domains that are named, and members of the groups, are let in', async () => {
  const { provider, server } = await served({
    CIMAISE_OIDC_CREATE_ACCOUNTS: '1',
    CIMAISE_OIDC_DOMAINS: 'example.org',
    CIMAISE_OIDC_GROUPS: 'photographers',
  })
  const groups = ['photographers']
  provider.people.set('1', { ...ana, groups })
  provider.people.set('2', { ...ana, groups, email_verified: false })
  provider.people.set('3', { ...ana, groups, email: 'ana@example.org.evil.test' })
  provider.people.set('4', { ...ana, groups: ['photographers-of-others'] })
  const told = []
  for (const subject of ['1', '2', '3', '4']) told.push((await enter(server, provider, subject)).told)
  expect(told).toEqual([null, 'providerNotAdmitted', 'providerNotAdmitted', 'providerNotAdmitted'])
})

test('a person whom the provider knows no more is out when it is asked next; one that it cannot say is not', async () => {
  const { provider, server, owner } = await served({
    CIMAISE_OIDC_CREATE_ACCOUNTS: '1',
    CIMAISE_OIDC_RECHECK: '0',
  })
  await owner.groups.create({ name: 'family', displayName: 'Family' })
  await owner.logins.mapGroup({ theirs: 'relatives', ours: 'family' })
  provider.people.set('1', { ...ana, groups: ['relatives'] })
  const { client } = await enter(server, provider, '1')
  provider.people.set('1', ana)
  expect((await client.gallery.session()).account).toBe('ana')
  expect((await owner.groups.list())[0]?.members).toEqual([])
  provider.outOfOrder.now = true
  expect((await client.gallery.session()).account).toBe('ana')
  provider.outOfOrder.now = false
  provider.people.delete('1')
  expect((await client.gallery.session()).account).toBe('guest')
})

test('a session of which the provider says nothing ends at its time', async () => {
  const { provider, server } = await served({ CIMAISE_OIDC_CREATE_ACCOUNTS: '1', CIMAISE_OIDC_SESSION: '0' })
  provider.people.set('1', ana)
  expect(await enter(server, provider, '1')).toMatchObject({ told: null, account: 'guest' })
})
