import { expect, test } from 'vitest'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import { collectionsOf, listCollections } from '../../../src/core/collections/collections.ts'
import { pageOfPhotos, photoRefs } from '../../../src/core/photos/photos.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { SavedSearch } from '../../../src/shared/schemas/collection.ts'
import type { GalleryEvent } from '../../../src/shared/schemas/event.ts'
import type { PhotoQuery } from '../../../src/shared/schemas/photo.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const [one, two] = [await albumWithPhotos(owner, 'One', 4), await albumWithPhotos(owner, 'Two', 4)]
  return { gallery, owner, one, two }
}

const make = async (session: Session, title: string, search: SavedSearch) =>
  (await change(session, [{ kind: 'create-collection', title, search }])).collection ?? ''

const tag = (session: Session, album: string, photos: string[], add: string[], remove: string[] = []) =>
  change(session, [{ kind: 'tag', album, photos, add, remove }])

const rate = (session: Session, album: string, photo: string, to: string | null) =>
  change(session, [{ kind: 'edit', album, field: 'rating', values: [{ photo, to }] }])

const found = async (session: Session, collection: string, view: Partial<PhotoQuery> = {}) => {
  const query = { album: null, collection, sort: 'taken', descending: false, ...view } as const
  return (await photoRefs(session, query, 0, 100)).map((ref) => ref.split('/')[1] ?? '')
}

const counts = async (session: Session) =>
  Object.fromEntries((await listCollections(session)).map(({ title, photos }) => [title, photos]))

test('a smart album has the photos that its search finds, as they come to match and no longer do', async () => {
  const { owner, one, two } = await setUp()
  const [a = '', b = ''] = one.photos
  const [x = ''] = two.photos
  await tag(owner, one.album, [a, b], ['Sea'])
  await tag(owner, two.album, [x], ['Sea/Storm'])
  await rate(owner, two.album, x, '4')
  const sea = await make(owner, 'Sea', { album: null, filter: { all: ['sea'] } })
  const best = await make(owner, 'Best', { album: null, filter: { all: ['Sea'], rating: 3 } })
  const words = await make(owner, 'Words', { album: one.album, filter: { text: 'tag:sea' } })
  expect([await found(owner, sea), await found(owner, best), await found(owner, words)]).toEqual([
    [a, b, x],
    [x],
    [a, b],
  ])
  expect(await counts(owner)).toEqual({ Best: 1, Sea: 3, Words: 2 })
  await rate(owner, one.album, b, '5')
  await tag(owner, two.album, [x], [], ['Sea/Storm'])
  expect([await found(owner, sea), await found(owner, best)]).toEqual([[a, b], [b]])
  expect(await counts(owner)).toEqual({ Best: 1, Sea: 2, Words: 2 })
  await change(owner, [{ kind: 'trash', album: one.album, photos: [b] }])
  expect([await found(owner, best), await counts(owner)]).toEqual([[], { Best: 0, Sea: 1, Words: 1 }])
  await change(owner, [{ kind: 'rename-albums', titles: [{ album: one.album, from: 'One', to: 'Reef' }] }])
  const reef = await make(owner, 'Reef', { album: null, filter: { text: 'reef' } })
  expect([(await found(owner, reef)).length, (await counts(owner))['Reef']]).toEqual([3, 3])
  expect(await findings(owner)).toEqual([])
})

test('a smart album is looked at in every order, by pages, and a filter leaves some of it', async () => {
  const { owner, one, two } = await setUp()
  const [a = '', b = '', c = ''] = one.photos
  await tag(owner, one.album, [a, b, c], ['Sea'])
  await rate(owner, one.album, b, '5')
  await rate(owner, one.album, c, '3')
  const sea = await make(owner, 'Sea', { album: null, filter: { all: ['Sea'] } })
  expect(await found(owner, sea, { sort: 'manual' })).toEqual([c, b, a])
  expect(await found(owner, sea, { sort: 'rating', descending: true })).toEqual([b, c, a])
  expect(await found(owner, sea, { sort: 'name' })).toEqual([a, b, c])
  const query = { album: null, collection: sea, sort: 'taken', descending: true } as const
  const page = await pageOfPhotos(owner, query, 1, 1)
  expect([page.total, page.photos.map(({ id }) => id)]).toEqual([3, [b]])
  expect(await found(owner, sea, { filter: { rating: 4 } })).toEqual([b])
  const rated = await make(owner, 'Rated', { album: null, filter: { any: ['Sea'], rating: 3, text: '-x' } })
  expect(await found(owner, rated)).toEqual([b, c])
  expect(await found(owner, rated, { filter: { none: ['Sea'] } })).toEqual([])
  expect(await found(owner, rated, { filter: { text: 'one' } })).toEqual([b, c])
  expect(two.photos).toHaveLength(4)
})

test('a smart album is renamed, looks for something else and is removed, each undone and done again', async () => {
  const { gallery, owner, one } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  const [a = '', b = ''] = one.photos
  await tag(owner, one.album, [a], ['Sea'])
  await tag(owner, one.album, [b], ['Sand'])
  const search = { album: null, filter: { all: ['Sea'] } }
  const id = await make(owner, 'Sea', search)
  await grant(owner, 'ana', { [one.album]: 'read', [id]: 'modify' })
  const to = { album: one.album, filter: { all: ['Sand'] } }
  const changed = await change(ana, [{ kind: 'search-collection', collection: id, to, from: search }])
  expect(await found(ana, id)).toEqual([b])
  const back = await change(ana, changed.undo, 'strict')
  expect(await found(ana, id)).toEqual([a])
  await change(ana, back.undo, 'strict')
  expect((await listCollections(ana)).map(({ smart, search: own }) => [smart, own])).toEqual([[true, to]])
  await expect(change(ana, changed.undo, 'strict')).resolves.toMatchObject({ changed: 1 })
  await expect(
    change(ana, [{ kind: 'search-collection', collection: id, to: search, from: to }], 'strict'),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  const removed = await change(owner, [{ kind: 'delete-collection', collection: id }])
  expect(await listCollections(ana)).toEqual([])
  await change(owner, removed.undo, 'strict')
  expect((await listCollections(ana)).map(({ title, photos }) => [title, photos])).toEqual([['Sea', 1]])
})

test('a smart album takes no photos by hand, and no other collection gets a search', async () => {
  const { owner, one } = await setUp()
  const [a = ''] = one.photos
  const smart = await make(owner, 'Sea', { album: null, filter: { all: ['Sea'] } })
  const plain = (await change(owner, [{ kind: 'create-collection', title: 'Prints' }])).collection ?? ''
  await expect(
    change(owner, [{ kind: 'collect', collection: smart, values: [{ photo: a, at: null }] }]),
  ).rejects.toMatchObject({ code: 'INVALID' })
  await expect(
    change(owner, [{ kind: 'search-collection', collection: plain, to: { album: null, filter: {} } }]),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await tag(owner, one.album, [a], ['Sea'])
  expect([await collectionsOf(owner, a), await found(owner, smart)]).toEqual([[smart], [a]])
})

test('a photo is told to be in the smart albums that find it, as far as the caller may see them and the album that they look through', async () => {
  const { gallery, owner, one, two } = await setUp()
  const [a = ''] = one.photos
  await tag(owner, one.album, [a], ['Sea'])
  const sea = { filter: { all: ['Sea'] } }
  const everywhere = await make(owner, 'Sea', { album: null, ...sea })
  const here = await make(owner, 'Sea here', { album: one.album, ...sea })
  await make(owner, 'Sea elsewhere', { album: two.album, ...sea })
  await make(owner, 'Hills', { album: null, filter: { all: ['Hills'] } })
  expect((await collectionsOf(owner, a)).sort()).toEqual([everywhere, here].sort())
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [here]: 'read' })
  expect(await collectionsOf(ana, a)).toEqual([])
  await grant(owner, 'ana', { [one.album]: 'read' })
  expect(await collectionsOf(ana, a)).toEqual([here])
})

test('an open window hears that a smart album looks for something else, and the record tells who did it', async () => {
  const { gallery, owner } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  const collection = await make(owner, 'Sea', { album: null, filter: { all: ['Sea'] } })
  await grant(owner, 'ana', { [collection]: 'read' })
  const stop = new AbortController()
  const heard: GalleryEvent[] = []
  const following = (async () => {
    for await (const event of followEvents(ana, stop.signal)) heard.push(event)
  })()
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(0)
  await change(owner, [{ kind: 'search-collection', collection, to: { album: null, filter: { rating: 5 } } }])
  await expect
    .poll(() => heard, { timeout: 20_000 })
    .toContainEqual({ kind: 'collections', collection, what: 'listed' })
  stop.abort()
  await following
  const [searched, created] = await listActivity(owner, null, 10)
  expect(searched).toMatchObject({
    ...{ what: 'collection-described', field: 'search', album: collection, to: 'Sea', proven: true },
  })
  expect(created).toMatchObject({ what: 'collection-created', album: collection, field: 'search' })
})
