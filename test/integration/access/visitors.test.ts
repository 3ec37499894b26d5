import { expect, test } from 'vitest'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import { keysOfCollectionCopy } from '../../../src/core/access/collection-copies.ts'
import { publish } from '../../../src/core/access/grants.ts'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { verifyRights } from '../../../src/core/access/verify-acl.ts'
import { createShare } from '../../../src/core/access/shares.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { keysShownTo } from '../../../src/core/redis/keys.ts'
import { scanKeys } from '../../../src/core/redis/scan-keys.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { onRedis } from '../../../src/core/redis/errors.ts'
import { listCollections } from '../../../src/core/collections/collections.ts'
import { listTags } from '../../../src/core/photos/tags.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const view = (album: string) => ({ album, sort: 'taken', descending: false }) as const

const shownIds = async (session: Session, album: string) =>
  (await pageOfPhotos(session, view(album), 0, 100)).photos.map(({ id }) => id)

/** A public album of five photos, and a share link to it. */
const shown = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Harbour', 5)
  const link = { name: 'share~Abcd1234', key: newKey(), album, label: '', hasPassword: false }
  await publish(owner, album, true)
  await createShare(owner, { ...link, expires: '2090-01-01T00:00:00Z' })
  const visitors = [await gallery.guest(), await gallery.login(link.name, link.key)]
  return { gallery, owner, album, photos, visitors }
}

test('visitors are shown an album in step with every change of it, without what is rejected or removed', async () => {
  const { owner, album, photos, visitors } = await shown()
  const [first = '', second = '', third = ''] = photos
  const seen = async () => {
    const all = []
    for (const visitor of visitors) all.push(await shownIds(visitor, album))
    expect(all[1]).toEqual(all[0])
    return all[0]
  }
  const edit = (photo: string, field: 'flag' | 'title' | 'dated', to: string) =>
    change(owner, [{ kind: 'edit', album, field, values: [{ photo, to }] }])

  expect(await seen()).toEqual(photos)
  await edit(first, 'flag', 'reject')
  expect(await seen()).toEqual(photos.slice(1))
  await edit(first, 'flag', '')
  expect(await seen()).toEqual(photos)
  await change(owner, [{ kind: 'trash', album, photos: [second] }])
  expect(await seen()).toEqual(photos.toSpliced(1, 1))
  await change(owner, [{ kind: 'restore', album, photos: [second] }])
  await change(owner, [{ kind: 'tag', album, photos: [second, third], add: ['Sea/North'], remove: [] }])
  await edit(third, 'dated', '1999-01-01T00:00:00+00:00')
  expect(await seen()).toEqual([third, first, second, ...photos.slice(3)])
  for (const visitor of visitors) {
    expect(await listTags(visitor)).toEqual([{ tag: 'Sea/North', photos: 2 }])
    const tagged = { ...view(album), filter: { all: ['sea'] } }
    const { photos: found } = await pageOfPhotos(visitor, tagged, 0, 10)
    expect(found.map(({ id }) => id)).toEqual([third, second])
  }
  const { album: other } = await albumWithPhotos(owner, 'Elsewhere', 1)
  await change(owner, [{ kind: 'move', from: album, to: other, photos: [third] }])
  expect(await seen()).toEqual([first, second, ...photos.slice(3)])
  for (const visitor of visitors) expect(await listTags(visitor)).toEqual([{ tag: 'Sea/North', photos: 1 }])
  await change(owner, [{ kind: 'rename-albums', titles: [{ album, from: 'Harbour', to: 'The harbour' }] }])
  for (const visitor of visitors)
    expect(await listAlbums(visitor)).toMatchObject([{ title: 'The harbour', photos: 4 }])
})

test('of an album that is shown to nobody any more, no copy is left', async () => {
  const { owner, album } = await shown()
  const { redis, keys } = owner
  const copyOf = (audience: string) => redis.exists(keysShownTo(keys, audience).albumPhotos(album))
  expect(await redis.hlen(keys.shown)).toBe(2)
  await publish(owner, album, false)
  expect([await copyOf('guest'), await copyOf('share~Abcd1234')]).toEqual([0, 1])
  await change(owner, [{ kind: 'delete-album', album }])
  const left: string[] = []
  for await (const part of scanKeys(redis, `${keys.albumShown(album)}*`)) left.push(...part)
  expect(left).toEqual([])
  expect(await redis.hgetall(keys.shown)).toEqual({})
  await change(owner, [{ kind: 'restore-album', album }])
  expect(await copyOf('share~Abcd1234')).toBe(1)
})

test('a link and a public album that were made before there were copies show their photos once the gallery is opened', async () => {
  const { owner, album, photos, visitors } = await shown()
  const { redis, keys } = owner
  for await (const part of scanKeys(redis, `${keys.albumShown(album)}*`)) await redis.del(...part)
  await redis.del(keys.shown)
  for (const visitor of visitors) expect(await shownIds(visitor, album)).toEqual([])
  await onRedis(() => verifyRights(redis, keys, { account: 'owner', supervisorLogin: null }))
  for (const visitor of visitors) expect(await shownIds(visitor, album)).toEqual(photos)
})

test('the doctor tells of copies that say another thing than their album, and makes them anew', async () => {
  const { owner, album, photos, visitors } = await shown()
  const { redis, keys } = owner
  const [first = '', second = '', third = ''] = photos
  expect(await checkGallery(owner, { repair: false })).not.toContainEqual(
    expect.objectContaining({ what: expect.stringContaining('visitors') as string }),
  )
  const copy = keysShownTo(keys, 'guest')
  const spoils = [
    () => redis.hset(copy.photo(album, first), 'path', '/home/ana'),
    () => redis.hset(copy.photo(album, first), 'title', 'Another'),
    () => redis.zrem(copy.albumPhotos(album), second),
    () => redis.del(copy.photo(album, third)),
    () => redis.hset(copy.photo(album, 'Photo00001'), 'name', 'a.jpg'),
    () => redis.zadd(copy.albumTags(album), 3, 'sea'),
    () => redis.hset(copy.albumInfo(album), 'title', 'Another'),
    () => redis.hset(keys.albumShown(album), 'guest', 'place camera marks original'),
    () => redis.hset(keys.albumShown(album), 'share~Nobody12', 'place'),
  ]
  for (const spoil of spoils) {
    await spoil()
    const found = (await checkGallery(owner, { repair: true })).filter(({ what }) =>
      what.includes('visitors'),
    )
    expect(found, String(spoil)).toHaveLength(1)
    const left = await checkGallery(owner, { repair: false })
    expect(left.filter(({ what }) => what.includes('visitors'))).toEqual([])
    for (const visitor of visitors) expect(await shownIds(visitor, album)).toEqual(photos)
    expect(await redis.hget(copy.photo(album, first), 'path')).toBeNull()
  }
})

test('a visitor hears of what they see at once, and nothing of a change of what they do not', async () => {
  const { owner, album, photos, visitors } = await shown()
  const [first = '', second = ''] = photos
  const edit = (photo: string, field: 'rating' | 'flag' | 'title', to: string) =>
    change(owner, [{ kind: 'edit', album, field, values: [{ photo, to }] }])
  for (const [n, visitor] of visitors.entries()) {
    const stop = new AbortController()
    const events = followEvents(visitor, stop.signal)
    expect((await events.next()).value).toEqual({ kind: 'resync' })
    await edit(first, 'rating', String(3 + n))
    await edit(first, 'title', `Boat ${n}`)
    await edit(second, 'flag', 'reject')
    expect((await events.next()).value).toEqual({ kind: 'photos', album, what: 'edited', photos: [first] })
    expect((await events.next()).value).toEqual({ kind: 'photos', album, what: 'left', photos: [second] })
    await edit(second, 'flag', '')
    expect((await events.next()).value).toEqual({ kind: 'photos', album, what: 'arrived', photos: [second] })
    stop.abort()
  }
})

test('guests read what a public collection says of itself in step with it, in a copy that the doctor mends and that goes with the right', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Harbour', 2)
  await publish(owner, album, true)
  const { collection: id } = await change(owner, [{ kind: 'create-collection', title: 'Portfolio' }])
  const collection = id ?? ''
  await publish(owner, collection, true)
  const guest = await gallery.guest()
  const { redis, keys } = owner
  const copy = keysShownTo(keys, 'guest')
  const seen = async () =>
    (await listCollections(guest)).map(({ title, description }) => [title, description])

  const values = photos.map((photo) => ({ photo, at: null }))
  await change(owner, [
    { kind: 'collect', collection, values },
    { kind: 'describe-collection', collection, field: 'description', to: 'For the wall' },
  ])
  expect(await seen()).toEqual([['Portfolio', 'For the wall']])
  const events = await redis.xrange(copy.collectionEvents(collection), '-', '+')
  expect(events.map(([, fields]) => fields)).toEqual([
    ['what', 'collection-described'],
    ['what', 'collected'],
    ['what', 'collection-described'],
  ])
  expect(await findings(owner)).toEqual([])

  await redis.hset(copy.collectionInfo(collection), 'by', 'owner')
  const wrong = {
    what: 'copies for visitors that are not what they should be',
    example: `${collection} guest`,
  }
  expect(await findings(owner)).toMatchObject([wrong])
  await checkGallery(owner, { repair: true })
  expect(await redis.hget(copy.collectionInfo(collection), 'by')).toBeNull()
  expect(await findings(owner)).toEqual([])

  await publish(owner, collection, false)
  expect(await seen()).toEqual([])
  expect(await redis.exists(...keysOfCollectionCopy(keys, collection))).toBe(0)
  expect(await findings(owner)).toEqual([])
})
