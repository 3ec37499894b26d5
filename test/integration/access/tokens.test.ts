import { expect, test } from 'vitest'
import { deleteAccount, editAccount } from '../../../src/core/access/accounts.ts'
import { publish, setRights } from '../../../src/core/access/grants.ts'
import { createGroup, editGroup } from '../../../src/core/access/groups.ts'
import { keepPeople } from '../../../src/core/access/requests.ts'
import { listSessions } from '../../../src/core/access/sessions.ts'
import { endToken } from '../../../src/core/access/token-acts.ts'
import { createToken, listTokens, revokeToken } from '../../../src/core/access/tokens.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Gallery } from '../../../src/core/gallery/gallery.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { newToken } from '../../../src/shared/domain/api-token.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

const soon = () => new Date(Date.now() + 3_600_000).toISOString()

/** A gallery of three albums with ana, who may modify Corsica; an administrator's session answers what she asks for. */
const setUp = async (keep = keepPeople) => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const [corsica, studio, harbour] = [
    await albumWithPhotos(owner, 'Corsica', 3),
    await albumWithPhotos(owner, 'Studio', 2),
    await albumWithPhotos(owner, 'Harbour', 1),
  ]
  await publish(owner, harbour.album, true)
  const { session: ana } = await addAccount(gallery, owner, 'ana', { canCreateAlbums: true })
  await grant(owner, 'ana', { [corsica.album]: 'modify' })
  return { gallery, owner, ana, corsica, studio, harbour, leave: keep(owner) }
}

const tokenOf = async (gallery: Gallery, person: Session, albums: string[] | null = null) => {
  const { name, key } = newToken()
  expect(await createToken(person, { token: name, key, label: 'script', expires: soon(), albums })).toBe(
    'changed',
  )
  return { name, key, session: await gallery.login(name, key) }
}

const titles = async (session: Session) => (await listAlbums(session)).map(({ title }) => title)

test('a token reads what its person may read at each moment, and never more', async () => {
  const { gallery, owner, ana, corsica, studio, harbour, leave } = await setUp()
  const { session } = await tokenOf(gallery, ana)
  expect(await titles(session)).toEqual(['Corsica', 'Harbour'])
  await createAlbum(ana, { title: 'Ana’s own' })
  expect(await titles(session)).toEqual(['Ana’s own', 'Corsica', 'Harbour'])
  await createGroup(owner, { name: 'studio', join: ['ana'] })
  await setRights(owner, [{ subject: 'group:studio', album: studio.album, right: 'read' }])
  expect(await titles(session)).toEqual(['Ana’s own', 'Corsica', 'Harbour', 'Studio'])
  await editGroup(owner, { name: 'studio', leave: ['ana'] })
  await grant(owner, 'ana', { [corsica.album]: 'none' })
  await publish(owner, harbour.album, false)
  expect(await titles(session)).toEqual(['Ana’s own'])
  await expect(session.redis.hgetall(session.keys.albumInfo(corsica.album))).rejects.toThrow(/NOPERM/)
  leave()
})

test('a token for some albums reads those alone, as long as its person may, and does not learn of others', async () => {
  const { gallery, owner, ana, corsica, studio, harbour, leave } = await setUp()
  const { session } = await tokenOf(gallery, ana, [corsica.album, studio.album])
  expect(await titles(session)).toEqual(['Corsica'])
  for (const key of [session.keys.public, session.keys.albumInfo(harbour.album), session.keys.account('ana')])
    await expect(session.redis.type(key)).rejects.toThrow(/NOPERM/)
  await grant(owner, 'ana', { [studio.album]: 'read', [corsica.album]: 'none' })
  expect(await titles(session)).toEqual(['Studio'])
  leave()
})

test('by redis-cli a token writes nothing, asks for nothing and makes no other token', async () => {
  const { gallery, owner, ana, corsica, leave } = await setUp()
  const { name, key } = await tokenOf(gallery, ana)
  const client = await plainClient(gallery, name, key)
  const { keys } = owner
  for (const command of [
    ['SET', keys.tokenUsed('ana', name), '2030-01-01'],
    ['HSET', keys.albumInfo(corsica.album), 'title', 'mine'],
    ['XADD', keys.requests('ana'), '*', 'what', 'sign-out'],
    ['XADD', keys.requests(name), '*', 'what', 'token'],
    ['HGETALL', keys.tokens('ana')],
    ['HGETALL', keys.comments(corsica.album, 'ana')],
    ['ACL', 'LIST'],
  ] as [string, ...string[]][])
    await expect(client.call(...command)).rejects.toThrow(/NOPERM/)
  leave()
})

test('a token of an administrator reads every album, until the person is none any more', async () => {
  const { gallery, owner, leave } = await setUp()
  const { session: bob } = await addAccount(gallery, owner, 'bob', { role: 'administrator' })
  const { session } = await tokenOf(gallery, bob)
  expect(await titles(session)).toEqual(['Corsica', 'Harbour', 'Studio'])
  await editAccount(owner, { name: 'bob', role: 'member' })
  expect(await titles(session)).toEqual(['Harbour'])
  leave()
})

test('a token ends with its date, its account, and whoever revokes it, on connections that are open too', async () => {
  const { gallery, owner, ana, leave } = await setUp()
  const enters = async ({ name, key }: { name: string; key: string }) => {
    const session = await gallery.login(name, key).catch(() => null)
    session?.redis.disconnect()
    return session !== null
  }
  const [one, two, three] = [
    await tokenOf(gallery, ana),
    await tokenOf(gallery, ana),
    await tokenOf(gallery, ana),
  ]
  expect(await revokeToken(ana, one.name)).toBe('changed')
  await expect.poll(() => one.session.ended.aborted).toBe(true)
  await endToken(owner, 'ana', two.name)
  expect([await enters(one), await enters(two), await enters(three)]).toEqual([false, false, true])
  await editAccount(owner, { name: 'ana', disabled: true })
  expect(await enters(three)).toBe(false)
  await editAccount(owner, { name: 'ana', disabled: false })
  expect(await enters(three)).toBe(true)
  await deleteAccount(owner, 'ana')
  expect(await enters(three)).toBe(false)
  expect(await owner.redis.exists(owner.keys.account(three.name))).toBe(0)
  leave()
})

test('only the person and administrators see and end a token, and nobody makes one that is too long or one too many', async () => {
  const { gallery, owner, ana, leave } = await setUp()
  const { session: bob } = await addAccount(gallery, owner, 'bob')
  const { name, key } = await tokenOf(gallery, ana)
  await expect(revokeToken(bob, name)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(endToken(owner, 'bob', name)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(listTokens(bob, 'ana')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await listTokens(bob)).toEqual([])
  expect(JSON.stringify(await listTokens(ana))).not.toContain(key)
  expect((await listSessions(owner)).map(({ account }) => account)).not.toContain(name)
  const far = new Date(Date.now() + 400 * 86_400_000).toISOString()
  const wanted = { token: newToken().name, key, label: 'script', expires: far, albums: null }
  await expect(createToken(ana, wanted)).rejects.toMatchObject({ code: 'INVALID' })
  for (let n = 1; n < 20; n++) await tokenOf(gallery, ana)
  await expect(createToken(ana, { ...wanted, expires: soon() })).rejects.toMatchObject({ code: 'CONFLICT' })
  leave()
})

test('where no administrator is there a token waits, and counts once one is', async () => {
  const { gallery, owner, ana } = await setUp(() => () => undefined)
  const { name, key } = newToken()
  const wanted = { token: name, key, label: 'script', expires: soon(), albums: null }
  expect(await createToken(ana, wanted)).toBe('waiting')
  await expect(gallery.login(name, key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const again = keepPeople(owner)
  await expect.poll(() => gallery.login(name, key).then(titles, () => null)).toEqual(['Corsica', 'Harbour'])
  again()
})

test('a gallery with tokens is in order', async () => {
  const { gallery, owner, ana, corsica, leave } = await setUp()
  await tokenOf(gallery, ana, [corsica.album])
  await change(owner, [{ kind: 'trash', album: corsica.album, photos: corsica.photos.slice(0, 1) }])
  leave()
  const found = await checkGallery(owner, { repair: false, home: gallery.home })
  // The thumbnails of these photos are no pictures.
  expect(found.map(({ what }) => what)).toEqual(['thumbnails that were overwritten'])
})
