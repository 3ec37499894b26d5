import { expect, test } from 'vitest'
import { listActivity } from '../../src/core/events/activity.ts'
import { listCollections } from '../../src/core/collections/collections.ts'
import { pageOfPhotos, photoRefs } from '../../src/core/photos/photos.ts'
import { countDays } from '../../src/core/photos/days.ts'
import { timelineOf } from '../../src/core/photos/timeline.ts'
import { checkGallery } from '../../src/core/maintenance/check-gallery.ts'
import { setRights } from '../../src/core/access/grants.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import type { SavedSearch } from '../../src/shared/schemas/collection.ts'
import type { PhotoFilter } from '../../src/shared/schemas/photo.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'
import { startGallery } from '../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../support/organise.ts'

const viewOf = (collection: string) =>
  ({ album: null, collection, sort: 'taken', descending: false }) as const

/** A smart album whose search finds photos of two albums, of which ana may read one; bob may change the search and see no album. */
const setUp = async (search: (shown: string, hidden: string) => SavedSearch) => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const [shown, hidden] = [
    await albumWithPhotos(owner, 'Shown', 3),
    await albumWithPhotos(owner, 'Covert', 3),
  ]
  for (const { album, photos } of [shown, hidden])
    await change(owner, [{ kind: 'tag', album, photos: photos.slice(0, 2), add: ['Sea'], remove: [] }])
  const looked = search(shown.album, hidden.album)
  const made = await change(owner, [{ kind: 'create-collection', title: 'Sea', search: looked }])
  const collection = made.collection ?? ''
  const [ana, bob] = [await addAccount(gallery, owner, 'ana'), await addAccount(gallery, owner, 'bob')]
  await grant(owner, 'ana', { [shown.album]: 'read', [collection]: 'read' })
  await grant(owner, 'bob', { [collection]: 'modify' })
  return { gallery, owner, shown, hidden, collection, ana, bob }
}

/** Everything that the program answers about a smart album. */
const answersTo = async (session: Session, collection: string) => {
  const sorts = ['manual', 'taken', 'name', 'rating'] as const
  const filters: PhotoFilter[] = [{}, { text: 'jpg' }, { from: '2000-01-01' }, { all: ['Sea'] }]
  const views = sorts.flatMap((sort) => filters.map((filter) => ({ ...viewOf(collection), sort, filter })))
  return {
    list: await listCollections(session),
    pages: await Promise.all(views.map((view) => pageOfPhotos(session, view, 0, 100))),
    refs: await photoRefs(session, viewOf(collection), 0, 100),
    timeline: await timelineOf(session, viewOf(collection), 'day'),
    days: await countDays(session, viewOf(collection)),
    activity: await listActivity(session, null, 100),
  }
}

const filters: [string, PhotoFilter][] = [
  ['a tag, which stands in Redis as it is', { all: ['Sea'] }],
  ['words, which are looked for in memory', { text: 'tag:sea -nothing' }],
  ['nothing', {}],
]

for (const [what, filter] of filters)
  test(`a smart album that asks for ${what} shows nobody a photo of an album that they may not read`, async () => {
    const { shown, hidden, collection, owner, ana, bob } = await setUp(() => ({ album: null, filter }))
    const each = 'all' in filter || 'text' in filter ? 2 : 3
    expect((await listCollections(owner)).map(({ photos }) => photos)).toEqual([2 * each])
    const seen = await answersTo(ana.session, collection)
    expect(seen.list.map(({ title, photos }) => [title, photos])).toEqual([['Sea', each]])
    expect(seen.refs).toEqual(shown.photos.slice(0, each).map((id) => `${shown.album}/${id}`))
    expect(seen.timeline.sections.reduce((sum, { photos }) => sum + photos, 0)).toBe(each)
    expect(seen.days.reduce((sum, { photos }) => sum + photos, 0)).toBe(each)
    const none = await answersTo(bob.session, collection)
    expect([none.timeline.sections, none.days]).toEqual([[], []])
    expect(none.list.map(({ photos }) => photos)).toEqual([0])
    expect(none.pages.every(({ total }) => total === 0)).toBe(true)
    for (const [answers, secrets] of [
      [seen, [hidden]],
      [none, [hidden, shown]],
    ] as const)
      for (const { album, photos } of secrets)
        for (const secret of [album, ...photos, 'Covert'])
          expect(JSON.stringify(answers)).not.toContain(secret)
  })

test('one that looks through an album shows nothing to who may not read that, and says no more of it than its id', async () => {
  const { owner, hidden, collection, ana } = await setUp((_, album) => ({ album, filter: { all: ['Sea'] } }))
  const seen = await answersTo(ana.session, collection)
  expect([seen.list[0]?.photos, seen.refs, seen.pages.map(({ total }) => total)]).toEqual([
    0,
    [],
    seen.pages.map(() => 0),
  ])
  for (const secret of [...hidden.photos, 'Covert']) expect(JSON.stringify(seen)).not.toContain(secret)
  await grant(owner, 'ana', { [hidden.album]: 'read' })
  expect(await photoRefs(ana.session, viewOf(collection), 0, 10)).toHaveLength(2)
})

test('a right that is taken away, on an album or on the smart album itself, is felt by the next look', async () => {
  const { owner, shown, collection, ana } = await setUp(() => ({ album: null, filter: { text: 'tag:sea' } }))
  expect(await photoRefs(ana.session, viewOf(collection), 0, 10)).toHaveLength(2)
  await grant(owner, 'ana', { [shown.album]: 'none' })
  expect(await photoRefs(ana.session, viewOf(collection), 0, 10)).toEqual([])
  await grant(owner, 'ana', { [collection]: 'none' })
  await expect(photoRefs(ana.session, viewOf(collection), 0, 10)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await listCollections(ana.session)).toEqual([])
})

test('guests see what a public smart album finds in public albums', async () => {
  const { gallery, owner, shown, collection } = await setUp(() => ({ album: null, filter: { all: ['Sea'] } }))
  await setRights(owner, [{ subject: 'guest', album: collection, right: 'read' }])
  const guest = await gallery.guest()
  expect(await photoRefs(guest, viewOf(collection), 0, 10)).toEqual([])
  await setRights(owner, [{ subject: 'guest', album: shown.album, right: 'read' }])
  expect(await photoRefs(guest, viewOf(collection), 0, 10)).toHaveLength(2)
  expect((await listCollections(guest)).map(({ photos, right }) => [photos, right])).toEqual([[2, 'read']])
})

test('with their own login to Redis, who may read a smart album reads its search and changes nothing', async () => {
  const { gallery, owner, collection, ana, bob } = await setUp(() => ({
    album: null,
    filter: { all: ['Sea'] },
  }))
  const info = owner.keys.collectionInfo(collection)
  const client = await plainClient(gallery, 'ana', ana.key)
  expect(await client.hget(info, 'search')).toContain('Sea')
  await expect(client.hset(info, 'search', '{}')).rejects.toThrow('NOPERM')
  const to = { album: null, filter: {} }
  await expect(change(ana.session, [{ kind: 'search-collection', collection, to }])).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await change(bob.session, [{ kind: 'search-collection', collection, to }])
  expect(await photoRefs(bob.session, viewOf(collection), 0, 10)).toEqual([])
  expect(await photoRefs(ana.session, viewOf(collection), 0, 10)).toHaveLength(3)
})

test('whatever is written by hand as the search of a smart album spoils that one alone, until it is given another', async () => {
  const { gallery, owner, shown, collection, ana, bob } = await setUp(() => ({
    album: null,
    filter: { all: ['Sea'] },
  }))
  const search = { album: null, filter: { text: 'tag:sea' } }
  const other = (await change(owner, [{ kind: 'create-collection', title: 'Other', search }])).collection
  const client = await plainClient(gallery, 'bob', bob.key)
  const info = owner.keys.collectionInfo(collection)
  const others = async (session: Session) =>
    (await listCollections(session)).filter(({ id }) => id === other).map(({ photos }) => photos)
  for (const hostile of [
    '',
    'not JSON',
    '{"album":null,"filter":{"text":7}}',
    '{"album":null,"filter":{"rating":3,"faces":true}}',
    `{"album":null,"filter":{"text":"${'('.repeat(300)}"}}`,
    '['.repeat(100_000),
    'x'.repeat(10_000_000),
  ]) {
    await client.hset(info, 'search', hostile)
    const [spoiled] = (await listCollections(ana.session)).filter(({ id }) => id === collection)
    expect(spoiled).toMatchObject({ title: 'Sea', smart: true, search: null, photos: 0 })
    expect((await pageOfPhotos(ana.session, viewOf(collection), 0, 10)).total).toBe(0)
    expect((await timelineOf(ana.session, viewOf(collection), 'month')).sections).toEqual([])
    expect(await others(owner)).toEqual([4])
  }
  const said = (await findings(owner)).map(({ what }) => what)
  expect(said).toEqual(['searches of smart albums that cannot be read'])
  await checkGallery(owner, { repair: true })
  expect(await client.hstrlen(info, 'search')).toBe(10_000_000)
  const done = await change(bob.session, [
    { kind: 'search-collection', collection, to: { album: shown.album, filter: { all: ['Sea'] } } },
  ])
  expect(done.undo).toEqual([])
  expect(await photoRefs(ana.session, viewOf(collection), 0, 10)).toHaveLength(2)
  expect(await findings(owner)).toEqual([])
})
