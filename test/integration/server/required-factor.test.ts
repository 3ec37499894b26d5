import { describe, expect, onTestFinished, test } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { uploadPath } from '../../../src/shared/domain/uploads.ts'
import { clientOf, type Client } from '../../support/client.ts'
import { Authenticator, codeOf } from '../../support/authenticator.ts'
import { command } from '../../support/cli.ts'
import { logIn, startServer } from '../../support/server.ts'
import { shared } from '../../support/shared.ts'

type Role = 'member' | 'administrator'

/** A server whose administrator requires codes or a passkey of everybody. */
const served = async () => {
  const server = await startServer()
  const origin = server.origin.replace('127.0.0.1', 'localhost')
  const owner = clientOf({ origin }, await logIn(server))
  const enter = async (account: string, key: string, code?: string) => {
    const response = await fetch(`${origin}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, key, ...(code === undefined ? {} : { code }) }),
    })
    const said = response.ok ? 'in' : ((await response.json()) as { text: { id: string } }).text.id
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    return { said, cookie, client: clientOf({ origin }, cookie) }
  }
  const account = async (name: string, role: Role = 'member') => {
    const key = newKey()
    await owner.accounts.create({ name, role, canCreateAlbums: role === 'administrator', key })
    return { key, ...(await enter(name, key)) }
  }
  await owner.logins.setRequirement({ of: 'everybody' })
  return { server, origin, owner, enter, account }
}

const it = shared(served)
const whoIs = async (client: Client) => {
  const { account, settingUp } = await client.gallery.session()
  return [account, settingUp]
}
const addPasskey = async ({ client, key }: { client: Client; key: string }) => {
  const { options, sealed } = await client.ways.beginPasskey({ key })
  const challenge = String(options['challenge'])
  const answer = new Authenticator().make({ origin: it().origin, party: 'localhost', challenge })
  await client.ways.addPasskey({ sealed, name: 'Phone', answer })
}

describe('where everybody must have a second factor', () => {
  test('a password alone opens nothing but the way to set one up, also to an administrator', async () => {
    const { account, origin } = it()
    const { client, cookie } = await account('ana', 'administrator')
    expect(await whoIs(client)).toEqual(['guest', 'ana'])
    expect((await client.ways.list()).possible).toBe('yes')
    const token = { name: 'token~Abcd1234', label: 'Mine', expires: '2027-01-01T00:00:00Z', albums: null }
    for (const ask of [
      () => client.accounts.list(),
      () => client.logins.setRequirement({ of: 'nobody' }),
      () => client.tokens.create({ ...token, key: newKey() }),
      () => client.sessions.endOthers(),
      () => client.accounts.changePassword({ key: newKey(), next: newKey() }),
      () => client.notices.list(),
    ])
      await expect(ask()).rejects.toMatchObject({ status: 403 })
    const sent = await fetch(`${origin}${uploadPath}`, {
      method: 'POST',
      headers: { cookie, 'tus-resumable': '1.0.0', 'upload-length': '1' },
    })
    expect(sent.status).toBeGreaterThanOrEqual(400)
  })

  test('codes set it free at once, with recovery codes, and the next login asks for them', async () => {
    const { account, enter } = it()
    const { client, key } = await account('bob')
    const { secret, sealed } = await client.ways.beginCodes({ key })
    const { recovery } = await client.ways.turnCodesOn({ sealed, code: codeOf(secret) })
    expect(recovery).toHaveLength(10)
    expect(await whoIs(client)).toEqual(['bob', undefined])
    expect((await enter('bob', key)).said).toBe('codeNeeded')
    expect(await whoIs((await enter('bob', key, codeOf(secret, 1))).client)).toEqual(['bob', undefined])
  })

  test('a passkey sets it free, and from then on the password alone opens nothing at the page', async () => {
    const { account, enter } = it()
    const cleo = await account('cleo')
    await addPasskey(cleo)
    expect(await whoIs(cleo.client)).toEqual(['cleo', undefined])
    expect((await enter('cleo', cleo.key)).said).toBe('passkeyInstead')
    expect((await enter('cleo', newKey())).said).toBe('noMatch')
  })

  test('the user of the server comes in by the login link as before', async () => {
    expect(await whoIs(it().owner)).toEqual(['owner', undefined])
  })

  test('the settings and doctor tell who has a password alone', async () => {
    const { owner, account, server } = it()
    await account('dora')
    const { of, without } = await owner.logins.requirement()
    expect([of, without.includes('dora'), without.includes('owner')]).toEqual(['everybody', true, false])
    const { out } = await command(server.env, 'doctor')
    expect(out).toMatch(/warn +Second factor: .*dora/)
  })
})

test('where administrators must have one, members come in by a password, and a session that is open is held back when it begins to count', async () => {
  const { owner, account } = it()
  onTestFinished(() => owner.logins.setRequirement({ of: 'everybody' }))
  await owner.logins.setRequirement({ of: 'nobody' })
  const [eve, fay] = [await account('eve', 'administrator'), await account('fay')]
  await owner.logins.setRequirement({ of: 'administrators' })
  expect([await whoIs(eve.client), await whoIs(fay.client)]).toEqual([
    ['guest', 'eve'],
    ['fay', undefined],
  ])
  await owner.logins.setRequirement({ of: 'everybody' })
  expect(await whoIs(fay.client)).toEqual(['fay', undefined])
})
