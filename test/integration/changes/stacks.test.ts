import { expect, test } from 'vitest'
import { emptyTrash } from '../../../src/core/photos/trash.ts'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { pageOfPhotos, photoRefs, showPhoto } from '../../../src/core/photos/photos.ts'
import { locatePhotos } from '../../../src/core/photos/locate.ts'
import { behindOf } from '../../../src/core/stacks/stack-record.ts'
import { tagNames } from '../../../src/core/photos/tags.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { EditField } from '../../../src/shared/schemas/change.ts'
import type { PhotoFilter, PhotoSort } from '../../../src/shared/schemas/photo.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const begin = async (count = 4) => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const { album, photos } = await albumWithPhotos(session, 'Corsica', count)
  const [a = '', b = '', c = '', d = ''] = photos
  return { gallery, session, album, photos, a, b, c, d }
}

const shown = async (
  session: Session,
  album: string | null,
  { filter, sort = 'taken' }: { filter?: PhotoFilter; sort?: PhotoSort } = {},
) => {
  const view = { album, sort, descending: false, ...(filter ? { filter } : {}) }
  return (await photoRefs(session, view, 0, 1000)).map((ref) => ref.split('/')[1])
}

const behind = async (session: Session, album: string, lead: string) =>
  (await behindOf(session, album, [lead]))[0]?.map(({ id }) => id)

const edit = (session: Session, album: string, photo: string, field: EditField, to: string | null) =>
  change(session, [{ kind: 'edit', album, field, values: [{ photo, to }] }])

test('a stack is one photo in every order, count, tag and filter, and comes apart as it was', async () => {
  const { session, album, a, b, c, d } = await begin()
  await change(session, [{ kind: 'tag', album, photos: [b], add: ['Été/Sea'], remove: [] }])
  await edit(session, album, b, 'rating', '4')
  const done = await change(session, [{ kind: 'stack', album, lead: a, photos: [b, c] }])
  expect(done).toMatchObject({ changed: 2, skipped: 0 })
  for (const sort of ['taken', 'name', 'added', 'rating', 'manual'] as const)
    expect(new Set(await shown(session, album, { sort }))).toEqual(new Set([a, d]))
  expect(await shown(session, null, { filter: { all: ['été'] } })).toEqual([])
  expect(await shown(session, null, { filter: { rating: 1 } })).toEqual([])
  const page = await pageOfPhotos(session, { album, sort: 'taken', descending: false }, 0, 100)
  expect(page.total).toBe(2)
  expect(page.photos[0]?.stack).toEqual({ kind: 'files', files: 3, formats: ['JPEG'], film: null })
  expect(page.photos[1]?.stack).toBeNull()
  expect(await findings(session)).toEqual([])
  await change(session, done.undo, 'strict')
  expect(await shown(session, album)).toEqual([a, b, c, d])
  expect(await shown(session, null, { filter: { all: ['été/sea'] } })).toEqual([b])
  expect(await tagNames(session, [album], ['été/sea'])).toEqual(new Map([['été/sea', 'Été/Sea']]))
  expect(await showPhoto(session, album, b)).toMatchObject({ rating: 4, tags: ['Été/Sea'] })
  expect(await findings(session)).toEqual([])
})

test('what is done to a stack is done to each of its files, and undone for each as it was', async () => {
  const { session, album, a, b, c } = await begin()
  await edit(session, album, b, 'rating', '2')
  await change(session, [{ kind: 'tag', album, photos: [b], add: ['Own'], remove: [] }])
  const stacked = await change(session, [{ kind: 'stack', album, lead: a, photos: [b, c] }])
  const rated = await edit(session, album, a, 'rating', '5')
  const titled = await edit(session, album, a, 'title', 'Harbour')
  const dated = await edit(session, album, a, 'dated', '2001-02-03T04:05:06+00:00')
  const tagged = await change(session, [{ kind: 'tag', album, photos: [a], add: ['Own', 'Sea'], remove: [] }])
  expect([rated, titled, dated, tagged].map(({ changed }) => changed)).toEqual([1, 1, 1, 1])
  for (const photo of [a, b, c])
    expect(await showPhoto(session, album, photo)).toMatchObject({
      rating: 5,
      title: 'Harbour',
      takenAt: '2001-02-03T04:05:06+00:00',
      tags: ['Own', 'Sea'],
    })
  expect(await findings(session)).toEqual([])
  for (const { undo } of [tagged, dated, titled, rated, stacked]) await change(session, undo, 'strict')
  expect(await showPhoto(session, album, a)).toMatchObject({ rating: 0, tags: [], dated: false })
  expect(await showPhoto(session, album, b)).toMatchObject({ rating: 2, tags: ['Own'], dated: false })
  expect(await showPhoto(session, album, c)).toMatchObject({ rating: 0, tags: [], dated: false })
  expect(await findings(session)).toEqual([])
  await change(session, [{ kind: 'stack', album, lead: a, photos: [b, c] }])
  await edit(session, album, a, 'dated', '2001-02-03T04:05:06+00:00')
  await edit(session, album, a, 'dated', null)
  expect(await findings(session)).toEqual([])
})

test('a stack moves, goes to the trash, comes back and is deleted as one', async () => {
  const { session, album, a, b, c, d } = await begin()
  const studio = await albumWithPhotos(session, 'Studio', 1)
  await change(session, [
    { kind: 'tag', album, photos: [a, b], add: ['Sea'], remove: [] },
    { kind: 'stack', album, lead: a, photos: [b] },
  ])
  const moved = await change(session, [{ kind: 'move', from: album, to: studio.album, photos: [a, c] }])
  expect(moved.changed).toBe(2)
  expect(new Set(await shown(session, studio.album))).toEqual(new Set([a, c, ...studio.photos]))
  expect(await behind(session, studio.album, a)).toEqual([b])
  expect(await locatePhotos(session, [b])).toEqual([{ photo: b, album: studio.album, trashed: false }])
  expect(await findings(session)).toEqual([])
  await change(session, moved.undo, 'strict')
  expect(await shown(session, album)).toEqual([a, c, d])
  expect(await behind(session, album, a)).toEqual([b])
  const trashed = await change(session, [{ kind: 'trash', album, photos: [a] }])
  expect(await shown(session, album)).toEqual([c, d])
  expect(await findings(session)).toEqual([])
  await change(session, trashed.undo, 'strict')
  expect(await shown(session, album)).toEqual([a, c, d])
  expect(await behind(session, album, a)).toEqual([b])
  await change(session, [{ kind: 'trash', album, photos: [a] }])
  await emptyTrash(session, undefined)
  expect(await locatePhotos(session, [a, b])).toEqual([])
  expect(await findings(session)).toEqual([])
})

test('another one shows instead, with what was entered, in the place and as the cover of the first', async () => {
  const { session, album, a, b, c, d } = await begin()
  await edit(session, album, a, 'rating', '3')
  await edit(session, album, a, 'rank', 'a5')
  await change(session, [
    { kind: 'describe-album', album, field: 'cover', to: a },
    { kind: 'tag', album, photos: [a], add: ['Sea'], remove: [] },
    { kind: 'stack', album, lead: a, photos: [b, c] },
  ])
  const done = await change(session, [{ kind: 'lead', album, photo: b }])
  expect(await shown(session, album)).toEqual([b, d])
  expect((await shown(session, album, { sort: 'manual' }))[0]).toBe(b)
  expect(await showPhoto(session, album, b)).toMatchObject({ rating: 3, tags: ['Sea'] })
  expect(await shown(session, null, { filter: { all: ['sea'] } })).toEqual([b])
  expect(new Set(await behind(session, album, b))).toEqual(new Set([a, c]))
  expect(await session.redis.hget(session.keys.albumInfo(album), 'cover')).toBe(b)
  expect(await findings(session)).toEqual([])
  await change(session, done.undo, 'strict')
  expect(await shown(session, album)).toEqual([a, d])
  expect(await findings(session)).toEqual([])
  expect(await change(session, [{ kind: 'lead', album, photo: d }])).toMatchObject({ changed: 0, skipped: 1 })
  await expect(change(session, [{ kind: 'lead', album, photo: d }], 'strict')).rejects.toThrow()
})

test('a stack put behind another photo is one stack with it, and comes back as a stack', async () => {
  const { session, album, a, b, c, d } = await begin()
  await change(session, [{ kind: 'stack', album, lead: b, photos: [c] }])
  const done = await change(session, [{ kind: 'stack', album, lead: a, photos: [b, d] }])
  expect(await shown(session, album)).toEqual([a])
  expect(new Set(await behind(session, album, a))).toEqual(new Set([b, c, d]))
  await change(session, done.undo, 'strict')
  expect(await shown(session, album)).toEqual([a, b, d])
  expect(await behind(session, album, b)).toEqual([c])
  expect(await findings(session)).toEqual([])
})

test('a stack has sixteen files at most', async () => {
  const { session, album, photos } = await begin(18)
  const [lead = '', ...others] = photos
  const stack = (some: string[]) => change(session, [{ kind: 'stack', album, lead, photos: some }])
  await expect(stack(others)).rejects.toThrow(/16/)
  expect(await stack(others.slice(0, 15))).toMatchObject({ changed: 15 })
  await expect(stack(others.slice(15))).rejects.toThrow(/16/)
  expect(await findings(session)).toEqual([])
})

test('what is written into the fields of stacks by hand harms nothing else, is counted and repaired', async () => {
  const { session, album, a, b, c, d } = await begin()
  await change(session, [{ kind: 'stack', album, lead: a, photos: [b] }])
  const { redis, keys } = session
  await redis.hset(keys.photo(album, c), 'stack', `${b} image/jpeg\n${d} image/jpeg\nnonsense`)
  await redis.hset(keys.photo(album, d), 'behind', a)
  await redis.hset(keys.photo(album, a), 'behind', a)
  await redis.zadd(keys.albumBehind(album), 5, 'no photo', 6, c)
  expect(await shown(session, album)).toEqual([a, c, d])
  await edit(session, album, c, 'rating', '1')
  expect(await showPhoto(session, album, b)).toMatchObject({ rating: 0 })
  expect(await showPhoto(session, album, d)).toMatchObject({ rating: 0 })
  const found = (await findings(session)).map(({ what }) => what)
  expect(found).toContain('stacks that do not hold together')
  await checkGallery(session, { repair: true })
  expect(await findings(session)).toEqual([])
  expect(new Set(await shown(session, album))).toEqual(new Set([a, b, c, d]))
  await redis.set(keys.albumBehind(album), 'no set')
  await change(session, [{ kind: 'stack', album, lead: a, photos: [b] }])
  expect(await shown(session, album)).toEqual([a, c, d])
})

test('a stack needs the right to modify the album, and a photo of it', async () => {
  const { gallery, session, album, a } = await begin()
  const other = await albumWithPhotos(session, 'Studio', 1)
  const [stranger = ''] = other.photos
  expect(await change(session, [{ kind: 'stack', album, lead: a, photos: [stranger] }])).toMatchObject({
    changed: 0,
    skipped: 1,
  })
  await expect(
    change(session, [{ kind: 'stack', album, lead: a, photos: [stranger] }], 'strict'),
  ).rejects.toThrow()
  const guest = await gallery.guest()
  await expect(change(guest, [{ kind: 'stack', album, lead: a, photos: [stranger] }])).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
