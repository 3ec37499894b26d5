import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { followEvents } from '../../src/core/events/follow-events.ts'
import { checkHealth } from '../../src/core/maintenance/health.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { setRights } from '../../src/core/access/grants.ts'
import { keepPeople } from '../../src/core/access/requests.ts'
import { startEmbeddedGallery, startGallery } from '../support/gallery.ts'
import { change, findings, albumWithPhotos } from '../support/organise.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'
import { errorText } from '../../src/shared/errors.ts'

const setUp = async () => {
  const { gallery, env } = await startGallery()
  const owner = await gallery.self()
  const corsica = await albumWithPhotos(owner, 'Corsica', 40)
  const studio = await albumWithPhotos(owner, 'Studio', 40)
  const ana = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [corsica.album]: 'modify', [studio.album]: 'modify' })
  return { gallery, env, owner, corsica, studio, ana }
}

test('a blocking read that waits in an album hears nothing of it once the right is taken', async () => {
  const { gallery, owner, corsica, ana } = await setUp()
  const client = await plainClient(gallery, 'ana', ana.key)
  const waiting = client.call('XREAD', 'BLOCK', 0, 'STREAMS', owner.keys.albumEvents(corsica.album), '$')
  await expect
    .poll(async () => (await owner.redis.call('CLIENT', 'LIST')) as string)
    .toMatch(/flags=b.*user=ana/)
  await grant(owner, 'ana', { [corsica.album]: 'none' })
  await change(owner, [{ kind: 'trash', album: corsica.album, photos: corsica.photos.slice(0, 1) }])
  expect(await waiting).toBe(null)
})

test('what was queued before a right was taken is refused afterwards', async () => {
  const { gallery, owner, corsica, ana } = await setUp()
  const client = await plainClient(gallery, 'ana', ana.key)
  await client.call('MULTI')
  await client.call('HGETALL', owner.keys.albumInfo(corsica.album))
  await client.call('HSET', owner.keys.albumInfo(corsica.album), 'title', 'mine')
  await grant(owner, 'ana', { [corsica.album]: 'none' })
  const outcome = await client.call('EXEC').catch(errorText)
  expect(JSON.stringify(outcome)).not.toContain('Corsica')
  expect((await listAlbums(owner)).map(({ title }) => title)).toEqual(['Corsica', 'Studio'])
})

test('moves that run while the right is taken are made whole or not at all', async () => {
  const { owner, corsica, studio, ana } = await setUp()
  const moves = Array.from({ length: 40 }, async (_, n) => {
    const photos = corsica.photos.slice(n, n + 1)
    if (n === 15) await grant(owner, 'ana', { [studio.album]: 'read' })
    return change(ana.session, [{ kind: 'move', from: corsica.album, to: studio.album, photos }])
  })
  const ends = await Promise.allSettled(moves)
  const moved = ends.filter(({ status }) => status === 'fulfilled').length
  expect(moved).toBeLessThan(40)
  expect((await listAlbums(owner)).map(({ title, photos }) => `${title} ${photos}`)).toEqual([
    `Corsica ${40 - moved}`,
    `Studio ${40 + moved}`,
  ])
  expect(await findings(owner)).toEqual([])
})

test('an open window hears at once of a right that comes or goes', async () => {
  const { owner, corsica, studio, ana } = await setUp()
  const stop = new AbortController()
  const events = followEvents(ana.session, stop.signal)
  const next = async () => (await events.next()).value as unknown
  expect(await next()).toEqual({ kind: 'resync' })
  const seen = async () => (await listAlbums(ana.session)).map(({ title, right }) => `${title} ${right}`)
  await grant(owner, 'ana', { [corsica.album]: 'none' })
  expect(await next()).toEqual({ kind: 'resync' })
  expect(await seen()).toEqual(['Studio modify'])
  await grant(owner, 'ana', { [corsica.album]: 'read', [studio.album]: 'read' })
  expect(await next()).toEqual({ kind: 'resync' })
  expect(await seen()).toEqual(['Corsica read', 'Studio read'])
  stop.abort()
  await events.return(undefined)
})

test('guests hear of public albums, and of nothing else', async () => {
  const { gallery, owner, corsica } = await setUp()
  const guest = await gallery.guest()
  const stop = new AbortController()
  const events = followEvents(guest, stop.signal)
  await events.next()
  await setRights(owner, [{ subject: 'guest', album: corsica.album, right: 'read' }])
  expect((await events.next()).value).toEqual({ kind: 'resync' })
  const told = JSON.stringify(await guest.redis.xrange(guest.keys.accountEvents('guest'), '-', '+'))
  expect(told).not.toContain(corsica.album)
  stop.abort()
  await events.return(undefined)
})

test('an ACL file that was lost comes back with all accounts’ rights and passwords', async () => {
  const { env } = await startEmbeddedGallery()
  const first = await openGallery({ env })
  const owner = await first.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 2)
  const { key } = await addAccount(first, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'read' })
  const acl = join(env['CIMAISE_HOME'] ?? '', 'redis', 'users.acl')
  expect(readFileSync(acl, 'utf8')).toContain('user ana')
  // As after a crash: the file is gone, and Redis has forgotten what stood in it.
  rmSync(acl)
  await owner.redis.call('ACL', 'DELUSER', 'ana')
  await first.close()
  const again = await openGallery({ env })
  const self = await again.self()
  const ana = await again.login('ana', key)
  expect((await listAlbums(ana)).map(({ title, right }) => `${title} ${right}`)).toEqual(['Corsica read'])
  const { checks } = await checkHealth(self)
  expect(checks.find(({ what }) => what === 'Rights')?.detail).toContain('ana (missing)')
  await again.close()
})

test('a Redis user that was given more by hand is put back, and the doctor tells', async () => {
  const { gallery, env, owner, ana } = await setUp()
  const { album: secret } = await albumWithPhotos(owner, 'Secret', 1)
  await owner.redis.call('ACL', 'SETUSER', 'ana', '~*', '+keys')
  await owner.redis.call('ACL', 'SETUSER', 'stranger', 'on', 'nopass', '~*', '+get')
  const client = await plainClient(gallery, 'ana', ana.key)
  expect(await client.keys('*')).not.toEqual([])
  const again = await openGallery({ env })
  const self = await again.self()
  await expect(client.zcard(owner.keys.albumPhotos(secret))).rejects.toThrow(/NOPERM/)
  await expect(client.keys('*')).rejects.toThrow(/NOPERM/)
  expect(await client.zcard(owner.keys.albumPhotos((await listAlbums(ana.session))[0]?.id ?? ''))).toBe(40)
  const { checks } = await checkHealth(self)
  expect(checks.find(({ what }) => what === 'Rights')).toMatchObject({
    state: 'warning',
    detail: expect.stringContaining('ana (rules)') as string,
  })
  expect(checks.find(({ what }) => what === 'Other users')?.detail).toContain('stranger')
  await again.close()
})

test('a change of rights that was broken off is finished by the next administrator’s session', async () => {
  const { owner, corsica, ana } = await setUp()
  // On record, but Redis was not told.
  await owner.redis.hdel(owner.keys.grants('ana'), corsica.album)
  await owner.redis.hincrby(owner.keys.rights, 'version', 1)
  expect(await listAlbums(ana.session)).toHaveLength(2)
  const leave = keepPeople(owner)
  await expect.poll(() => listAlbums(ana.session)).toHaveLength(1)
  leave()
})
