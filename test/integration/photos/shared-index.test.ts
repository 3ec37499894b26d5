import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { countCameras } from '../../../src/core/photos/cameras.ts'
import { readForAll } from '../../../src/core/photos/shared-reader.ts'
import { listTags } from '../../../src/core/photos/tags.ts'
import { photoRefs } from '../../../src/core/photos/photos.ts'
import type { PhotoSort } from '../../../src/shared/schemas/photo.ts'
import { startGallery } from '../../support/gallery.ts'
import { change, albumWithPhotos } from '../../support/organise.ts'
import { addAccount, grant } from '../../support/accounts.ts'

const view = (album: string | null, sort: PhotoSort) => ({ album, sort, descending: false })
const refsOf = (session: Session, album: string | null, sort: PhotoSort = 'name') =>
  photoRefs(session, view(album, sort), 0, 200_000)

const start = async (count: number) => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', count)
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'read' })
  return { gallery, owner, ana, album, photos }
}

/** How often Redis has read records of photos. */
const recordsRead = async ({ redis }: Session) =>
  Number(/cmdstat_hmget:calls=(\d+)/.exec((await redis.call('INFO', 'commandstats')) as string)?.[1] ?? 0)

test('sessions of several accounts share one reading of an album, and each change is read once', async () => {
  const { gallery, owner, ana, album, photos } = await start(1500)
  const begun = await recordsRead(owner)
  expect(await refsOf(owner, album)).toHaveLength(1500)
  const once = await recordsRead(owner)
  expect(once - begun).toBeGreaterThanOrEqual(1500)
  expect(await refsOf(ana, album)).toHaveLength(1500)
  expect(await refsOf(await gallery.selfAgain(), album, 'rating')).toHaveLength(1500)
  await Promise.all([refsOf(ana, album, 'added'), refsOf(owner, null, 'manual'), countCameras(ana, album)])
  expect((await recordsRead(owner)) - once).toBeLessThan(10)
  await change(owner, [{ kind: 'trash', album, photos: photos.slice(0, 1) }])
  const changed = await recordsRead(owner)
  expect(await refsOf(owner, album)).toHaveLength(1499)
  expect(await refsOf(ana, album)).toHaveLength(1499)
  expect((await recordsRead(owner)) - changed).toBeLessThan(10)
})

test('two callers that ask at once for what was not read yet share that reading', async () => {
  const { owner, ana, album } = await start(1500)
  const begun = await recordsRead(owner)
  const [own, hers] = await Promise.all([refsOf(owner, album), refsOf(ana, album, 'rating')])
  expect([own.length, hers.length]).toEqual([1500, 1500])
  expect((await recordsRead(owner)) - begun).toBeLessThan(1600)
})

test('a caller who may not read an album gets nothing of it, though others have read it in this process', async () => {
  const { gallery, owner, ana, album } = await start(20)
  const { session: bob } = await addAccount(gallery, owner, 'bob')
  const guest = await gallery.guest()
  expect(await refsOf(owner, album)).toHaveLength(20)
  for (const other of [bob, guest])
    for (const sort of ['name', 'manual', 'taken'] as const) {
      await expect(refsOf(other, album, sort)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(countCameras(other, album)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  expect(await refsOf(ana, album)).toHaveLength(20)
  expect(await refsOf(ana, null, 'rating')).toHaveLength(20)
  await grant(owner, 'ana', { [album]: 'none' })
  for (const sort of ['name', 'rating', 'manual', 'taken'] as const)
    await expect(refsOf(ana, album, sort)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(countCameras(ana, album)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await refsOf(ana, null, 'rating')).toEqual([])
  expect(await listAlbums(ana)).toEqual([])
})

test('a right that is taken while another session reads the album is refused all the same', async () => {
  const { owner, ana, album } = await start(6000)
  const reading = refsOf(owner, album)
  const refused = expect(refsOf(ana, album)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await grant(owner, 'ana', { [album]: 'none' })
  await refused
  expect(await reading).toHaveLength(6000)
})

test('what is shared is read by the session that reads for all, and given to those alone who may read it', async () => {
  const { gallery, owner, ana, album } = await start(20)
  readForAll(ana) // may not read every album
  readForAll(await gallery.selfAgain())
  const { session: bob } = await addAccount(gallery, owner, 'bob')
  for (const ask of [refsOf, countCameras])
    await expect(ask(bob, album)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await refsOf(ana, album)).toHaveLength(20)
  await grant(owner, 'ana', { [album]: 'none' })
  await expect(refsOf(ana, album)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await listTags(ana)).length).toBe(0)
})
