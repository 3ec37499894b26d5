import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import {
  createAccount,
  deleteAccount,
  editAccount,
  listAccounts,
  setPassword,
} from '../../../src/core/access/accounts.ts'
import { listAudit } from '../../../src/core/access/audit-log.ts'
import { createGroup, deleteGroup, editGroup } from '../../../src/core/access/groups.ts'
import { readRights, seenBy, setRights } from '../../../src/core/access/grants.ts'
import { changeOwnPassword } from '../../../src/core/access/own-account.ts'
import { keepPeople } from '../../../src/core/access/requests.ts'
import { endSession, listSessions } from '../../../src/core/access/sessions.ts'
import { createShare, listShares, revokeShare } from '../../../src/core/access/shares.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { startGallery } from '../../support/gallery.ts'
import { change, albumWithPhotos } from '../../support/organise.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { errorText } from '../../../src/shared/errors.ts'

const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const corsica = await albumWithPhotos(owner, 'Corsica', 3)
  const studio = await albumWithPhotos(owner, 'Studio', 2)
  return { gallery, owner, corsica, studio }
}

const titles = async (session: Session) =>
  (await listAlbums(session)).map(({ title, right }) => `${title} ${right}`)

test('an account sees what it was given, by itself and by its groups, and the highest wins', async () => {
  const { gallery, owner, corsica, studio } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  expect(await titles(ana)).toEqual([])
  await grant(owner, 'ana', { [corsica.album]: 'read' })
  await createGroup(owner, { name: 'studio', join: ['ana'] })
  await setRights(owner, [
    { subject: 'group:studio', album: corsica.album, right: 'modify' },
    { subject: 'group:studio', album: studio.album, right: 'read' },
  ])
  expect(await titles(ana)).toEqual(['Corsica modify', 'Studio read'])
  expect(await seenBy(owner, 'ana')).toEqual(
    expect.arrayContaining([
      { album: corsica.album, right: 'modify' },
      { album: studio.album, right: 'read' },
    ]),
  )
  await editGroup(owner, { name: 'studio', leave: ['ana'] })
  expect(await titles(ana)).toEqual(['Corsica read'])
  await editGroup(owner, { name: 'studio', join: ['ana'] })
  await deleteGroup(owner, 'studio')
  expect(await titles(ana)).toEqual(['Corsica read'])
})

test('an account that may make albums owns those it makes, and learns nothing of others by their titles', async () => {
  const { gallery, owner } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana', { canCreateAlbums: true })
  const made = await change(ana, [{ kind: 'create-album', title: 'Corsica' }])
  const album = made.album ?? ''
  expect(await titles(ana)).toEqual(['Corsica modify'])
  expect(await titles(owner)).toEqual(['Corsica modify', 'Corsica modify', 'Studio modify'])
  await change(ana, [{ kind: 'rename-albums', titles: [{ album, from: 'Corsica', to: 'Studio' }] }])
  await expect(change(ana, [{ kind: 'create-album', title: 'studio' }])).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await editAccount(owner, { name: 'ana', canCreateAlbums: false })
  expect(await titles(ana)).toEqual(['Studio modify'])
  await expect(change(ana, [{ kind: 'create-album', title: 'New' }])).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await deleteAccount(owner, 'ana')
  const { session: other } = await addAccount(gallery, owner, 'ana', { canCreateAlbums: true })
  expect(await titles(other)).toEqual([])
  expect(await titles(owner)).toHaveLength(3)
  const deleted = await change(owner, [{ kind: 'delete-album', album }])
  expect(await titles(owner)).toHaveLength(2)
  await change(owner, deleted.undo)
  expect(await titles(owner)).toHaveLength(3)
})

test('an administrator always remains, and no administrator deletes the account that they use', async () => {
  const { gallery, owner } = await setUp()
  await expect(deleteAccount(owner, 'owner')).rejects.toMatchObject({ code: 'INVALID' })
  for (const edit of [{ role: 'member' as const }, { disabled: true }])
    await expect(editAccount(owner, { name: 'owner', ...edit })).rejects.toMatchObject({ code: 'CONFLICT' })
  const { session: eve } = await addAccount(gallery, owner, 'eve', { role: 'administrator' })
  await editAccount(eve, { name: 'owner', role: 'member' })
  await expect(listAccounts(owner)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(editAccount(eve, { name: 'eve', disabled: true })).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('two administrators who change the same account notice each other', async () => {
  const { gallery, owner } = await setUp()
  await addAccount(gallery, owner, 'ana')
  const seen = (await listAccounts(owner)).find(({ name }) => name === 'ana')
  await editAccount(owner, { name: 'ana', revision: seen?.revision, displayName: 'Ana' })
  await expect(
    editAccount(owner, { name: 'ana', revision: seen?.revision, displayName: 'Anna' }),
  ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('Somebody else') as string })
})

test('names that are taken, reserved or look like another are refused in words', async () => {
  const { gallery, owner } = await setUp()
  await addAccount(gallery, owner, 'paul')
  const make = (name: string) =>
    createAccount(owner, { name, role: 'member', canCreateAlbums: false, key: newKey() }).catch(errorText)
  expect(await make('paul')).toContain('already')
  expect(await make('pau1')).toContain('looks like the account paul')
  expect(await make('guest')).toContain('No account can be named guest')
  expect((await listAccounts(owner)).map(({ name }) => name)).toEqual(['owner', 'paul'])
})

test('a disabled account is out at once and comes back as it was', async () => {
  const { gallery, owner, corsica } = await setUp()
  const { session: ana, key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [corsica.album]: 'read' })
  await editAccount(owner, { name: 'ana', disabled: true })
  await expect.poll(() => ana.ended.aborted).toBe(true)
  await expect(gallery.login('ana', key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await editAccount(owner, { name: 'ana', disabled: false })
  expect(await titles(await gallery.login('ana', key))).toEqual(['Corsica read'])
})

test('a right on an album that is gone, or that is not as the caller saw it, is refused and nothing is given', async () => {
  const { gallery, owner, corsica, studio } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await change(owner, [{ kind: 'delete-album', album: studio.album }])
  await expect(
    grant(owner, 'ana', { [corsica.album]: 'read', [studio.album]: 'read' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(
    setRights(owner, [{ subject: 'account:ana', album: corsica.album, right: 'read', from: 'modify' }]),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await titles(ana)).toEqual([])
})

test('the record tells who changed which right, and what it gives undoes it', async () => {
  const { gallery, owner, corsica } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  const undo = await grant(owner, 'ana', { [corsica.album]: 'modify' })
  const [last] = await listAudit(owner, 1)
  expect(last).toMatchObject({
    by: 'owner',
    what: 'rights',
    rights: [{ subject: 'account:ana', album: corsica.album, from: 'none', to: 'modify' }],
  })
  await setRights(owner, undo)
  expect(await titles(ana)).toEqual([])
  expect((await readRights(owner)).grants['account:ana']).toEqual({})
  await expect(listAudit(ana, 10)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a member changes their own password by way of an administrator’s session, and only theirs', async () => {
  const { gallery, owner } = await setUp()
  const { session: ana, key } = await addAccount(gallery, owner, 'ana')
  const { session: bob } = await addAccount(gallery, owner, 'bob')
  const next = newKey()
  const leave = keepPeople(owner)
  expect(await changeOwnPassword(ana, next)).toBe('changed')
  await expect(gallery.login('ana', key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await gallery.login('ana', next)).account).toBe('ana')
  expect(ana.ended.aborted).toBe(false)
  const forged = ['what', 'password', 'digest', '0'.repeat(64)]
  await expect(bob.redis.xadd(bob.keys.requests('ana'), '*', ...forged)).rejects.toThrow(/NOPERM/)
  await expect(bob.redis.xrange(bob.keys.requests('bob'), '-', '+')).rejects.toThrow(/NOPERM/)
  leave()
})

test('a session that is signed out ends, and the others go on', async () => {
  const { gallery, owner } = await setUp()
  const { session: ana, key } = await addAccount(gallery, owner, 'ana')
  const other = await gallery.login('ana', key)
  expect((await listSessions(owner)).filter(({ account }) => account === 'ana')).toHaveLength(2)
  await endSession(owner, 'ana', ana.id)
  await expect.poll(() => ana.ended.aborted).toBe(true)
  await other.settled()
  expect(await titles(other)).toEqual([])
  expect(other.ended.aborted).toBe(false)
})

test('a new password from an administrator replaces the old one', async () => {
  const { gallery, owner } = await setUp()
  const { key } = await addAccount(gallery, owner, 'ana')
  const next = newKey()
  await setPassword(owner, 'ana', next)
  await expect(gallery.login('ana', key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await gallery.login('ana', next)).account).toBe('ana')
})

test('a share link shows one album until its date, and nothing once it is revoked', async () => {
  const { gallery, owner, corsica, studio } = await setUp()
  const { redis, keys } = owner
  const key = newKey()
  const share = { name: 'share~Abcd1234', label: 'for Zoé', key, hasPassword: false }
  const soon = new Date(Date.now() + 3600_000).toISOString()
  await expect(
    createShare(owner, { ...share, album: corsica.album, expires: '2001-01-01T00:00:00Z' }),
  ).rejects.toMatchObject({ code: 'INVALID' })
  await createShare(owner, { ...share, album: corsica.album, expires: soon })
  await setRights(owner, [{ subject: 'guest', album: studio.album, right: 'read' }])
  const visitor = await gallery.login(share.name, key)
  expect(visitor.identity.share).toBe(true)
  expect(await titles(visitor)).toEqual(['Corsica read'])
  expect(await listShares(owner)).toMatchObject([{ label: 'for Zoé', expired: false }])
  // Its date comes: the administrators' sessions look from time to time.
  await redis.hset(keys.account(share.name), 'expires', '2001-01-01T00:00:00Z')
  const leave = keepPeople(owner)
  await expect.poll(() => visitor.ended.aborted).toBe(true)
  leave()
  await expect(gallery.login(share.name, key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await revokeShare(owner, share.name)
  expect(await listShares(owner)).toEqual([])
})
