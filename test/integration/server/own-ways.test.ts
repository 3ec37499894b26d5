import { describe, expect, test } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { errorText } from '../../../src/shared/errors.ts'
import { clientOf, type Client } from '../../support/client.ts'
import { Authenticator, codeOf } from '../../support/authenticator.ts'
import { logIn, startServer } from '../../support/server.ts'
import { atEnd, shared } from '../../support/shared.ts'

/** A server, its gallery as its owner's programs open it, and ways to make accounts and to log in. */
const served = async () => {
  const server = await startServer()
  // Browsers make passkeys for names alone.
  const origin = server.origin.replace('127.0.0.1', 'localhost')
  const owner = clientOf({ origin }, await logIn(server))
  const gallery = await openGallery({ env: server.env })
  atEnd(() => gallery.close())
  const post = (path: string, body: unknown) =>
    fetch(`${origin}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const said = async (response: Response) =>
    response.ok ? 'in' : ((await response.json()) as { text: { id: string } }).text.id
  const enter = async (account: string, key: string, code?: string) => {
    const response = await post('login', { account, key, ...(code === undefined ? {} : { code }) })
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    return { said: await said(response), client: clientOf({ origin }, cookie) }
  }
  const account = async (name: string) => {
    const key = newKey()
    await owner.accounts.create({ name, role: 'member', canCreateAlbums: false, key })
    const { client } = await enter(name, key)
    return { name, key, client }
  }
  return { server, origin, owner, gallery, post, said, enter, account }
}

const it = shared(served)

const withCodes = async (name: string) => {
  const made = await it().account(name)
  const { secret, sealed } = await made.client.ways.beginCodes({ key: made.key })
  const { recovery } = await made.client.ways.turnCodesOn({ sealed, code: codeOf(secret) })
  return { ...made, secret, recovery }
}

const accountOf = async (client: Client) => (await client.gallery.session()).account
const raw = (account: string, key: string) =>
  it()
    .gallery.login(account, key)
    .then(
      ({ redis }) => {
        redis.disconnect()
        return 'in'
      },
      (error: unknown) => errorText(error).slice(0, 20),
    )

describe('codes', () => {
  test('an account is asked for a code after its password, and each code counts once', async () => {
    const { enter } = it()
    const { key, secret } = await withCodes('ana')
    expect((await enter('ana', key)).said).toBe('codeNeeded')
    expect((await enter('ana', newKey(), codeOf(secret, 1))).said).toBe('noMatch')
    const code = codeOf(secret, 1)
    const { said, client } = await enter('ana', key, `${code.slice(0, 3)} ${code.slice(3)}`)
    expect([said, await accountOf(client)]).toEqual(['in', 'ana'])
    expect((await enter('ana', key, code)).said).toBe('codeWrong')
    expect((await enter('ana', key, codeOf(secret))).said).toBe('codeWrong')
  })

  test('of two logins with one code at once, one comes in', async () => {
    const { enter } = it()
    const { key, secret } = await withCodes('abe')
    const code = codeOf(secret, 1)
    const answers = await Promise.all([1, 2, 3].map(() => enter('abe', key, code)))
    expect(answers.map(({ said }) => said).toSorted()).toEqual(['codeWrong', 'codeWrong', 'in'])
  })

  test('Redis does not take the password any more, before and after its rights are looked at and changed, and takes it again once codes are off', async () => {
    const { owner } = it()
    const { key, secret, client, recovery } = await withCodes('bob')
    const refused = 'Redis does not accep'
    expect(await raw('bob', key)).toBe(refused)
    await owner.accounts.edit({ name: 'bob', canCreateAlbums: true })
    const next = newKey()
    expect(await client.accounts.changePassword({ key, next })).toBe('changed')
    expect([await raw('bob', key), await raw('bob', next)]).toEqual([refused, refused])
    const own = await openGallery({ env: it().server.env })
    await own.self()
    await own.close()
    expect(await raw('bob', next)).toBe(refused)
    expect((await it().enter('bob', next, codeOf(secret, 1))).said).toBe('in')
    await client.ways.turnCodesOff({ code: recovery[0] ?? '' })
    expect(await raw('bob', next)).toBe('in')
    expect((await it().enter('bob', next)).said).toBe('in')
  })

  test('the session that turns codes on goes on, also after its connection was cut, and others end', async () => {
    const { enter, account, gallery } = it()
    const { client, key } = await account('cleo')
    const other = await enter('cleo', key)
    const { secret, sealed } = await client.ways.beginCodes({ key })
    await client.ways.turnCodesOn({ sealed, code: codeOf(secret) })
    await expect.poll(() => accountOf(other.client)).toBe('guest')
    const { redis } = await gallery.self()
    await redis.call('CLIENT', 'KILL', 'USER', 'cleo')
    await expect.poll(() => accountOf(client)).toBe('cleo')
    expect((await client.ways.list()).codesSince).not.toBeNull()
  })

  test('a recovery code counts once in place of a code, and renewed ones take the place of all', async () => {
    const { enter } = it()
    const { key, secret, recovery, client } = await withCodes('dora')
    const [first = '', second = ''] = recovery
    expect(recovery).toHaveLength(10)
    expect((await enter('dora', key, first.toUpperCase().replaceAll('-', ' '))).said).toBe('in')
    expect((await enter('dora', key, first)).said).toBe('codeWrong')
    expect((await client.ways.list()).recoveryLeft).toBe(9)
    const renewed = await client.ways.renewRecovery({ code: codeOf(secret, 1) })
    expect((await enter('dora', key, second)).said).toBe('codeWrong')
    expect((await enter('dora', key, renewed.recovery[3])).said).toBe('in')
  })

  test('after ten wrong codes even right ones wait, also for turning codes off, and right passwords in between change nothing', async () => {
    const { enter, gallery } = it()
    const { key, secret, client } = await withCodes('eve')
    const answers = []
    const tooMany = ['tooManyAttempts', 'tooManyAttempts']
    for (let n = 0; n < 11; n++) {
      answers.push((await enter('eve', key, '000000')).said)
      await enter('eve', key)
    }
    expect(new Set(answers.slice(0, 10))).toEqual(new Set(['codeWrong']))
    expect([answers[10], (await enter('eve', key, codeOf(secret, 1))).said]).toEqual(tooMany)
    await expect(client.ways.turnCodesOff({ code: codeOf(secret, 1) })).rejects.toThrow(
      /Too many wrong codes/,
    )
    expect(await (await gallery.self()).redis.hexists(gallery.keys.loginCodes, 'eve')).toBe(1)
  })

  test('a wrong password, another account’s beginning, a wrong first code and the account that runs the server turn nothing on', async () => {
    const { account, owner } = it()
    const [fay, gus] = [await account('fay'), await account('gus')]
    await expect(fay.client.ways.beginCodes({ key: newKey() })).rejects.toThrow(/current password/)
    const { secret, sealed } = await gus.client.ways.beginCodes({ key: gus.key })
    await expect(fay.client.ways.turnCodesOn({ sealed, code: codeOf(secret, 1) })).rejects.toThrow(/too long/)
    await expect(gus.client.ways.turnCodesOn({ sealed, code: '000000' })).rejects.toThrow(/not right/)
    expect((await gus.client.ways.list()).codesSince).toBeNull()
    expect((await owner.ways.list()).possible).toBe('noPassword')
  })

  test('what stands in Redis is neither secret nor recovery code, and members do not read it', async () => {
    const { gallery } = it()
    const { secret, recovery } = await withCodes('hal')
    const { redis, keys } = await gallery.self()
    const text = JSON.stringify([
      await redis.hgetall(keys.loginCodes),
      await redis.smembers(keys.recovery('hal')),
    ])
    expect(text).toContain('hal')
    for (const hidden of [secret, ...recovery]) expect(text).not.toContain(hidden)
  })

  test('an administrator turns codes off for somebody, whose sessions end; an account made anew has none', async () => {
    const { owner, enter, gallery } = it()
    const { key, client } = await withCodes('ida')
    expect(await owner.logins.waysOf({ account: 'ida' })).toEqual({ codes: true, passkeys: 0 })
    await owner.logins.resetWays({ account: 'ida' })
    await expect.poll(() => accountOf(client)).toBe('guest')
    expect((await enter('ida', key)).said).toBe('in')
    await withCodes('jon')
    await owner.accounts.remove({ name: 'jon' })
    const { redis, keys } = await gallery.self()
    expect([await redis.hexists(keys.loginCodes, 'jon'), await redis.exists(keys.recovery('jon'))]).toEqual([
      0, 0,
    ])
    const again = newKey()
    await owner.accounts.create({ name: 'jon', role: 'member', canCreateAlbums: false, key: again })
    expect((await enter('jon', again)).said).toBe('in')
  })
})

describe('passkeys', () => {
  const begin = async () => {
    const response = await it().post('login/passkey/begin', {})
    return (await response.json()) as {
      options: { challenge: string; allowCredentials?: unknown }
      sealed: string
    }
  }
  const present = async (
    device: Authenticator,
    more: Partial<Parameters<Authenticator['prove']>[0]> = {},
  ) => {
    const { origin, post, said } = it()
    const { options, sealed } = await begin()
    const proof = device.prove({ origin, party: 'localhost', challenge: options.challenge, ...more })
    return { said: await said(await post('login/passkey', { sealed, proof })), sealed, proof }
  }
  const adding = async ({ client, key }: Awaited<ReturnType<ReturnType<typeof it>['account']>>) => {
    const { options, sealed } = await client.ways.beginPasskey({ key })
    return { sealed, challenge: String(options['challenge']) }
  }
  const withPasskey = async (name: string) => {
    const { origin, account } = it()
    const made = await account(name)
    const device = new Authenticator()
    const { sealed, challenge } = await adding(made)
    const answer = device.make({ origin, party: 'localhost', challenge })
    await made.client.ways.addPasskey({ sealed, name: 'Phone', answer })
    return { ...made, device }
  }

  test('an account logs in by a passkey, without its name or password, until that is removed', async () => {
    const { client, device } = await withPasskey('kim')
    expect((await begin()).options.allowCredentials).toBeUndefined()
    expect((await client.ways.list()).passkeys[0]?.used).toBeNull()
    const before = Date.now()
    expect((await present(device)).said).toBe('in')
    const [passkey] = (await client.ways.list()).passkeys
    expect(passkey).toMatchObject({ id: device.id, name: 'Phone' })
    expect(Date.parse(passkey?.used ?? '')).toBeGreaterThanOrEqual(before)
    await client.ways.removePasskey({ id: device.id })
    expect((await present(device)).said).toBe('passkeyRefused')
    const { redis, keys } = await it().gallery.self()
    expect(
      (await redis.zrange(keys.loginCounters, 0, '-1')).filter((what) => what.includes(device.id)),
    ).toEqual([])
  })

  test('it needs no code, as the device has asked for its own', async () => {
    const { origin } = it()
    const made = await withCodes('lea')
    const device = new Authenticator()
    const { sealed, challenge } = await adding(made)
    await made.client.ways.addPasskey({
      ...{ sealed, name: 'Phone' },
      answer: device.make({ origin, party: 'localhost', challenge }),
    })
    expect((await present(device)).said).toBe('in')
    expect(await raw('lea', made.key)).not.toBe('in')
  })

  test('what was signed for another page, by nobody present, or with a count that does not grow, is refused', async () => {
    const { device } = await withPasskey('max')
    expect((await present(device, { origin: 'https://evil.example' })).said).toBe('passkeyRefused')
    expect((await present(device, { origin: 'http://localhost:1' })).said).toBe('passkeyRefused')
    expect((await present(device, { party: 'evil.example' })).said).toBe('passkeyRefused')
    expect((await present(device, { verified: false })).said).toBe('passkeyRefused')
    expect((await present(device, { challenge: 'b3RoZXI' })).said).toBe('passkeyRefused')
    expect((await present(device, { counter: 40 })).said).toBe('in')
    expect((await present(device, { counter: 40 })).said).toBe('passkeyRefused')
    expect((await present(device, { counter: 39 })).said).toBe('passkeyRefused')
    expect((await present(device, { counter: 41 })).said).toBe('in')
  })

  test('an answer counts once, also of a device that counts nothing', async () => {
    const { post, said } = it()
    const { device } = await withPasskey('ned')
    const { sealed, proof, said: first } = await present(device, { counter: 0 })
    expect(first).toBe('passkeyRefused')
    const fresh = await withDevice('noa')
    const once = await present(fresh, { counter: 0 })
    expect(once.said).toBe('in')
    expect(await said(await post('login/passkey', { sealed: once.sealed, proof: once.proof }))).toBe(
      'passkeyRefused',
    )
    expect(await said(await post('login/passkey', { sealed, proof }))).toBe('passkeyRefused')
  })

  const withDevice = async (name: string) => {
    const { origin, account } = it()
    const made = await account(name)
    const device = new Authenticator()
    const { sealed, challenge } = await adding(made)
    const answer = device.make({ origin, party: 'localhost', challenge, counter: 0 })
    await made.client.ways.addPasskey({ sealed, name: 'Synced', answer })
    return device
  }

  test('nobody adds a passkey without the password, for another account, from another page, or one that is another’s', async () => {
    const { origin, account } = it()
    const [ola, pia] = [await account('ola'), await withPasskey('pia')]
    await expect(ola.client.ways.beginPasskey({ key: newKey() })).rejects.toThrow(/current password/)
    const { sealed, challenge } = await adding(ola)
    const device = new Authenticator()
    const add = (client: Client, said: Partial<Parameters<Authenticator['make']>[0]> = {}, by = device) =>
      client.ways.addPasskey({
        ...{ sealed, name: 'Mine' },
        answer: by.make({ origin, party: 'localhost', challenge, ...said }),
      })
    await expect(add(pia.client)).rejects.toThrow(/too long/)
    await expect(add(ola.client, { origin: 'https://evil.example' })).rejects.toThrow(/does not open/)
    await expect(add(ola.client, { verified: false })).rejects.toThrow(/does not open/)
    await expect(add(ola.client, {}, pia.device)).rejects.toThrow(/there already/)
    await expect(add(ola.client)).rejects.toThrow(/too long/)
    await expect(ola.client.ways.removePasskey({ id: pia.device.id })).rejects.toThrow(/not there/)
    expect((await pia.client.ways.list()).passkeys).toHaveLength(1)
  })

  test('the passkey of an account that was deleted or disabled opens nothing, also where the name is another’s then', async () => {
    const { owner } = it()
    const { device } = await withPasskey('quin')
    await owner.accounts.edit({ name: 'quin', disabled: true })
    expect((await present(device)).said).toBe('passkeyRefused')
    const other = await withPasskey('rae')
    const { redis, keys } = await it().gallery.self()
    const kept = (await redis.hget(keys.passkeys, other.device.id)) ?? ''
    await owner.accounts.remove({ name: 'rae' })
    expect(await redis.hexists(keys.passkeys, other.device.id)).toBe(0)
    await redis.hset(keys.passkeys, other.device.id, kept) // as from a backup
    await owner.accounts.create({ name: 'rae', role: 'administrator', canCreateAlbums: true, key: newKey() })
    expect((await present(other.device)).said).toBe('passkeyRefused')
  })

  test('a page at a bare address is told that passkeys need a name', async () => {
    const { server, said } = it()
    const response = await fetch(`${server.origin}/login/passkey/begin`, { method: 'POST' })
    expect(await said(response)).toBe('passkeyNeedsName')
    const ways = await fetch(`${server.origin}/login/ways`)
    expect(await ways.json()).toEqual({ provider: null, passkeys: false })
  })
})
