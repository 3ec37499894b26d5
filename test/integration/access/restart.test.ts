import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { checkHealth } from '../../../src/core/maintenance/health.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { listAudit } from '../../../src/core/access/audit-log.ts'
import { applyRights } from '../../../src/core/access/apply-acl.ts'
import { userDigest } from '../../../src/core/access/user-digest.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { cutPower, redisFolder, restartRedis, untilWritten } from '../../support/embedded.ts'
import { startEmbeddedGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { addAccount, fillGallery, grant, plainClient } from '../../support/accounts.ts'

const repairs = async (owner: Session) =>
  (await listAudit(owner, 100)).filter(({ what }) => what === 'repaired').flatMap(({ fields }) => fields)

/** What the owner's next opening does, and nothing else. */
const openAgain = async (env: NodeJS.ProcessEnv) => {
  const gallery = await openGallery({ env })
  await gallery.self()
  await gallery.close()
}

test('restarts of Redis are no break-in: nothing is noted, and no rule is set again', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const owner = await gallery.self()
  const titles = Array.from({ length: 30 }, (_, n) => `Album ${n}`)
  await fillGallery(owner, titles, ['ana', 'bob', 'eve'])
  const albums = (await listAlbums(owner)).map(({ id }) => id)
  for (const [n, name] of ['ana', 'bob', 'eve'].entries())
    await grant(
      owner,
      name,
      Object.fromEntries(albums.slice(n).map((id, i) => [id, i % 2 ? 'read' : 'modify'])),
    )
  await openAgain(env)
  const { redis, keys } = owner
  const before = await redis.hgetall(keys.applied)
  const acl = readFileSync(join(redisFolder(env), 'users.acl'), 'utf8')
  for (let turn = 0; turn < 4; turn++) {
    await restartRedis(env, owner, 'SIGTERM')
    await openAgain(env)
  }
  expect(await repairs(owner)).toEqual([])
  expect(await redis.hgetall(keys.applied)).toEqual(before)
  expect(readFileSync(join(redisFolder(env), 'users.acl'), 'utf8')).toBe(acl)
})

test('an answer of Redis in another order is the same user, and one word more is not', () => {
  const user = (commands: string, keys: string, selector: string) => [
    'flags', ['on', 'sanitize-payload'],
    'passwords', ['b', 'a'],
    'commands', commands,
    'keys', keys,
    'channels', '',
    'selectors', [['commands', selector, 'keys', '%W~t:*', 'channels', '']],
  ] // prettier-ignore
  const known = userDigest(user('-@all +get +client|id', '~a:* %R~b:*', '-@all +set'))
  expect(userDigest(user('-@all +client|id +get', '%R~b:* ~a:*', '-@all +set'))).toBe(known)
  expect(userDigest(user('-@all +get +client|id +keys', '~a:* %R~b:*', '-@all +set'))).not.toBe(known)
  expect(userDigest(user('-@all +get +client|id', '~a:* ~b:*', '-@all +set'))).not.toBe(known)
  expect(userDigest(user('-@all +get +client|id', '~a:* %R~b:*', '-@all +set +del'))).not.toBe(known)
})

test('an ACL file that was edited by hand is put right over a restart, and noted', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const owner = await gallery.self()
  const { key } = await addAccount(gallery, owner, 'ana')
  const file = join(redisFolder(env), 'users.acl')
  const honest = readFileSync(file, 'utf8')
  writeFileSync(file, honest.replace(/^(user ana .*)$/m, '$1 ~* +keys'))
  await restartRedis(env, owner, 'SIGTERM')
  const client = await plainClient(gallery, 'ana', key)
  expect(await client.keys('*')).not.toEqual([])
  await openAgain(env)
  await expect(client.keys('*')).rejects.toThrow(/NOPERM/)
  expect(await repairs(owner)).toEqual([{ field: 'ana', from: 'rules', to: '' }])
  expect(readFileSync(file, 'utf8')).not.toContain('+keys')
})

test('the digests of an older version raise no alarm, and are replaced', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const owner = await gallery.self()
  await addAccount(gallery, owner, 'ana')
  const { redis, keys } = owner
  const [rules] = ((await redis.hget(keys.applied, 'ana')) ?? '').split(' ')
  await redis.hset(keys.applied, 'ana', `${rules} ${'x'.repeat(22)}`)
  await openAgain(env)
  expect(await redis.hget(keys.applied, 'ana')).toMatch(/ set:/)
  expect(await repairs(owner)).toEqual([])
})

test('accounts that Redis refuses or that cannot be read stop no other account, and the doctor names them', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  const { key } = await addAccount(gallery, owner, 'ana')
  const bob = await addAccount(gallery, owner, 'bob')
  await grant(owner, 'bob', { [album]: 'read' })
  const { redis, keys } = owner
  await redis.sadd(keys.users, 'no name')
  await redis.hset(keys.account('no name'), 'role', 'member')
  await redis.sadd(keys.users, 'not one either')
  await redis.sadd(keys.account('not one either'), 'no hash')
  await redis.del(keys.account('bob'))
  await redis.sadd(keys.account('bob'), 'no hash')
  await redis.hset(keys.grants('ana'), 'a b', 'modify')
  await grant(owner, 'ana', { [album]: 'read' })
  const again = await openGallery({ env })
  const self = await again.self()
  expect(self.identity.administrator).toBe(true)
  // Neither what cannot be read nor what follows from it gives anything.
  await applyRights(self.redis, keys)
  await expect(gallery.login('bob', bob.key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await redis.hdel(keys.grants('ana'), 'a b')
  await grant(self, 'ana', { [album]: 'modify' })
  expect((await listAlbums(await again.login('ana', key))).map(({ right }) => right)).toEqual(['modify'])
  const { checks } = await checkHealth(self)
  const told = checks.filter(({ what, state }) => what === 'Rights' && state === 'problem')
  expect(told.map(({ detail }) => detail).join('\n')).toMatch(/no name \(Usernames.*[^]*user:bob:account/)
  const lines = (await listAudit(self, 100)).filter(({ subject }) => subject === 'no name')
  expect(lines.map(({ what }) => what)).toEqual(['switched-off'])
  await again.close()
})

test('a right that was acknowledged outlives kill -9, also where an earlier one could not be written down', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  const { session } = await addAccount(gallery, owner, 'ana')
  await addAccount(gallery, owner, 'bob')
  const file = join(redisFolder(env), 'users.acl')
  const fileSays = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .find((line) => line.startsWith('user ana ')) ?? ''
  // A folder in its place: Redis can write no such file.
  const block = () => {
    renameSync(file, `${file}.kept`)
    mkdirSync(file)
  }
  const unblock = () => {
    rmdirSync(file)
    renameSync(`${file}.kept`, file)
  }
  block()
  await expect(grant(owner, 'ana', { [album]: 'modify' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('cannot write its ACL file') as string,
  })
  const { checks } = await checkHealth(owner)
  expect(checks.find(({ what }) => what === 'Rights')?.detail).toContain('could not write the last changes')
  unblock()
  expect(fileSays()).not.toContain(album)
  // Nothing is due for bob, and yet the file is written.
  await applyRights(owner.redis, owner.keys, { names: ['bob'] })
  expect(fileSays()).toContain(`~{cimaise}:album:${album}:*`)
  for (const right of ['read', 'none', 'modify'] as const) {
    await grant(owner, 'ana', { [album]: right })
    await untilWritten(owner)
    await restartRedis(env, owner, 'SIGKILL')
    expect(fileSays().includes(album)).toBe(right !== 'none')
    await expect
      .poll(async () => (await listAlbums(session)).map((seen) => seen.right).join() || 'none')
      .toBe(right)
  }
  await openAgain(env)
  expect(await repairs(owner)).toEqual([])
})

test('a crash before the ACL file was written is finished by the next opening, and is no break-in', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  const { session } = await addAccount(gallery, owner, 'ana')
  const file = join(redisFolder(env), 'users.acl')
  const kept = readFileSync(file, 'utf8')
  renameSync(file, `${file}.kept`)
  mkdirSync(file)
  await grant(owner, 'ana', { [album]: 'read' }).catch(() => undefined)
  rmdirSync(file)
  writeFileSync(file, kept)
  rmSync(`${file}.kept`)
  chmodSync(file, 0o600)
  await restartRedis(env, owner, 'SIGKILL')
  await openAgain(env)
  expect((await listAlbums(session)).map(({ title }) => title)).toEqual(['Corsica'])
  expect(readFileSync(file, 'utf8')).toContain(album)
  expect(await repairs(owner)).toEqual([])
})

test('an ACL file that Redis cannot read: says to move it away, and then all accounts are let in as before', async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const owner = await gallery.self()
  const { key } = await addAccount(gallery, owner, 'ana')
  await untilWritten(owner)
  await gallery.close()
  await cutPower(env)
  const file = join(redisFolder(env), 'users.acl')
  writeFileSync(file, Buffer.alloc(readFileSync(file).length))
  await expect(openGallery({ env })).rejects.toThrow(
    /users\.acl cannot be read\. Move that file away: it is made again/,
  )
  renameSync(file, `${file}.damaged`)
  const again = await openGallery({ env })
  onTestFinished(() => again.close())
  expect((await again.self()).identity.administrator).toBe(true)
  expect((await again.login('ana', key)).account).toBe('ana')
})
