import { expect, test, vi } from 'vitest'
import { listAccounts } from '../../../src/core/access/accounts.ts'
import { listAudit } from '../../../src/core/access/audit-log.ts'
import { readRights } from '../../../src/core/access/grants.ts'
import { createGroup, listGroups } from '../../../src/core/access/groups.ts'
import { createShare } from '../../../src/core/access/shares.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { addAccount, fillGallery, grant, plainClient } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'

const accounts = 60

const start = async () => {
  const { gallery, env } = await startGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  await fillGallery(
    owner,
    [],
    Array.from({ length: accounts }, (_, n) => `member${n}`),
  )
  const openAgain = async () => {
    const again = await openGallery({ env })
    await again.self()
    await again.close()
  }
  return { gallery, owner, album, openAgain }
}

/** How often a command was called. */
const callsOf = async ({ redis }: Session, command: string) => {
  const stats = (await redis.call('INFO', 'commandstats')) as string
  const line = stats.split('\r\n').find((text) => text.startsWith(`cmdstat_${command}:`))
  return Number(/calls=(\d+)/.exec(line ?? '')?.[1] ?? 0)
}

const during = async (owner: Session, command: string, work: () => Promise<unknown>) => {
  const before = await callsOf(owner, command)
  await work()
  return (await callsOf(owner, command)) - before
}

test('giving and taking one right reads few accounts, however many there are', async () => {
  const { owner, album } = await start()
  const reads = await during(owner, 'hgetall', async () => {
    await grant(owner, 'member7', { [album]: 'read' })
    await grant(owner, 'member7', { [album]: 'none' })
  })
  expect(reads).toBeLessThan(accounts / 2)
})

test('lists of accounts, groups and rights take a few answers of Redis, and say what stands there', async () => {
  const { owner, album } = await start()
  await createGroup(owner, { name: 'family', join: ['member3', 'member7'] })
  await grant(owner, 'member7', { [album]: 'read' })
  await owner.redis.del(owner.keys.account('member9'))
  await owner.redis.set(owner.keys.account('member9'), 'by hand')
  const sent = async (work: () => Promise<unknown>) => {
    const spied = vi.spyOn(owner.redis, 'sendCommand')
    await work()
    const count = spied.mock.calls.length
    spied.mockRestore()
    return count
  }
  expect(await sent(() => listAccounts(owner))).toBeLessThan(accounts / 2)
  expect(await sent(() => listGroups(owner))).toBeLessThan(accounts / 2)
  expect(await sent(() => readRights(owner))).toBeLessThan(accounts / 2)
  const listed = new Map((await listAccounts(owner)).map((account) => [account.name, account]))
  expect(listed.size).toBe(accounts + 1)
  expect(listed.get('member7')).toMatchObject({ groups: ['family'], disabled: false, hasPassword: false })
  expect(listed.get('member8')).toMatchObject({ groups: [], disabled: false })
  // What is no record lets nobody in, and hides nobody.
  expect(listed.get('member9')).toMatchObject({ disabled: true, displayName: 'member9' })
  expect((await readRights(owner)).grants).toMatchObject({
    'account:member7': { [album]: 'read' },
    'account:member8': {},
    'group:family': {},
  })
})

test('a gallery in which nothing has changed is opened without looking at each Redis user, and a change by hand is found', async () => {
  const { gallery, owner, album, openAgain } = await start()
  const { key } = await addAccount(gallery, owner, 'ana')
  expect(await during(owner, 'acl|getuser', openAgain)).toBeGreaterThan(accounts)
  expect(await during(owner, 'acl|getuser', openAgain)).toBeLessThan(5)
  // After a restart Redis says the same in another order.
  const noted = (await owner.redis.hget(owner.keys.rights, 'verified')) ?? ''
  await owner.redis.hset(owner.keys.rights, 'verified', noted.replace(/\S+$/, 'otherwise'))
  expect(await during(owner, 'acl|getuser', openAgain)).toBeLessThan(5)
  await owner.redis.call('ACL', 'SETUSER', 'ana', '~*', '+keys')
  await openAgain()
  const client = await plainClient(gallery, 'ana', key)
  await expect(client.keys('*')).rejects.toThrow(/NOPERM/)
  const repaired = (await listAudit(owner, 10)).filter(({ what }) => what === 'repaired')
  expect(repaired.flatMap(({ fields }) => fields)).toEqual([{ field: 'ana', from: 'rules', to: '' }])
  // A right by the record alone, as where a change was broken off.
  await openAgain()
  await owner.redis.hset(owner.keys.grants('ana'), album, 'read')
  await owner.redis.hincrby(owner.keys.rights, 'version', 1)
  await openAgain()
  expect(await client.exists(owner.keys.albumInfo(album))).toBe(1)
})

test('a share link that has ended since is looked at by the next opening', async () => {
  const { owner, album, openAgain } = await start()
  const name = 'share~Abcd1234'
  const share = { name, album, label: 'Look', key: newKey(), hasPassword: false }
  await createShare(owner, { ...share, expires: new Date(Date.now() + 3_600_000).toISOString() })
  for (let turn = 0; turn < 2; turn++) await openAgain()
  const [mark = ''] = ((await owner.redis.hget(owner.keys.rights, 'verified')) ?? '').split(' ')
  // The link ends now: its date comes first, and what was noted of it with it.
  await owner.redis.hset(owner.keys.account(name), 'expires', new Date(Date.now() - 1000).toISOString())
  await owner.redis.hset(owner.keys.rights, 'verified', `${mark} ${Date.now() - 1000}`)
  await openAgain()
  const user = (await owner.redis.call('ACL', 'GETUSER', name)) as unknown[]
  expect(user[1]).toContain('off')
})
