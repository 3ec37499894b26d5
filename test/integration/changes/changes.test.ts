import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { listPhotos, pageOfPhotos, showPhoto } from '../../../src/core/photos/photos.ts'
import { locatePhotos } from '../../../src/core/photos/locate.ts'
import { listTags, planTag, tagsOfPhotos } from '../../../src/core/photos/tags.ts'
import type { PhotoFilter } from '../../../src/shared/schemas/photo.ts'
import { startGallery } from '../../support/gallery.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'

const organise = async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const corsica = await albumWithPhotos(session, 'Corsica', 5)
  const studio = await albumWithPhotos(session, 'Studio', 2)
  return { gallery, session, corsica, studio }
}

const ids = async (session: Awaited<ReturnType<typeof organise>>['session'], album: string) =>
  (await listPhotos(session, album, 0, 1000)).map(({ id }) => id)

const find = async (
  session: Awaited<ReturnType<typeof organise>>['session'],
  filter: PhotoFilter,
  album: string | null = null,
) => {
  const view = { album, sort: 'taken' as const, descending: false, filter }
  const { total, photos } = await pageOfPhotos(session, view, 0, 500)
  expect(total).toBe(photos.length)
  return photos.map(({ id }) => id)
}

test('photos move with their tags, are in one album before and after, and come back', async () => {
  const { session, corsica, studio } = await organise()
  const moving = corsica.photos.slice(0, 3)
  await change(session, [
    { kind: 'tag', album: corsica.album, photos: moving, add: ['Sea/Waves', 'Été'], remove: [] },
  ])
  const done = await change(session, [
    { kind: 'move', from: corsica.album, to: studio.album, photos: moving },
  ])
  expect(done).toMatchObject({ changed: 3, skipped: 0 })
  expect(await ids(session, corsica.album)).toEqual(corsica.photos.slice(3))
  expect(new Set(await ids(session, studio.album))).toEqual(new Set([...moving, ...studio.photos]))
  expect((await showPhoto(session, studio.album, moving[0] ?? '')).tags).toEqual(['Sea/Waves', 'Été'])
  expect(await find(session, { all: ['sea'] })).toEqual(moving)
  expect(await find(session, { all: ['ÉTÉ'] }, corsica.album)).toEqual([])
  expect(await findings(session)).toEqual([])
  await change(session, done.undo, 'strict')
  expect(await ids(session, corsica.album)).toEqual(corsica.photos)
  expect(await find(session, { all: ['été'] }, corsica.album)).toEqual(moving)
  expect(await findings(session)).toEqual([])
})

test('a move finds what stands in the other album by whatever hand: all photos stay, or only that one, as was asked', async () => {
  const { session, corsica, studio } = await organise()
  const { redis, keys } = session
  const last = corsica.photos.at(-1) ?? ''
  await redis.hset(keys.photo(studio.album, last), 'name', 'By hand')
  const move = [{ kind: 'move' as const, from: corsica.album, to: studio.album, photos: corsica.photos }]
  const standing = () => redis.exists(...corsica.photos.map((photo) => keys.photo(corsica.album, photo)))
  for (const mode of ['check', 'strict'] as const) {
    await expect(change(session, move, mode), mode).rejects.toMatchObject({ code: 'CONFLICT' })
    expect([await standing(), await ids(session, corsica.album)], mode).toEqual([5, corsica.photos])
  }
  expect(await change(session, move)).toMatchObject({ changed: 4, skipped: 1 })
  expect(await ids(session, corsica.album)).toEqual([last])
  expect(await redis.hgetall(keys.photo(studio.album, last))).toEqual({ name: 'By hand' })
})

test('a move to the same album changes nothing, one to an album that is gone says so, and what has gone is left out', async () => {
  const { session, corsica, studio } = await organise()
  const { album, photos } = corsica
  expect(await change(session, [{ kind: 'move', from: album, to: album, photos }])).toMatchObject({
    changed: 0,
    undo: [],
  })
  await expect(
    change(session, [{ kind: 'move', from: album, to: 'owner~nowhere1', photos }]),
  ).rejects.toThrow(/not there/)
  await change(session, [{ kind: 'move', from: album, to: studio.album, photos: photos.slice(0, 2) }])
  expect(await change(session, [{ kind: 'move', from: album, to: studio.album, photos }])).toMatchObject({
    changed: 3,
    skipped: 2,
  })
  expect(await findings(session)).toEqual([])
})

test('tags that differ by case or composition are one, in the first spelling; a parent finds what its children find', async () => {
  const { session, corsica, studio } = await organise()
  const [a = '', b = '', c = ''] = corsica.photos
  const tag = (album: string, photos: string[], ...add: string[]) =>
    change(session, [{ kind: 'tag', album, photos, add, remove: [] }])
  await tag(corsica.album, [a], 'Birds/Héron')
  await tag(corsica.album, [b], 'birds/HE\u0301RON', ' Birds ')
  await tag(studio.album, studio.photos.slice(0, 1), 'BIRDS / héron')
  await tag(corsica.album, [c], 'Sea')
  expect(await listTags(session)).toEqual([
    { tag: 'Birds', photos: 3 },
    { tag: 'Birds/Héron', photos: 3 },
    { tag: 'Sea', photos: 1 },
  ])
  expect(await find(session, { all: ['birds'] })).toEqual([a, b, studio.photos[0]])
  expect(await find(session, { all: ['birds/héron'], none: ['Sea'] })).toEqual([a, b, studio.photos[0]])
  expect(await find(session, { any: ['sea', 'birds'] })).toHaveLength(4)
  expect(
    await tagsOfPhotos(
      session,
      [a, b, c].map((id) => `${corsica.album}/${id}`),
    ),
  ).toEqual([
    { tag: 'Birds', photos: 1 },
    { tag: 'Birds/Héron', photos: 2 },
    { tag: 'Sea', photos: 1 },
  ])
  expect(await findings(session)).toEqual([])
})

test('a tag is renamed with those below it, merges into another, and is respelled', async () => {
  const { session, corsica, studio } = await organise()
  const { album, photos } = corsica
  await change(session, [
    { kind: 'tag', album, photos, add: ['Bird/Heron'], remove: [] },
    { kind: 'tag', album, photos: photos.slice(0, 2), add: ['Birds'], remove: [] },
    { kind: 'tag', album: studio.album, photos: studio.photos, add: ['bird'], remove: [] },
  ])
  const renamed = await change(session, await planTag(session, 'BIRD', 'birds'))
  expect(await listTags(session)).toEqual([
    { tag: 'Birds', photos: 7 },
    { tag: 'Birds/Heron', photos: 5 },
  ])
  await change(session, renamed.undo, 'strict')
  expect((await listTags(session)).map(({ tag }) => tag)).toEqual(['Bird', 'Bird/Heron', 'Birds'])
  await change(session, await planTag(session, 'birds', 'BIRDS'))
  expect((await listTags(session)).map(({ tag }) => tag)).toEqual(['Bird', 'Bird/Heron', 'BIRDS'])
  await change(session, await planTag(session, 'bird', null))
  expect(await listTags(session)).toEqual([{ tag: 'BIRDS', photos: 2 }])
  expect(await findings(session)).toEqual([])
})

test('an undo that no longer fits says so and changes nothing', async () => {
  const { session, corsica, studio } = await organise()
  const { album, photos } = corsica
  const rated = await change(session, [
    { kind: 'edit', album, field: 'rating', values: photos.map((photo) => ({ photo, to: '4' })) },
  ])
  await change(session, [
    { kind: 'edit', album, field: 'rating', values: [{ photo: photos[4] ?? '', to: '1' }] },
  ])
  await expect(change(session, rated.undo, 'strict')).rejects.toMatchObject({ code: 'CONFLICT' })
  expect((await listPhotos(session, album, 0, 10)).map(({ rating }) => rating)).toEqual([4, 4, 4, 4, 1])
  const moved = await change(session, [{ kind: 'move', from: album, to: studio.album, photos }])
  await change(session, [{ kind: 'trash', album: studio.album, photos: photos.slice(2, 3) }])
  await expect(change(session, moved.undo, 'check')).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(change(session, moved.undo, 'strict')).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await ids(session, album)).toEqual([])
})

test('a date that is entered or shifted decides the order everywhere, and undone it is the file’s again', async () => {
  const { session, corsica } = await organise()
  const { album, photos } = corsica
  const [first = ''] = photos
  await change(session, [{ kind: 'tag', album, photos, add: ['sea'], remove: [] }])
  const dated = await change(session, [
    { kind: 'edit', album, field: 'dated', values: [{ photo: first, to: '2031-02-03T04:05:06+02:00' }] },
  ])
  expect(await ids(session, album)).toEqual([...photos.slice(1), first])
  expect(await find(session, { all: ['sea'] })).toEqual([...photos.slice(1), first])
  const shifted = await change(session, [{ kind: 'shift', album, photos: [first], minutes: -90 }])
  expect(await showPhoto(session, album, first)).toMatchObject({
    takenAt: '2031-02-03T02:35:06+02:00',
    dated: true,
  })
  expect(await find(session, { from: '2031-02-03', to: '2031-02-03' })).toEqual([first])
  await change(session, shifted.undo, 'strict')
  await change(session, dated.undo, 'strict')
  expect(await ids(session, album)).toEqual(photos)
  expect(await showPhoto(session, album, first)).toMatchObject({ dated: false })
  expect(await findings(session)).toEqual([])
})

test('the trash gives photos back to their album, or to a new one of its title where that was deleted', async () => {
  const { session, corsica, studio } = await organise()
  const { album, photos } = corsica
  const [first = '', second = '', third = ''] = photos
  await change(session, [{ kind: 'tag', album, photos: [first, second], add: ['Sea/Foam'], remove: [] }])
  await change(session, [{ kind: 'trash', album, photos: [first, second] }])
  expect(await listTags(session)).toEqual([])
  expect(await locatePhotos(session, [first, third])).toEqual([
    { photo: first, album, trashed: true },
    { photo: third, album, trashed: false },
  ])
  await change(session, [{ kind: 'restore', album, photos: [second] }])
  expect(await listTags(session)).toEqual([{ tag: 'Sea/Foam', photos: 1 }])
  await change(session, [{ kind: 'delete-album', album }])
  expect((await listAlbums(session)).map(({ title }) => title)).toEqual(['Studio'])
  expect(await locatePhotos(session, [third])).toEqual([{ photo: third, album, trashed: true }])
  const back = await change(session, [{ kind: 'restore', album, photos: [first] }])
  const albums = await listAlbums(session)
  expect(albums.map(({ title, photos }) => [title, photos])).toEqual([
    ['Corsica', 1],
    ['Studio', 2],
  ])
  expect(await ids(session, back.album ?? '')).toEqual([first])
  expect(await findings(session)).toEqual([])
  const restored = await change(session, [{ kind: 'restore-album', album }])
  expect(restored.album).toBe(album)
  expect((await listAlbums(session)).map(({ title, photos }) => [title, photos])).toEqual([
    ['Corsica', 1],
    ['Corsica (2)', 4],
    ['Studio', 2],
  ])
  expect(studio.photos).toHaveLength(2)
  expect(await findings(session)).toEqual([])
})

test('albums are made, renamed with their branch, described, and two never share a title', async () => {
  const { session, corsica, studio } = await organise()
  const made = await change(session, [{ kind: 'create-album', title: '2024/Été' }])
  await expect(change(session, [{ kind: 'create-album', title: '2024/ÉTÉ' }])).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  const rename = (album: string, from: string, to: string) => ({ album, from, to })
  await expect(
    change(session, [
      {
        kind: 'rename-albums',
        titles: [rename(corsica.album, 'Corsica', 'Islands'), rename(studio.album, 'Studio', '2024/été')],
      },
    ]),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  expect((await listAlbums(session)).map(({ title }) => title)).toEqual(['2024/Été', 'Corsica', 'Studio'])
  const swapped = await change(session, [
    {
      kind: 'rename-albums',
      titles: [rename(corsica.album, 'Corsica', 'Studio'), rename(studio.album, 'Studio', 'Corsica')],
    },
  ])
  await expect(
    change(session, [{ kind: 'rename-albums', titles: [rename(corsica.album, 'Corsica', 'Elsewhere')] }]),
  ).rejects.toThrow(/renamed this album to “Studio”/)
  await change(session, swapped.undo, 'strict')
  await change(session, [
    { kind: 'describe-album', album: corsica.album, field: 'description', to: 'Two weeks by boat' },
  ])
  expect((await listAlbums(session)).find(({ id }) => id === corsica.album)).toMatchObject({
    title: 'Corsica',
    description: 'Two weeks by boat',
    right: 'modify',
  })
  await change(session, made.undo, 'strict')
  expect((await listAlbums(session)).map(({ title }) => title)).toEqual(['Corsica', 'Studio'])
  expect(await findings(session)).toEqual([])
})

test('ratings, flags, labels, words and cameras filter, alone and together', async () => {
  const { session, corsica, studio } = await organise()
  const { album, photos } = corsica
  const [a = '', b = '', c = ''] = photos
  const edit = (field: 'rating' | 'flag' | 'label' | 'title' | 'caption', photo: string, to: string) =>
    change(session, [{ kind: 'edit', album, field, values: [{ photo, to }] }])
  await edit('rating', a, '5')
  await edit('rating', b, '3')
  await edit('flag', a, 'pick')
  await edit('flag', c, 'reject')
  await edit('label', b, 'green')
  await edit('title', c, 'Crème brûlée')
  expect(await find(session, { rating: 3 })).toEqual([a, b])
  expect(await find(session, { rating: 3, flag: 'pick' })).toEqual([a])
  expect(await find(session, { flag: 'none' }, studio.album)).toEqual(studio.photos)
  expect(await find(session, { label: 'green' })).toEqual([b])
  expect(await find(session, { text: 'BRULEE creme' })).toEqual([c])
  await edit('caption', c, 'at the harbour')
  expect(await find(session, { text: 'harbour' })).toEqual([c])
  expect(await find(session, { missing: true })).toEqual([])
  expect((await find(session, { camera: 'Camera 1' })).length).toBeGreaterThan(0)
  const byRating = { album, sort: 'rating' as const, descending: true }
  expect((await pageOfPhotos(session, byRating, 0, 2)).photos.map(({ id }) => id)).toEqual([a, b])
  await expect(edit('rating', a, '9')).rejects.toMatchObject({ code: 'INVALID' })
  await expect(edit('title', a, 'two\u0007bells')).rejects.toMatchObject({ code: 'INVALID' })
})
