import { expect, test } from 'vitest'
import { applyRights } from '../../../src/core/access/apply-acl.ts'
import { publish } from '../../../src/core/access/grants.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { listTags, planTag } from '../../../src/core/photos/tags.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import { startGallery } from '../../support/gallery.ts'
import { change, albumWithPhotos } from '../../support/organise.ts'

/** Ana may modify Corsica, read Studio, and knows nothing of Secret; Studio is public. */
const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { redis, keys } = owner
  const [corsica, studio, secret] = [
    await albumWithPhotos(owner, 'Corsica', 4),
    await albumWithPhotos(owner, 'Studio', 3),
    await albumWithPhotos(owner, 'Secret', 2),
  ]
  for (const { album, photos } of [corsica, studio, secret])
    await change(owner, [{ kind: 'tag', album, photos, add: ['Sea'], remove: [] }])
  await change(owner, [
    { kind: 'tag', album: secret.album, photos: secret.photos, add: ['Hidden'], remove: [] },
  ])
  const key = await deriveKey(gallery.id, 'ana', 'correct horse')
  await redis.hset(keys.account('ana'), { displayName: 'Ana', role: 'member' })
  await redis.sadd(keys.users, 'ana')
  await redis.hset(keys.grants('ana'), { [corsica.album]: 'modify', [studio.album]: 'read' })
  await redis.call('ACL', 'SETUSER', 'ana', 'on', `>${key}`)
  await applyRights(redis, keys)
  await publish(owner, studio.album, true)
  return {
    owner,
    ana: await gallery.login('ana', key),
    guest: await gallery.guest(),
    corsica,
    studio,
    secret,
  }
}

const view = { album: null, sort: 'taken' as const, descending: true, filter: { all: ['sea'] } }
const total = async (session: Session) => (await pageOfPhotos(session, view, 0, 10)).total

test('tags, counts and activity are those of the albums that one may read', async () => {
  const { owner, ana, guest } = await setUp()
  expect([await total(owner), await total(ana), await total(guest)]).toEqual([9, 7, 3])
  expect(await listTags(ana)).toEqual([{ tag: 'Sea', photos: 7 }])
  expect(await listTags(guest)).toEqual([{ tag: 'Sea', photos: 3 }])
  expect((await listAlbums(ana)).map(({ title, right }) => [title, right])).toEqual([
    ['Corsica', 'modify'],
    ['Studio', 'read'],
  ])
  const happened = await listActivity(ana, null, 100)
  expect(new Set(happened.map(({ what }) => what))).toEqual(new Set(['added', 'tagged']))
  expect(JSON.stringify(happened)).not.toContain('Hidden')
})

test('Redis refuses every change of an album that one may not modify, and nothing of it is done', async () => {
  const { owner, ana, guest, corsica, studio, secret } = await setUp()
  const [album, photos] = [studio.album, studio.photos]
  const refused: Change[] = [
    { kind: 'move', from: album, to: corsica.album, photos },
    { kind: 'move', from: corsica.album, to: album, photos: corsica.photos },
    { kind: 'move', from: corsica.album, to: secret.album, photos: corsica.photos },
    { kind: 'tag', album, photos, add: ['Mine'], remove: [] },
    { kind: 'edit', album, field: 'rating', values: photos.map((photo) => ({ photo, to: '5' })) },
    {
      kind: 'edit',
      album,
      field: 'dated',
      values: photos.map((photo) => ({ photo, to: '2020-01-01T00:00:00Z' })),
    },
    { kind: 'shift', album, photos, minutes: 5 },
    { kind: 'turn', album, photos, quarters: 1 },
    { kind: 'trash', album, photos },
    { kind: 'restore', album, photos },
    { kind: 'describe-album', album, field: 'description', to: 'mine' },
    { kind: 'rename-albums', titles: [{ album, from: 'Studio', to: 'Mine' }] },
    { kind: 'delete-album', album },
    { kind: 'restore-album', album },
    { kind: 'create-album', title: 'Mine' },
  ]
  for (const wanted of refused)
    for (const session of [ana, guest])
      await expect(change(session, [wanted]), JSON.stringify(wanted)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
  expect((await listAlbums(owner)).map(({ title, photos }) => [title, photos])).toEqual([
    ['Corsica', 4],
    ['Secret', 2],
    ['Studio', 3],
  ])
  expect(await listTags(owner)).toEqual([
    { tag: 'Hidden', photos: 2 },
    { tag: 'Sea', photos: 9 },
  ])
})

test('a tag is renamed where one may modify, and stays as it was elsewhere', async () => {
  const { owner, ana } = await setUp()
  await change(ana, await planTag(ana, 'sea', 'Mer'))
  expect(await listTags(ana)).toEqual([
    { tag: 'Mer', photos: 4 },
    { tag: 'Sea', photos: 3 },
  ])
  expect(await listTags(owner)).toEqual([
    { tag: 'Hidden', photos: 2 },
    { tag: 'Mer', photos: 4 },
    { tag: 'Sea', photos: 5 },
  ])
})

test('a move between albums of which one is hidden tells its readers no more than that photos left', async () => {
  const { owner, ana, corsica, secret } = await setUp()
  await change(owner, [
    { kind: 'move', from: corsica.album, to: secret.album, photos: corsica.photos.slice(0, 2) },
  ])
  const [last] = await listActivity(ana, null, 1)
  expect(last).toMatchObject({ what: 'left', album: corsica.album, photos: 2, fromAlbum: null })
  expect(JSON.stringify(await ana.redis.xrange(ana.keys.albumEvents(corsica.album), '-', '+'))).not.toContain(
    secret.album,
  )
  const [seen] = await listActivity(owner, null, 1)
  expect(seen).toMatchObject({ what: 'arrived', album: secret.album, fromAlbum: corsica.album, photos: 2 })
})

test('who did something is told by name to administrators, who may read the accounts', async () => {
  const { owner, ana, corsica } = await setUp()
  await change(ana, [{ kind: 'trash', album: corsica.album, photos: corsica.photos.slice(0, 1) }])
  expect((await listActivity(owner, null, 1))[0]).toMatchObject({ by: 'ana', byName: 'Ana' })
  expect((await listActivity(ana, null, 1))[0]).toMatchObject({ by: 'ana', byName: null })
})

test('rights on an album go with it into the trash and come back with it', async () => {
  const { owner, ana, guest, studio } = await setUp()
  const deleted = await change(owner, [{ kind: 'delete-album', album: studio.album }])
  expect((await listAlbums(ana)).map(({ title }) => title)).toEqual(['Corsica'])
  expect(await listAlbums(guest)).toEqual([])
  await expect(guest.redis.zcard(guest.keys.albumPhotos(studio.album))).rejects.toThrow(/NOPERM/)
  await change(owner, deleted.undo, 'strict')
  expect((await listAlbums(ana)).map(({ title, right }) => [title, right])).toEqual([
    ['Corsica', 'modify'],
    ['Studio', 'read'],
  ])
  expect((await listAlbums(guest)).map(({ title }) => title)).toEqual(['Studio'])
})
