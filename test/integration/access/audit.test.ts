import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { listAccounts } from '../../../src/core/access/accounts.ts'
import { listActs, listAudit, note, noteRequest } from '../../../src/core/access/audit-log.ts'
import { changeOwnPassword, signOutElsewhere } from '../../../src/core/access/own-account.ts'
import { answerRequests, keepPeople } from '../../../src/core/access/requests.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'

const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  const member = async (name: string) => {
    const { session, key } = await addAccount(gallery, owner, name)
    return { name, session, key, client: await plainClient(gallery, name, key) }
  }
  return { gallery, owner, album, ana: await member('ana'), bob: await member('bob'), member }
}

const digest = (n: number) => n.toString(16).padStart(64, '0')

/** Requests as another program of the account may write them: the password does not matter, it is for no login. */
const forge = async (client: Redis, { keys, account }: Session, count: number, from = 0) => {
  const asked = client.pipeline()
  for (let n = from; n < from + count; n++) {
    const fields = ['what', 'password', 'digest', digest(n), 'session', 'Abcd1234']
    asked.xadd(keys.requests(account), '*', ...fields)
  }
  await asked.exec()
}

/** What a member asks for, while an administrator's session answers from time to time. */
const whileAnswering = async <T>(owner: Session, asked: Promise<T>): Promise<T> => {
  let open = true
  const done = asked.finally(() => (open = false))
  done.catch(() => undefined)
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
  while (open) await answerRequests(owner)
  return done
}

test('1,500 forged requests wash nothing out of the record, and leave few lines themselves', async () => {
  const { owner, album, ana, bob } = await setUp()
  await grant(owner, 'bob', { [album]: 'read' })
  const before = await listActs(owner, 500)
  for (let round = 0; round < 60; round++) {
    // A new password ends other connections: those that asked come back by no other login.
    const login = await owner.redis.hget(owner.keys.logins, 'ana')
    await owner.redis.call('ACL', 'SETUSER', 'ana', `>${ana.key}`)
    await forge(ana.client, ana.session, 5, 5 * round)
    await answerRequests(owner)
    if (round > 1) expect(await owner.redis.hget(owner.keys.logins, 'ana')).toBe(login)
  }
  await forge(ana.client, ana.session, 1200)
  await answerRequests(owner)
  expect(await owner.redis.exists(owner.keys.requests('ana'))).toBe(0)
  expect(await listActs(owner, 500)).toEqual(before)
  const lines = (await listAudit(owner, 500)).filter(({ by }) => by === 'ana')
  expect(lines.map(({ what, count }) => `${what} ${count}`)).toEqual([
    'requests-dropped 1495',
    'password-changed 5',
  ])
  expect(Date.parse(lines[0]?.since ?? '')).toBeLessThanOrEqual(Date.parse(lines[0]?.at ?? ''))
  expect(await whileAnswering(owner, changeOwnPassword(bob.session, newKey()))).toBe('changed')
})

test('whatever an account leaves instead of its requests keeps no other account waiting', async () => {
  const { owner, ana, bob, member } = await setUp()
  const { keys } = owner
  const [cem, dan, eva, fay] = [
    await member('cem'),
    await member('dan'),
    await member('eva'),
    await member('fay'),
  ]
  const key = ({ name }: { name: string }) => keys.requests(name)
  const leave = keepPeople(owner)
  await ana.client.sadd(key(ana), 'x')
  await cem.client.hset(key(cem), 'what', 'password')
  const last = '18446744073709551615'
  await dan.client.xadd(key(dan), `${last}-${last}`, 'what', 'nothing known')
  await eva.client.xadd(key(eva), '*', 'what', 'sign-out', 'session', 'x'.repeat(1_000_000))
  await fay.client.xadd(key(fay), '*', 'what', 'password', 'digest', 'none', 'session', 'Abcd1234')
  expect(await changeOwnPassword(bob.session, newKey())).toBe('changed')
  await expect
    .poll(async () => (await listAudit(owner, 50)).filter(({ what }) => what === 'requests-dropped').length)
    .toBe(5)
  leave()
  // And it heals: the account's own window asks anew.
  for (const { session } of [ana, cem, dan, eva, fay])
    expect(await whileAnswering(owner, signOutElsewhere(session))).toBe('changed')
})

test('an account changes its password five times an hour and twenty times a day, whichever session carries it out', async () => {
  const { gallery, owner, ana, bob } = await setUp()
  const { session: eve } = await addAccount(gallery, owner, 'eve', { role: 'administrator' })
  const change = (adminSession: Session, session: Session) =>
    whileAnswering(adminSession, changeOwnPassword(session, newKey()))
  for (let n = 0; n < 5; n++) expect(await change(n % 2 ? owner : eve, ana.session)).toBe('changed')
  const { revision } = (await listAccounts(owner)).find(({ name }) => name === 'ana') ?? {}
  for (const adminSession of [owner, eve])
    await expect(change(adminSession, ana.session)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('too often') as string,
    })
  expect((await listAccounts(owner)).find(({ name }) => name === 'ana')?.revision).toBe(revision)
  const earlier = Date.now() - 2 * 60 * 60 * 1000
  const entries = (n: number) => [earlier, `password ${earlier} ${n}-0`]
  for (let n = 0; n < 20; n++) await owner.redis.zadd(owner.keys.asked('bob'), ...entries(n))
  await expect(change(owner, bob.session)).rejects.toMatchObject({ code: 'CONFLICT' })
  await owner.redis.zrem(owner.keys.asked('bob'), `password ${earlier} 0-0`)
  expect(await change(owner, bob.session)).toBe('changed')
  for (const command of [['ZADD', '1', 'x'], ['DEL'], ['ZRANGE', '0', '-1']])
    await expect(
      bob.session.redis.call(command[0] ?? '', owner.keys.asked('bob'), ...command.slice(1)),
    ).rejects.toThrow(/NOPERM/)
})

test('pages of the record hold every line once, the newest first, those of the same moment too', async () => {
  const { owner, ana, bob } = await setUp()
  const { redis, keys } = owner
  for (let n = 0; n < 6; n++) {
    await note(owner, 'signed-out', `somebody-${n}`)
    await noteRequest(owner, n % 2 ? ana.name : bob.name, n % 2 ? 'requests-dropped' : `asked-${n}`)
  }
  const id = `${Date.now() + 60_000}-7`
  for (const key of [keys.audit, keys.auditRequests])
    await redis.xadd(key, id, 'what', `at once in ${key === keys.audit ? 'acts' : 'requests'}`, 'by', 'x')
  const whole = await listAudit(owner, 500)
  expect(whole.slice(0, 2).map(({ what }) => what)).toEqual(['at once in acts', 'at once in requests'])
  expect(whole.filter(({ what, by }) => what === 'requests-dropped' && by === 'ana')).toMatchObject([
    { count: 3 },
  ])
  for (const limit of [1, 2, 3]) {
    const paged = []
    for (let before: string | undefined; ;) {
      const page = await listAudit(owner, limit, before)
      paged.push(...page)
      before = page.at(-1)?.id
      if (page.length < limit) break
    }
    expect(paged).toEqual(whole)
  }
  expect(new Set(whole.map((line) => line.id)).size).toBe(whole.length)
})

test('lines that are none are shown as far as they go', async () => {
  const { owner } = await setUp()
  const { redis, keys } = owner
  const rows = ['nobody\tno album\tall\tall', 'account:ana\tana~Abcd1234\tread', '\t\t\t'].join('\n')
  await redis
    .xadd(keys.auditRequests, '*', 'what', 'x'.repeat(10_000), 'by')
    .catch(() =>
      redis.xadd(keys.auditRequests, '*', 'what', 'x'.repeat(10_000), 'count', '-1e99', 'since', 'NaN'),
    )
  await redis.xadd(keys.audit, '99999999999999999999'.slice(0, 19) + '-1', 'what', 'rights', 'changes', rows)
  const [last, former] = await listAudit(owner, 2)
  expect(last).toMatchObject({
    at: '+275760-09-13T00:00:00.000Z',
    rights: [{ subject: 'account:ana', album: 'ana~Abcd1234', from: 'read', to: 'none' }],
  })
  expect(former).toMatchObject({ count: 1, since: '1970-01-01T00:00:00.000Z' })
  expect(former?.what.length).toBeLessThan(1000)
  await expect(listAudit(owner, 5, 'no id')).resolves.not.toEqual([])
})
