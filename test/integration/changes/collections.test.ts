import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import { collectionsOf, listCollections } from '../../../src/core/collections/collections.ts'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { photoRefs } from '../../../src/core/photos/photos.ts'
import { emptyTrash, purgeOld, trashLifeMs } from '../../../src/core/photos/trash.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import type { GalleryEvent } from '../../../src/shared/schemas/event.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const [one, two] = [await albumWithPhotos(owner, 'One', 4), await albumWithPhotos(owner, 'Two', 4)]
  const made = await change(owner, [{ kind: 'create-collection', title: 'Portfolio' }])
  return { gallery, owner, one, two, collection: made.collection ?? '' }
}

const collect = (collection: string, photos: string[]): Change => ({
  kind: 'collect',
  collection,
  values: photos.map((photo) => ({ photo, at: null })),
})

const orderIn = async (session: Session, collection: string) => {
  const view = { album: null, collection, sort: 'manual', descending: false } as const
  return (await photoRefs(session, view, 0, 20_000)).map((ref) => ref.split('/')[1] ?? '')
}

test('a photo stands in any number of collections and stays in its album, and each is put in order by hand', async () => {
  const { owner, one, two, collection } = await setUp()
  const [a = '', b = '', c = ''] = one.photos
  const [x = '', y = ''] = two.photos
  const prints = (await change(owner, [{ kind: 'create-collection', title: 'Prints' }])).collection ?? ''
  await change(owner, [collect(collection, [a, x, b]), collect(prints, [x])])
  expect(await orderIn(owner, collection)).toEqual([a, x, b])
  expect((await collectionsOf(owner, x)).toSorted()).toEqual([collection, prints].toSorted())
  await change(owner, [{ kind: 'arrange', collection, photos: [b], after: null, before: a }])
  await change(owner, [collect(collection, [y, a, c])])
  expect(await orderIn(owner, collection)).toEqual([b, a, x, y, c])
  await change(owner, [{ kind: 'arrange', collection, photos: [c, b], after: a, before: x }])
  expect(await orderIn(owner, collection)).toEqual([a, c, b, x, y])
  await change(owner, [{ kind: 'arrange', collection, photos: [a], after: y, before: null }])
  expect(await orderIn(owner, collection)).toEqual([c, b, x, y, a])
  await change(owner, [{ kind: 'move', from: one.album, to: two.album, photos: [b] }])
  expect(await orderIn(owner, collection)).toEqual([c, b, x, y, a])
  expect((await listCollections(owner)).map(({ title, photos }) => [title, photos])).toEqual([
    ['Portfolio', 5],
    ['Prints', 1],
  ])
  expect(await findings(owner)).toEqual([])
})

test('the place between two photos never runs out, however often others are put there', async () => {
  const { owner, one, collection } = await setUp()
  const [a = '', b = '', c = '', d = ''] = one.photos
  await change(owner, [collect(collection, [a, b, c, d])])
  let order = [a, b, c, d]
  for (let turn = 0; turn < 80; turn++) {
    const [first = '', second = '', third = '', last = ''] = order
    await change(owner, [{ kind: 'arrange', collection, photos: [third], after: first, before: second }])
    order = [first, third, second, last]
    expect(await orderIn(owner, collection)).toEqual(order)
  }
})

test('a photo in the trash leaves no gap that is seen, and is at its place again once it comes back', async () => {
  const { owner, one, collection } = await setUp()
  const [a = '', b = '', c = ''] = one.photos
  await change(owner, [collect(collection, [c, b, a])])
  await change(owner, [{ kind: 'trash', album: one.album, photos: [b] }])
  expect(await orderIn(owner, collection)).toEqual([c, a])
  expect((await listCollections(owner)).map(({ photos }) => photos)).toEqual([2])
  await change(owner, [{ kind: 'restore', album: one.album, photos: [b] }])
  expect(await orderIn(owner, collection)).toEqual([c, b, a])
  await change(owner, [{ kind: 'trash', album: one.album, photos: [b] }])
  await emptyTrash(owner, undefined)
  expect(await orderIn(owner, collection)).toEqual([c, a])
  expect((await findings(owner)).map(({ what }) => what)).toEqual([
    'photos of collections that are not there',
  ])
  await checkGallery(owner, { repair: true })
  expect(await findings(owner)).toEqual([])
})

test('undo takes back any change of a collection, and redo makes it again, whatever came before', async () => {
  const { owner, one, two, collection } = await setUp()
  const all = [...one.photos, ...two.photos]
  const some = fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 4 })
  const step = fc.oneof(
    some.map((photos) => ({ kind: 'collect' as const, photos })),
    some.map((photos) => ({ kind: 'uncollect' as const, photos })),
    fc.record({ kind: fc.constant('arrange' as const), photos: some, at: fc.nat({ max: 8 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const begun = await orderIn(owner, collection)
      const undos: { changes: Change[]; before: string[]; after: string[] }[] = []
      for (const { photos, ...what } of steps) {
        const before = await orderIn(owner, collection)
        const rest = before.filter((id) => !photos.includes(id))
        const at = 'at' in what ? Math.min(what.at, rest.length) : 0
        const wanted: Change =
          what.kind === 'collect'
            ? collect(collection, photos)
            : what.kind === 'uncollect'
              ? { kind: 'uncollect', collection, photos }
              : {
                  kind: 'arrange',
                  collection,
                  photos,
                  after: rest[at - 1] ?? null,
                  before: rest[at] ?? null,
                }
        const { undo } = await change(owner, [wanted])
        undos.push({ changes: undo, before, after: await orderIn(owner, collection) })
      }
      for (const { changes, before, after } of undos.toReversed()) {
        const redo = await change(owner, changes, 'strict')
        expect(await orderIn(owner, collection)).toEqual(before)
        const again = await change(owner, redo.undo, 'strict')
        expect(await orderIn(owner, collection)).toEqual(after)
        await change(owner, again.undo, 'strict')
      }
      expect(await orderIn(owner, collection)).toEqual(begun)
    }),
    { numRuns: 15 },
  )
})

test('a collection is renamed and removed, and comes back with its photos, its order and its readers', async () => {
  const { gallery, owner, one, collection } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [one.album]: 'read', [collection]: 'modify' })
  await change(owner, [collect(collection, one.photos)])
  const renamed = await change(ana, [
    { kind: 'rename-collection', collection, to: 'Best of', from: 'Portfolio' },
  ])
  expect((await listCollections(owner)).map(({ title }) => title)).toEqual(['Best of'])
  await change(ana, renamed.undo, 'strict')
  const removed = await change(owner, [{ kind: 'delete-collection', collection }])
  expect([await listCollections(owner), await listCollections(ana)]).toEqual([[], []])
  await expect(change(ana, [collect(collection, one.photos)])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await change(owner, removed.undo, 'strict')
  expect(
    (await listCollections(ana)).map(({ title, photos, right, removable }) => [
      title,
      photos,
      right,
      removable,
    ]),
  ).toEqual([['Portfolio', 4, 'modify', false]])
  await change(owner, [{ kind: 'delete-collection', collection }])
  await purgeOld(owner, Date.now() + trashLifeMs + 1000)
  await checkGallery(owner, { repair: true })
  expect(await owner.redis.hgetall(owner.keys.grants('ana'))).toEqual({ [one.album]: 'read' })
  expect(await findings(owner)).toEqual([])
})

test('who may make albums makes collections of their own, with photos of any album that they may read', async () => {
  const { gallery, owner, one, two } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana', { canCreateAlbums: true })
  const { session: ben } = await addAccount(gallery, owner, 'ben')
  await grant(owner, 'ana', { [one.album]: 'read' })
  const made = await change(ana, [{ kind: 'create-collection', title: 'Of Ana' }])
  const collection = made.collection ?? ''
  const done = await change(ana, [collect(collection, [...one.photos, ...two.photos])])
  expect([done.changed, done.skipped]).toEqual([4, 4])
  expect(await orderIn(ana, collection)).toEqual(one.photos)
  expect((await listCollections(owner)).map(({ title }) => title)).toEqual(['Of Ana', 'Portfolio'])
  expect((await listCollections(ana)).map(({ title, removable }) => [title, removable])).toEqual([
    ['Of Ana', true],
  ])
  await change(ana, made.undo)
  expect(await listCollections(ana)).toEqual([])
  await expect(change(ben, [{ kind: 'create-collection', title: 'Of Ben' }])).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('an open window hears of each change of a collection that it may see, and the record tells who did it', async () => {
  const { gallery, owner, one, collection } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [one.album]: 'read', [collection]: 'read' })
  const stop = new AbortController()
  const heard: GalleryEvent[] = []
  const following = (async () => {
    for await (const event of followEvents(ana, stop.signal)) heard.push(event)
  })()
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(0)
  await change(owner, [collect(collection, one.photos)])
  await expect
    .poll(() => heard, { timeout: 20_000 })
    .toContainEqual({ kind: 'collections', collection, what: 'photos' })
  await change(owner, [{ kind: 'rename-collection', collection, to: 'Best of' }])
  await expect
    .poll(() => heard, { timeout: 20_000 })
    .toContainEqual({ kind: 'collections', collection, what: 'listed' })
  stop.abort()
  await following
  const [renamed, collected] = await listActivity(owner, null, 10)
  expect(renamed).toMatchObject({
    what: 'collection-renamed',
    album: collection,
    to: 'Best of',
    proven: true,
  })
  expect(collected).toMatchObject({ what: 'collected', album: collection, photos: 4, proven: true })
})

test('a collection has a description, and a cover for who may see that photo, both undone and done again', async () => {
  const { gallery, owner, one, two, collection } = await setUp()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [one.album]: 'read', [collection]: 'read' })
  const [shown = '', hidden = ''] = [one.photos[0], two.photos[0]]
  const seen = async (session: Session) =>
    (await listCollections(session)).map(({ description, cover }) => [description, cover])
  const describe = (field: 'description' | 'cover', to: string | null) =>
    change(owner, [{ kind: 'describe-collection', collection, field, to }])
  await describe('description', ' Two days\nof fog ')
  const chosen = await describe('cover', shown)
  expect(await seen(ana)).toEqual([['Two days\nof fog', `${one.album}/${shown}`]])
  await describe('cover', hidden)
  expect([await seen(ana), await seen(owner)]).toEqual([
    [['Two days\nof fog', null]],
    [['Two days\nof fog', `${two.album}/${hidden}`]],
  ])
  await expect(change(owner, chosen.undo, 'strict')).rejects.toMatchObject({ code: 'CONFLICT' })
  const none = await describe('cover', null)
  await change(owner, none.undo, 'strict')
  expect(await seen(owner)).toEqual([['Two days\nof fog', `${two.album}/${hidden}`]])
  await expect(describe('cover', '../x')).rejects.toMatchObject({ code: 'INVALID' })
  await expect(
    change(ana, [{ kind: 'describe-collection', collection, field: 'description', to: 'Mine' }]),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const [said] = await listActivity(owner, null, 1)
  expect(said).toMatchObject({
    what: 'collection-described',
    field: 'cover',
    album: collection,
    proven: true,
  })
})

test('a photo that is behind another one is seen as that one, at its place, once, and is moved and taken out by it', async () => {
  const { gallery, owner, one, two, collection } = await setUp()
  const [a = '', b = '', c = '', d = ''] = one.photos
  const [x = ''] = two.photos
  await change(owner, [collect(collection, [x, b, c])])
  const stacked = await change(owner, [{ kind: 'stack', album: one.album, lead: a, photos: [b, d] }])
  expect([await orderIn(owner, collection), await collectionsOf(owner, a)]).toEqual([[x, a, c], [collection]])
  const sizes = async (session: Session) => (await listCollections(session)).map(({ photos }) => photos)
  expect(await sizes(owner)).toEqual([3])
  await change(owner, [collect(collection, [d])])
  expect([await orderIn(owner, collection), await sizes(owner)]).toEqual([[x, a, c], [3]])
  await change(owner, [{ kind: 'arrange', collection, photos: [a], after: c, before: null }])
  expect(await orderIn(owner, collection)).toEqual([x, c, a])
  await change(owner, [{ kind: 'arrange', collection, photos: [x], after: c, before: a }])
  expect(await orderIn(owner, collection)).toEqual([c, x, a])
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [two.album]: 'read', [collection]: 'read' })
  expect([await orderIn(ana, collection), await sizes(ana)]).toEqual([[x], [1]])
  const gone = await change(owner, [{ kind: 'uncollect', collection, photos: [a] }])
  expect(await orderIn(owner, collection)).toEqual([c, x])
  await change(owner, gone.undo, 'strict')
  expect(await orderIn(owner, collection)).toEqual([c, x, a])
  await change(owner, stacked.undo, 'strict')
  expect((await orderIn(owner, collection)).toSorted()).toEqual([b, c, d, x].toSorted())
  expect(await findings(owner)).toEqual([])
})
