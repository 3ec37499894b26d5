import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { expect, test } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import type { contract } from '../../../src/shared/contract/index.ts'
import { isInstalled, startProxy } from '../../support/proxies.ts'
import { logIn, startServer, type TestServer } from '../../support/server.ts'

type Client = ContractRouterClient<typeof contract>

const password = 'of the proxy'
const env = {
  CIMAISE_BASE: '/gallery/',
  CIMAISE_LOGIN_HEADER: 'Remote-User',
  // The tests ask from another address.
  CIMAISE_TRUSTED_PROXIES: '127.0.0.2',
}

const basic = (name: string) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`

/** An nginx that asks who somebody is, and tells the server. Its workers may not read a file of passwords in a test's folder. */
const behindNginx = (server: TestServer) => {
  const people = ['ana', 'bob', 'nobody', 'owner', 'guest']
  const known = people.map((name) => `if ($http_authorization = "${basic(name)}") { set $person ${name}; }`)
  return startProxy(
    'nginx',
    server.origin,
    `set $person ""; ${known.join(' ')} if ($person = "") { return 401; }
      proxy_bind 127.0.0.2;
      proxy_set_header Remote-User $person;`,
  )
}

const clientOf = (origin: string, headers: Record<string, string>): Client =>
  createORPCClient(new RPCLink({ url: `${origin}/gallery/rpc`, headers }))

/** Opens the page as a browser does. */
const open = async (origin: string, headers: Record<string, string>) => {
  const response = await fetch(`${origin}/gallery/`, { headers, redirect: 'manual' })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const told = new URL(response.headers.get('location') ?? '', origin).searchParams.get('login')
  return { cookie, told }
}

const accountAt = async (origin: string, headers: Record<string, string>) =>
  (await clientOf(origin, headers).gallery.session()).account

const served = async () => {
  const server = await startServer([], env)
  const owner = clientOf(server.origin, { cookie: await logIn(server) })
  const keys = { ana: newKey(), bob: newKey() }
  for (const [name, key] of Object.entries(keys))
    await owner.accounts.create({ name, role: 'member', canCreateAlbums: false, key })
  return { server, owner, keys }
}

test.skipIf(!isInstalled('nginx'))(
  'whoever nginx says somebody is comes in as that account, whatever header they send themselves',
  async () => {
    const { server, owner } = await served()
    const proxy = await behindNginx(server)
    const forged = { 'remote-user': 'bob' }
    const { cookie } = await open(proxy, { authorization: basic('ana'), ...forged })
    const ana = { authorization: basic('ana'), cookie }
    expect(await accountAt(proxy, { ...ana, ...forged })).toBe('ana')
    // The session counts for the person alone whom the proxy names, and nowhere beside it.
    expect(await accountAt(proxy, { authorization: basic('bob'), cookie })).toBe('guest')
    expect(await accountAt(server.origin, { cookie })).toBe('guest')
    expect(await accountAt(proxy, ana)).toBe('ana')
    // Who is asked there need add nothing here.
    await owner.logins.setRequirement({ of: 'everybody' })
    expect(await accountAt(proxy, ana)).toBe('ana')
    const next = await open(proxy, { authorization: basic('bob'), cookie })
    expect(await accountAt(proxy, { authorization: basic('bob'), cookie: next.cookie })).toBe('bob')
    await owner.accounts.edit({ name: 'ana', disabled: true })
    await expect.poll(() => accountAt(proxy, ana)).toBe('guest')
    for (const name of ['ana', 'nobody', 'owner', 'guest'])
      expect(await open(proxy, { authorization: basic(name) })).toEqual({
        cookie: '',
        told: 'loginHeaderUnknown',
      })
  },
)

test('past the proxy the header is nobody’s word, and a session of a password does not need it', async () => {
  const { server, keys } = await served()
  expect(await open(server.origin, { 'remote-user': 'ana' })).toEqual({ cookie: '', told: null })
  expect(await accountAt(server.origin, { 'remote-user': 'ana' })).toBe('guest')
  const response = await fetch(`${server.origin}/gallery/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'remote-user': 'bob' },
    body: JSON.stringify({ account: 'ana', key: keys.ana }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(await accountAt(server.origin, { cookie, 'remote-user': 'bob' })).toBe('ana')
})
