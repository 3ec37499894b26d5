import { expect, test } from 'vitest'
import { listActivity } from '../../src/core/events/activity.ts'
import { collectionsOf, listCollections } from '../../src/core/collections/collections.ts'
import { pageOfPhotos, photoRefs } from '../../src/core/photos/photos.ts'
import { timelineOf } from '../../src/core/photos/timeline.ts'
import { setRights } from '../../src/core/access/grants.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { qualified } from '../../src/core/redis/functions.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import type { Change } from '../../src/shared/schemas/change.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'
import { startGallery } from '../support/gallery.ts'
import { albumWithPhotos, change } from '../support/organise.ts'
import { logIn, startServer } from '../support/server.ts'

const viewOf = (collection: string) =>
  ({ album: null, collection, sort: 'manual', descending: false }) as const

const collect = (collection: string, photos: string[]): Change => ({
  kind: 'collect',
  collection,
  values: photos.map((photo) => ({ photo, at: null })),
})

/** A collection with photos of two albums, of which ana may read one; bob may change the collection and see no album. */
const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const [shown, hidden] = [
    await albumWithPhotos(owner, 'Shown', 3),
    await albumWithPhotos(owner, 'Covert', 3),
  ]
  const made = await change(owner, [{ kind: 'create-collection', title: 'Portfolio' }])
  const collection = made.collection ?? ''
  await change(owner, [
    collect(collection, [hidden.photos[0] ?? '', ...shown.photos, ...hidden.photos.slice(1)]),
  ])
  const [ana, bob] = [await addAccount(gallery, owner, 'ana'), await addAccount(gallery, owner, 'bob')]
  await grant(owner, 'ana', { [shown.album]: 'read', [collection]: 'read' })
  await grant(owner, 'bob', { [collection]: 'modify' })
  return { gallery, owner, shown, hidden, collection, ana, bob }
}

/** Everything that the program answers about a collection. */
const answersTo = async (session: Session, collection: string, photo: string) => {
  const sorts = ['manual', 'taken', 'name', 'rating'] as const
  const filters = [undefined, { text: 'jpg' }, { from: '2000-01-01' }]
  const views = sorts.flatMap((sort) =>
    filters.map((filter) => ({ ...viewOf(collection), sort, ...(filter ? { filter } : {}) })),
  )
  return {
    list: await listCollections(session),
    pages: await Promise.all(views.map((view) => pageOfPhotos(session, view, 0, 100))),
    refs: await photoRefs(session, viewOf(collection), 0, 100),
    timeline: await timelineOf(session, { ...viewOf(collection), sort: 'taken' }, 'day'),
    holding: await collectionsOf(session, photo),
    activity: await listActivity(session, null, 100),
  }
}

test('a collection shows nobody a photo of an album that they may not read: no id, title, thumbnail or count, in any order', async () => {
  const { shown, hidden, collection, ana, bob } = await setUp()
  const seen = await answersTo(ana.session, collection, hidden.photos[0] ?? '')
  expect(seen.list.map(({ title, photos }) => [title, photos])).toEqual([['Portfolio', 3]])
  expect(seen.refs).toEqual(shown.photos.map((id) => `${shown.album}/${id}`))
  expect(seen.pages.map(({ total, photos }) => [total, photos.length])).toEqual(seen.pages.map(() => [3, 3]))
  expect(seen.timeline.sections.reduce((sum, { photos }) => sum + photos, 0)).toBe(3)
  expect(seen.holding).toEqual([])
  expect(await collectionsOf(ana.session, shown.photos[0] ?? '')).toEqual([collection])
  const collected = seen.activity.filter(({ what }) => what === 'collected')
  expect(collected.map(({ photos }) => photos)).toEqual([3])
  const none = await answersTo(bob.session, collection, hidden.photos[0] ?? '')
  expect(none.list.map(({ photos }) => photos)).toEqual([0])
  expect(none.pages.every(({ total }) => total === 0)).toBe(true)
  expect(none.timeline.sections).toEqual([])
  expect(none.activity.filter(({ what }) => what === 'collected')).toEqual([])
  for (const [answers, secrets] of [
    [seen, [hidden]],
    [none, [hidden, shown]],
  ] as const)
    for (const { album, photos } of secrets)
      for (const secret of [album, ...photos]) expect(JSON.stringify(answers)).not.toContain(secret)
})

test('a right that is taken away, on an album or on the collection itself, is felt by the next look', async () => {
  const { owner, shown, collection, ana } = await setUp()
  expect((await photoRefs(ana.session, viewOf(collection), 0, 10)).length).toBe(3)
  await grant(owner, 'ana', { [shown.album]: 'none' })
  expect(await photoRefs(ana.session, viewOf(collection), 0, 10)).toEqual([])
  await grant(owner, 'ana', { [collection]: 'none' })
  await expect(photoRefs(ana.session, viewOf(collection), 0, 10)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  expect(await listCollections(ana.session)).toEqual([])
})

test('with their own login to Redis, who may read a collection finds its title and ids that open nothing, and changes nothing', async () => {
  const { gallery, owner, shown, hidden, collection, ana, bob } = await setUp()
  const { keys } = owner
  const client = await plainClient(gallery, 'ana', ana.key)
  const ids = await client.zrange(keys.collectionPhotos(collection), 0, '-1')
  expect(ids.toSorted()).toEqual([...shown.photos, ...hidden.photos].toSorted())
  const said = JSON.stringify([
    await client.hgetall(keys.collectionInfo(collection)),
    await client.xrange(keys.collectionEvents(collection), '-', '+'),
  ])
  for (const secret of [hidden.album, shown.album, 'Covert', '.jpg']) expect(said).not.toContain(secret)
  const [photo = ''] = hidden.photos
  for (const asked of [
    client.hgetall(keys.photo(hidden.album, photo)),
    client.zscore(keys.albumPhotos(hidden.album), photo),
    client.zadd(keys.collectionPhotos(collection), 1, 'Abcdefghij'),
    client.del(keys.collectionPhotos(collection)),
    client.hset(keys.collectionInfo(collection), 'title', 'Mine'),
    client.smembers(keys.collections),
  ])
    await expect(asked).rejects.toThrow('NOPERM')
  const touched = [
    keys.acts('ana'),
    keys.collectionInfo(collection),
    keys.collectionPhotos(collection),
    keys.collectionEvents(collection),
  ]
  await expect(
    client.call('FCALL', qualified('uncollect-photos'), 4, ...touched, 'ana', 'a', 'free', photo, ''),
  ).rejects.toThrow('NOPERM')
  // Who may change it gains nothing by an id that they know of: neither by the program nor by hand.
  const byHand = await plainClient(gallery, 'bob', bob.key)
  await byHand.zadd(keys.collectionPhotos(collection), 1, photo)
  expect(await photoRefs(bob.session, viewOf(collection), 0, 10)).toEqual([])
  expect((await change(bob.session, [collect(collection, [photo])])).skipped).toBe(1)
  await expect(change(bob.session, [{ kind: 'delete-collection', collection }])).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('whatever is written into a collection by hand spoils that collection alone', async () => {
  const { gallery, owner, shown, collection, ana, bob } = await setUp()
  const other = (await change(owner, [{ kind: 'create-collection', title: 'Prints' }])).collection ?? ''
  await change(owner, [collect(other, shown.photos)])
  const client = await plainClient(gallery, 'bob', bob.key)
  const { keys } = owner
  const lists = async () => (await listCollections(owner)).filter(({ id }) => id === other)
  const before = await lists()
  await client.zadd(keys.collectionPhotos(collection), 5, '../../x', 'inf', shown.photos[0] ?? '')
  expect((await photoRefs(ana.session, viewOf(collection), 0, 10)).length).toBe(3)
  const spoil = async (key: string) => {
    await client.del(key)
    await client.hset(key, 'x', 'x')
  }
  const spoilInfo = async () => {
    await client.del(keys.collectionInfo(collection))
    await client.zadd(keys.collectionInfo(collection), 1, 'x')
  }
  for (const work of [
    () => spoil(keys.collectionPhotos(collection)),
    () => spoil(keys.collectionEvents(collection)),
    spoilInfo,
  ]) {
    await work()
    expect(await lists()).toEqual(before)
    expect(await photoRefs(ana.session, viewOf(collection), 0, 10)).toEqual([])
    expect((await listActivity(ana.session, null, 10)).length).toBeGreaterThan(0)
  }
})

test('over HTTP too, a public collection shows a guest the photos of public albums and no others', async () => {
  const server = await startServer([])
  const cookie = await logIn(server)
  const gallery = await openGallery({ env: server.env })
  try {
    const owner = await gallery.self()
    const [shown, hidden] = [
      await albumWithPhotos(owner, 'Shown', 2),
      await albumWithPhotos(owner, 'Covert', 2),
    ]
    const made = await change(owner, [{ kind: 'create-collection', title: 'Portfolio' }])
    const collection = made.collection ?? ''
    await change(owner, [collect(collection, [...hidden.photos, ...shown.photos])])
    await setRights(owner, [
      { subject: 'guest', album: shown.album, right: 'read' },
      { subject: 'guest', album: collection, right: 'read' },
    ])
    const ask = async (procedure: string, input: unknown, as = '') => {
      const response = await fetch(`${server.origin}/rpc/${procedure}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(as ? { cookie: as } : {}) },
        body: JSON.stringify({ json: input }),
      })
      return { status: response.status, text: await response.text() }
    }
    const page = { view: viewOf(collection), offset: 0, limit: 50 }
    const answers = [
      await ask('collections/list', undefined),
      await ask('photos/page', page),
      await ask('photos/refs', page),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const all = answers.map(({ text }) => text).join()
    expect(all).toContain(shown.photos[0])
    for (const secret of [hidden.album, ...hidden.photos, 'Covert']) expect(all).not.toContain(secret)
    expect(JSON.parse(answers[1]?.text ?? '')).toMatchObject({ json: { total: 2 } })
    expect((await ask('photos/refs', page, cookie)).text).toContain(hidden.photos[0])
    await setRights(owner, [{ subject: 'guest', album: collection, right: 'none' }])
    expect((await ask('photos/page', page)).status).toBe(403)
  } finally {
    await gallery.close()
  }
})
