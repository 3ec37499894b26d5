import { expect, onTestFinished, test, vi } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { countCameras } from '../../../src/core/photos/cameras.ts'
import { pageOfPhotos, showPhoto } from '../../../src/core/photos/photos.ts'
import { commonOfPhotos } from '../../../src/core/photos/common.ts'
import { setRights } from '../../../src/core/access/grants.ts'
import { KeptThumbs } from '../../../src/core/thumbnails/kept-thumbnails.ts'
import { viewThumb } from '../../../src/core/thumbnails/view-thumbnail.ts'
import { aclRules, administrator } from '../../../src/core/redis/acl/acl-rules.ts'
import { readForAll, watchedKeysOf } from '../../../src/core/photos/shared-reader.ts'
import { listTags } from '../../../src/core/photos/tags.ts'
import { PhotoQuery } from '../../../src/shared/schemas/photo.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

const all = PhotoQuery.parse({ album: null, sort: 'taken', descending: true })
/** As many as are kept for all sessions. */
const others = 30

/** A gallery of many albums, whose server hears of changes, and a member who may read them all. */
const start = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', 6)
  const ids = [album]
  for (let n = 0; n < others; n++) ids.push((await createAlbum(owner, { title: `Album ${n}` })).id)
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', Object.fromEntries(ids.map((id) => [id, 'read'] as const)))
  readForAll(await gallery.selfAgain())
  await expect.poll(() => watchedKeysOf(owner)).not.toBe(null)
  return { gallery, owner, ana, album, photos, ids }
}

/** Everything that is asked of all albums. */
const seen = async (session: Session) => {
  const { total, photos } = await pageOfPhotos(session, all, 0, 100)
  const named = await pageOfPhotos(session, { ...all, sort: 'name' }, 0, 100)
  const albums = await listAlbums(session)
  return {
    total,
    ids: photos.map(({ id }) => id).sort(),
    named: named.photos.map(({ id }) => id).sort(),
    titles: albums.map(({ title, photos: count }) => `${title} ${count}`),
    tags: await listTags(session),
    cameras: (await countCameras(session, null)).reduce((sum, camera) => sum + camera.photos, 0),
    last: (await listActivity(session, null, 1)).map(({ what }) => what),
  }
}

/** How often functions were called that read. */
const callsOf = async ({ redis }: Session) =>
  Number(/cmdstat_xrevrange:calls=(\d+)/.exec((await redis.call('INFO', 'commandstats')) as string)?.[1] ?? 0)

test('each change is seen at once by all, in whatever way it is made', async () => {
  const { owner, ana, album, photos, ids } = await start()
  expect((await seen(ana)).total).toBe(6)
  expect((await seen(owner)).total).toBe(6)
  await change(owner, [{ kind: 'move', from: album, to: ids[1] ?? '', photos: photos.slice(0, 2) }])
  expect((await seen(ana)).titles).toEqual(expect.arrayContaining(['Album 0 2', 'Corsica 4']))
  await change(owner, [{ kind: 'tag', album, photos: photos.slice(2, 4), add: ['Birds/Heron'], remove: [] }])
  expect((await seen(ana)).tags).toEqual([{ tag: 'Birds/Heron', photos: 2 }])
  await change(owner, [{ kind: 'tag', album, photos: photos.slice(4, 5), add: ['birds'], remove: [] }])
  expect((await seen(owner)).tags).toEqual([
    { tag: 'Birds', photos: 3 },
    { tag: 'Birds/Heron', photos: 2 },
  ])
  await change(owner, [{ kind: 'trash', album, photos: photos.slice(2, 3) }])
  for (const session of [owner, ana]) expect(await seen(session)).toMatchObject({ total: 5, cameras: 5 })
  expect((await seen(ana)).last).toEqual(['trashed'])
  // By hand, without any event.
  await owner.redis.hset(owner.keys.albumInfo(album), 'title', 'Elba')
  await owner.redis.zrem(owner.keys.albumPhotos(album), photos[5] ?? '')
  expect((await seen(ana)).titles).toEqual(expect.arrayContaining(['Elba 2']))
  expect(await seen(ana)).toMatchObject({ total: 4 })
})

test('many albums of which nothing was told are not read again', async () => {
  const { owner, ana, album, photos } = await start()
  for (const session of [owner, ana]) await seen(session)
  const begun = await callsOf(owner)
  for (const session of [owner, ana]) await seen(session)
  const again = await callsOf(owner)
  // Those of the account's own stream, of the registry and of what happened last.
  expect(again - begun).toBeLessThan(3 * others)
  await change(owner, [
    { kind: 'edit', album, field: 'title', values: [{ photo: photos[0] ?? '', to: 'Sea' }] },
  ])
  await pageOfPhotos(owner, all, 0, 10)
  expect((await callsOf(owner)) - again).toBeLessThan(15)
})

test('a right that is taken is gone from every list at once, and one that is given is there', async () => {
  const { gallery, owner, ana, album, ids } = await start()
  const { session: bob } = await addAccount(gallery, owner, 'bob')
  expect((await seen(ana)).total).toBe(6)
  await grant(owner, 'ana', { [album]: 'none' })
  const without = await seen(ana)
  expect(without).toMatchObject({ total: 0, cameras: 0, tags: [] })
  expect(without.titles).toHaveLength(others)
  for (const asked of [countCameras(ana, album), pageOfPhotos(ana, { ...all, album }, 0, 10)])
    await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await seen(bob)).toMatchObject({ total: 0, titles: [], last: [] })
  await grant(owner, 'bob', Object.fromEntries(ids.map((id) => [id, 'modify'] as const)))
  expect((await seen(bob)).total).toBe(6)
})

test('what is kept is refused to an account that Redis does not let read one of the albums, whatever its record says', async () => {
  const { owner, ana, album, ids } = await start()
  await seen(owner)
  const granted = (of: string[]) => new Map(of.map((id) => [id, 'read'] as const))
  const setByHand = (of: string[]) => {
    const rules = aclRules(owner.keys, { ...administrator('ana'), role: 'member', grants: granted(of) })
    return owner.redis.call('ACL', 'SETUSER', 'ana', ...rules)
  }
  await setByHand(ids.filter((id) => id !== album))
  for (const ask of [listAlbums, listTags, seen])
    await expect(ask(ana)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await setByHand(ids)
  expect((await seen(ana)).total).toBe(6)
})

test('records are read for an account with rights on many albums, and given to it once Redis has judged each album', async () => {
  const { owner, ana, album, photos, ids } = await start()
  const more: string[] = []
  for (let n = 0; n < 100; n++) more.push((await createAlbum(owner, { title: `More ${n}` })).id)
  await grant(owner, 'ana', Object.fromEntries(more.map((id) => [id, 'read'] as const)))
  await listAlbums(ana)
  const [photo = ''] = photos
  const sent = vi.spyOn(ana.redis, 'sendCommand')
  expect(await showPhoto(ana, album, photo)).toMatchObject({ id: photo, album })
  expect((await pageOfPhotos(ana, { ...all, album }, 0, 10)).photos).toHaveLength(6)
  const words = sent.mock.calls.flatMap(([command]) => command.args.map(String))
  sent.mockRestore()
  expect(words).toContain(owner.keys.albumEvents(album))
  expect(words).not.toContain(owner.keys.photo(album, photo))
  // Taken by hand, which nothing tells of.
  const others = [...ids, ...more].filter((id) => id !== album)
  const granted = new Map(others.map((id) => [id, 'read'] as const))
  const rules = aclRules(owner.keys, { ...administrator('ana'), role: 'member', grants: granted })
  await owner.redis.call('ACL', 'SETUSER', 'ana', ...rules)
  for (const asked of [
    () => showPhoto(ana, album, photo),
    () => commonOfPhotos(ana, [`${album}/${photo}`]),
    () => pageOfPhotos(ana, { ...all, album }, 0, 10),
  ])
    await expect(asked()).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a window hears of each album that it may read, of new ones, and of none whose right was taken', async () => {
  const { owner, ana, album, photos, ids } = await start()
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const events = followEvents(ana, ended.signal)
  const next = async (): Promise<unknown> => (await events.next()).value
  expect(await next()).toEqual({ kind: 'resync' })
  const titled = (to: string, n = 0) =>
    change(owner, [{ kind: 'edit', album, field: 'title', values: [{ photo: photos[n] ?? '', to }] }])
  await titled('Sea')
  expect(await next()).toMatchObject({ kind: 'photos', album, what: 'edited', photos: [photos[0]] })
  await titled('Rock', 1)
  await titled('Reef', 2)
  expect(await next()).toMatchObject({ photos: [photos[1]] })
  expect(await next()).toMatchObject({ photos: [photos[2]] })
  await grant(owner, 'ana', { [album]: 'none' })
  expect(await next()).toEqual({ kind: 'resync' })
  await titled('Cliff')
  await change(owner, [{ kind: 'describe-album', album: ids[2] ?? '', field: 'description', to: 'Quiet' }])
  expect(await next()).toEqual({ kind: 'albums', album: ids[2] })
  await grant(owner, 'ana', { [album]: 'read' })
  expect(await next()).toEqual({ kind: 'resync' })
})

test('what hears of changes begins anew when its connection is cut, and nothing of before is believed', async () => {
  const { owner, ana, album, photos, ids } = await start()
  await seen(ana)
  const list = (await owner.redis.call('CLIENT', 'LIST')) as string
  const id = /^id=(\d+) .*flags=\S*P/m.exec(list)?.[1] ?? ''
  expect(id).not.toBe('')
  await owner.redis.call('CLIENT', 'KILL', 'ID', id)
  await change(owner, [{ kind: 'move', from: album, to: ids[1] ?? '', photos: photos.slice(0, 2) }])
  expect((await seen(ana)).titles).toEqual(expect.arrayContaining(['Album 0 2', 'Corsica 4']))
  await expect.poll(() => watchedKeysOf(owner)).not.toBe(null)
  await change(owner, [{ kind: 'move', from: album, to: ids[1] ?? '', photos: photos.slice(2, 3) }])
  expect((await seen(ana)).titles).toEqual(expect.arrayContaining(['Album 0 3', 'Corsica 3']))
})

test('a guest is shown a thumbnail that is kept as long as its photo shows it and may be read', async () => {
  const { gallery, owner, album, photos } = await start()
  const guest = await gallery.guest()
  const [kept, photo = '', other = ''] = [new KeptThumbs(), photos[0], photos[1]]
  const thumb = async (of: string) => (await owner.redis.hget(owner.keys.photo(album, of), 'thumb')) ?? ''
  const name = await thumb(photo)
  kept.keep(name, Buffer.from('kept'))
  const asked = (of: string) => viewThumb(guest, kept, name, { album, photo: of })
  expect(await asked(photo)).toBe('hidden')
  await setRights(owner, [{ subject: 'guest', album, right: 'read' }])
  expect(String(await asked(photo))).toBe('kept')
  expect(await asked(other)).toBe('hidden')
  await change(owner, [{ kind: 'trash', album, photos: [photo] }])
  expect(await asked(photo)).toBe('hidden')
  await change(owner, [{ kind: 'restore', album, photos: [photo] }])
  expect(String(await asked(photo))).toBe('kept')
  // What guests are shown of the photo.
  const shown = guest.keys.photo(album, photo)
  await owner.redis.hset(shown, 'thumb', await thumb(other))
  expect(await asked(photo)).toBe('hidden')
  await owner.redis.hset(shown, 'thumb', name)
  expect(String(await asked(photo))).toBe('kept')
  await setRights(owner, [{ subject: 'guest', album, right: 'none' }])
  expect(await asked(photo)).toBe('hidden')
})
