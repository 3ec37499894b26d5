import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { newOperationId } from '../../../src/shared/domain/random-ids.ts'
import { clientOf, type Client } from '../../support/client.ts'
import { Authenticator, codeOf } from '../../support/authenticator.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { shared } from '../../support/shared.ts'
import { spreadKinds, spreadSettings, startSentinels, type Spread } from '../../support/redis/spread.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const logInAt = async (
  { origin }: TestServer,
  account: string,
  key: string,
  more: Record<string, string> = {},
  besides: { code?: string } = {},
) => {
  const body = JSON.stringify({ account, key, ...besides })
  const headers = { 'content-type': 'application/json', ...more }
  const response = await fetch(`${origin}/login`, { method: 'POST', headers, body })
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

const logOutAt = ({ origin }: TestServer, cookie: string, query = '') =>
  fetch(`${origin}/logout${query}`, { method: 'POST', headers: { cookie } })

/** The settings that all servers of a gallery share; each has a data folder of its own. */
const settings = ({ url }: Spread): NodeJS.ProcessEnv => ({
  ...spreadSettings(url),
  CIMAISE_SERVICE_ACCOUNT: 'library',
  CIMAISE_HOST: 'photos.example',
})

/** A new member, by the key that they log in with. */
const addMember = async (root: Client, name: string) => {
  const key = newKey()
  await root.accounts.create({ name, role: 'member', canCreateAlbums: true, key })
  return key
}

/** Two servers of one gallery, its administrator's key, and a member's. */
const twoServers = async (args: string[] = [], start: () => Promise<Spread> = startSentinels) => {
  const spread = await start()
  const [a, b] = [await startServer(args, settings(spread)), await startServer(args, settings(spread))]
  const { gallery } = await clientOf(a).gallery.session()
  const rootKey = await deriveKey(gallery.id, 'root', 'correct horse')
  const root = clientOf(a, (await logInAt(a, 'root', rootKey)).cookie)
  return { spread, a, b, root, rootKey, key: await addMember(root, 'ana') }
}

const createAlbum = (client: Client, title: string) =>
  client.changes.apply({ act: newOperationId(), changes: [{ kind: 'create-album', title }] })

const who = async (server: TestServer, cookie: string) =>
  (await clientOf(server, cookie).gallery.session()).account

test.for(spreadKinds)(
  'with %s, a session goes on at another server, and ends at both by a logout at either',
  { timeout: 180_000 },
  async ([, start]) => {
    const { a, b, key } = await twoServers([], start)
    const { cookie } = await logInAt(a, 'ana', key)
    expect(await Promise.all([who(a, cookie), who(b, cookie), who(b, cookie)])).toEqual(['ana', 'ana', 'ana'])
    await logOutAt(b, cookie)
    for (const server of [a, b]) await expect.poll(() => who(server, cookie)).toBe('guest')
    const [first, second] = [(await logInAt(a, 'ana', key)).cookie, (await logInAt(b, 'ana', key)).cookie]
    expect([await who(b, first), await who(a, second)]).toEqual(['ana', 'ana'])
    await logOutAt(a, first, '?everywhere')
    for (const server of [a, b])
      for (const cookie of [first, second]) await expect.poll(() => who(server, cookie)).toBe('guest')
    expect(await who(b, (await logInAt(a, 'ana', key)).cookie)).toBe('ana')
  },
)

describe('at the same two servers, each with an account of its own,', () => {
  const opened = shared(() => twoServers(['--behind-proxy']))

  test('whom an administrator signs out is out at every server', async () => {
    const { a, b, root } = opened()
    const key = await addMember(root, 'bea')
    const { cookie } = await logInAt(a, 'bea', key)
    expect(await who(b, cookie)).toBe('bea')
    const [session] = (await root.sessions.list()).filter(({ account }) => account === 'bea')
    await root.sessions.end({ account: 'bea', id: session?.id ?? '' })
    for (const server of [a, b]) await expect.poll(() => who(server, cookie)).toBe('guest')
  })

  test('codes and passkeys that were added at one server count at the other, each code and answer once at both', async () => {
    const { a, b, root } = opened()
    const [atA, atB] = [a, b].map((server) => ({
      ...server,
      origin: server.origin.replace('127.0.0.1', 'localhost'),
    })) as [TestServer, TestServer]
    const key = await addMember(root, 'dan')
    const client = clientOf(atA, (await logInAt(atA, 'dan', key)).cookie)
    const device = new Authenticator()
    const begun = await client.ways.beginPasskey({ key })
    const challenge = String(begun.options['challenge'])
    const answer = device.make({ origin: atA.origin, party: 'localhost', challenge })
    await client.ways.addPasskey({ sealed: begun.sealed, name: 'Phone', answer })
    const { secret, sealed } = await client.ways.beginCodes({ key })
    await client.ways.turnCodesOn({ sealed, code: codeOf(secret) })

    expect([(await logInAt(atA, 'dan', key)).status, (await logInAt(atB, 'dan', key)).status]).toEqual([
      401, 401,
    ])
    const gallery = await openGallery({ env: a.env })
    onTestFinished(() => gallery.close())
    await expect(gallery.login('dan', key)).rejects.toThrow(/does not accept/)
    const code = codeOf(secret, 1)
    const { status, cookie } = await logInAt(atB, 'dan', key, {}, { code })
    expect([status, await who(atA, cookie)]).toEqual([204, 'dan'])
    expect((await logInAt(atA, 'dan', key, {}, { code })).status).toBe(403)

    const post = (server: TestServer, path: string, body: unknown) =>
      fetch(`${server.origin}/login/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const asked = (await (await post(atA, 'passkey/begin', {})).json()) as {
      options: { challenge: string }
      sealed: string
    }
    const proof = device.prove({ ...asked.options, origin: atB.origin, party: 'localhost' })
    const answers = []
    for (const server of [atB, atA, atB])
      answers.push((await post(server, 'passkey', { sealed: asked.sealed, proof })).status)
    expect(answers).toEqual([204, 403, 403])
  })

  test('what somebody does at one server shows at once in a window of another', async () => {
    const { a, b, root } = opened()
    const key = await addMember(root, 'cem')
    const { cookie } = await logInAt(a, 'cem', key)
    const stop = new AbortController()
    onTestFinished(() => stop.abort())
    const events = await clientOf(b, cookie).events.follow(undefined, { signal: stop.signal })
    const heard: string[] = []
    const listening = (async () => {
      for await (const { kind } of events) if (heard.push(kind) && kind === 'albums') return
    })()
    await expect.poll(() => heard).toEqual(['resync'])
    await createAlbum(clientOf(a, cookie), 'Corsica')
    await listening
    expect(heard).toContain('albums')
  })

  test('after a change of the password the session goes on at the other server too, and others have ended', async () => {
    const { a, b, root } = opened()
    const key = await addMember(root, 'dora')
    const { cookie } = await logInAt(a, 'dora', key)
    const other = (await logInAt(b, 'dora', key)).cookie
    expect([await who(b, cookie), await who(a, other)]).toEqual(['dora', 'dora'])
    let next = ''
    const link = new RPCLink({
      url: `${a.origin}/rpc`,
      headers: { cookie },
      fetch: async (request, init) => {
        const answer = await fetch(request, init)
        next = answer.headers.get('set-cookie')?.split(';')[0] ?? next
        return answer
      },
    })
    const client: Client = createORPCClient(link)
    expect(await client.accounts.changePassword({ key, next: newKey() })).toBe('changed')
    expect(await who(b, next)).toBe('dora')
    for (const server of [a, b]) await expect.poll(() => who(server, other)).toBe('guest')
  })

  test('wrong logins at one server count at the other, and a right one is known at both', async () => {
    const { a, b, root } = opened()
    const key = await addMember(root, 'emil')
    const from = (address: string) => ({ 'x-forwarded-for': address })
    expect((await logInAt(a, 'emil', key, from('192.0.2.1'))).status).toBe(204)
    const answers = new Set<number>()
    for (let round = 0; round < 12; round++)
      await Promise.all(
        Array.from({ length: 10 }, async (_, n) => {
          const { status } = await logInAt(n % 2 ? a : b, 'emil', newKey(), from(`198.51.100.${round}`))
          answers.add(status)
        }),
      )
    expect(answers).toEqual(new Set([403, 429]))
    for (const server of [a, b]) {
      expect((await logInAt(server, 'emil', key, from('203.0.113.9'))).status).toBe(429)
      expect((await logInAt(server, 'emil', key, from('192.0.2.1'))).status).toBe(204)
    }
  })
})

test('while another Redis takes over sessions go on, and are known at every server', async () => {
  const { spread, a, b, key } = await twoServers()
  const { cookie } = await logInAt(a, 'ana', key)
  expect(await who(a, cookie)).toBe('ana')
  await (await spread.primary()).kill()
  await createAlbum(clientOf(a, cookie), 'Corsica')
  expect((await clientOf(b, cookie).albums.list()).map(({ title }) => title)).toEqual(['Corsica'])
  expect([await who(a, cookie), await who(b, cookie)]).toEqual(['ana', 'ana'])
})

test('a server is killed while it takes a folder in: the other one finishes it, each photo once, and follows it', async () => {
  const folder = temporaryFolder()
  const drawn = join(temporaryFolder(), 'Corsica')
  await drawPhotos(drawn, 150)
  const { a, b, rootKey } = await twoServers(['--watch', folder])
  const root = clientOf(b, (await logInAt(b, 'root', rootKey)).cookie)
  const count = async () => (await root.albums.list()).map(({ photos }) => photos)
  // All at once, and when somebody looks: the first server would be done with them before the second one is there.
  renameSync(drawn, join(folder, 'Corsica'))
  await expect.poll(async () => (await count())[0] ?? 0, { interval: 20 }).toBeGreaterThan(0)
  a.child.kill('SIGKILL')
  expect((await count())[0]).toBeLessThan(150)
  await expect.poll(count, { timeout: 40_000 }).toEqual([150])
  await drawPhotos(join(folder, 'Sardinia'), 2, 500)
  await expect.poll(count).toEqual([150, 2])
  const { id: album = '' } = (await root.albums.list())[0] ?? {}
  const photos = await root.photos.list({ album, offset: 0, limit: 200 })
  // Each was drawn of another width.
  expect(new Set(photos.map(({ width }) => width)).size).toBe(150)
  const cookie = (await logInAt(b, 'root', rootKey)).cookie
  const original = await fetch(`${b.origin}/original/${album}/${photos[0]?.id ?? ''}`, {
    headers: { cookie },
  })
  expect(original.status).toBe(200)
})
