import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Session } from '../../../src/core/gallery/session.ts'
import { photoRefs } from '../../../src/core/photos/photos.ts'
import { parseRef } from '../../../src/shared/domain/refs.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import { startGallery } from '../../support/gallery.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'

const orderOf = async (session: Session, album: string) => {
  const view = { album, sort: 'manual' as const, descending: false }
  return (await photoRefs(session, view, 0, 200_000)).map((ref) => parseRef(ref).id)
}

const ranksOf = ({ redis, keys }: Session, album: string, photos: string[]) =>
  Promise.all(photos.map((photo) => redis.hget(keys.photo(album, photo), 'rank')))

/** An order with some photos put before an index of it, as the page shows it. */
const moved = (order: string[], photos: string[], at: number) => {
  const still = (id: string) => !photos.includes(id)
  return [...order.slice(0, at).filter(still), ...photos, ...order.slice(at).filter(still)]
}

/** The change that this takes, as the page sends it. */
const toChange = (album: string, order: string[], photos: string[], at: number): Change => {
  const still = (id: string) => !photos.includes(id)
  const after = order.slice(0, at).findLast(still) ?? null
  const before = order.slice(at).find(still) ?? null
  return { kind: 'order', album, photos, after, before }
}

const start = async (count: number) => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  return { gallery, session, ...(await albumWithPhotos(session, 'Corsica', count)) }
}

test('photos go where they are put, whatever ranks there were, and undone they are back', async () => {
  const { session, album, photos } = await start(8)
  const { redis, keys } = session
  const rank = fc.constantFrom(
    '',
    '',
    '1024',
    '1024',
    '-3.5',
    '2048',
    'a0',
    'a0',
    'a1',
    'zz',
    'inf',
    'a00',
    '\u0000',
  )
  const step = fc.record({ picked: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }), at: fc.nat(8) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(rank, { minLength: 8, maxLength: 8 }),
      fc.array(step, { minLength: 1, maxLength: 5 }),
      async (ranks, steps) => {
        for (const [i, photo] of photos.entries()) {
          await redis.hdel(keys.photo(album, photo), 'rank')
          if (ranks[i]) await redis.hset(keys.photo(album, photo), 'rank', ranks[i])
        }
        await redis.del(keys.albumEvents(album)) // what was written by hand is announced to no session
        const before = await orderOf(session, album)
        let order = before
        const undos: Change[] = []
        for (const { picked, at } of steps) {
          const wanted = picked.map((i) => photos[i] ?? '')
          const done = await change(session, [toChange(album, order, wanted, at)])
          order = moved(order, wanted, at)
          expect(await orderOf(session, album)).toEqual(order)
          undos.unshift(...done.undo)
        }
        for (const undo of undos) await change(session, [undo], 'free')
        expect(await orderOf(session, album)).toEqual(before)
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)

test('an album without events, as a hand deleted them, is read anew each time', async () => {
  const { session, album, photos } = await start(3)
  const { redis, keys } = session
  const [a = '', b = '', c = ''] = photos
  await redis.del(keys.albumEvents(album))
  expect(await orderOf(session, album)).toEqual([a, b, c])
  await redis.hset(keys.photo(album, c), 'rank', '1024')
  expect(await orderOf(session, album)).toEqual([c, a, b])
})

test('a photo between two others that were never moved takes one rank, and undo is strict', async () => {
  const { session, album, photos } = await start(6)
  const [, second = '', third = '', , , last = ''] = photos
  const done = await change(session, [{ kind: 'order', album, photos: [last], after: second, before: third }])
  expect(done.changed).toBe(1)
  expect(await orderOf(session, album)).toEqual(moved(photos, [last], 2))
  expect((await ranksOf(session, album, photos)).filter(Boolean)).toHaveLength(1)
  expect(await findings(session)).toEqual([])
  await change(session, done.undo, 'strict')
  expect(await orderOf(session, album)).toEqual(photos)
  await change(session, [{ kind: 'order', album, photos: [last], after: null, before: photos[0] ?? '' }])
  await expect(change(session, done.undo, 'strict')).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('an order of numbers from an older version stays, and goes on', async () => {
  const { session, album, photos } = await start(5)
  const { redis, keys } = session
  const [a = '', b = '', c = '', d = '', e = ''] = photos
  for (const [n, photo] of [d, b, a].entries())
    await redis.hset(keys.photo(album, photo), 'rank', String((n + 1) * 1024))
  expect(await orderOf(session, album)).toEqual([d, b, a, c, e])
  await change(session, [{ kind: 'order', album, photos: [e], after: d, before: b }])
  expect(await orderOf(session, album)).toEqual([d, e, b, a, c])
  expect(await ranksOf(session, album, [d, b, a])).toEqual(['1024', '2048', '3072'])
})

test('two windows that put photos at the same position at the same moment lose none, and others fit between theirs', async () => {
  const { session, album, photos } = await start(6)
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = photos
  const put = (photo: string, after: string | null, before: string | null) =>
    change(session, [{ kind: 'order', album, photos: [photo], after, before }])
  await Promise.all([put(e, a, b), put(f, a, b), put(d, a, b)])
  const [first, one = '', two = '', ...rest] = await orderOf(session, album)
  expect([first, ...rest.slice(1)]).toEqual([a, b, c])
  expect(new Set(await orderOf(session, album))).toEqual(new Set(photos))
  await put(c, one, two)
  expect((await orderOf(session, album)).slice(0, 4)).toEqual([a, one, c, two])
})

test('neighbours that another window has swapped or removed do not keep a photo from its position', async () => {
  const { session, album, photos } = await start(6)
  const [a = '', b = '', c = '', d = '', e = ''] = photos
  const put = (after: string | null, before: string | null): Change => ({
    kind: 'order',
    album,
    photos: [e],
    after,
    before,
  })
  await change(session, [{ kind: 'order', album, photos: [b], after: c, before: d }])
  await change(session, [put(b, c)])
  expect((await orderOf(session, album)).slice(0, 4)).toEqual([a, e, c, b])
  await change(session, [{ kind: 'trash', album, photos: [c] }])
  await change(session, [put(c, b)])
  expect((await orderOf(session, album)).slice(0, 3)).toEqual([a, e, b])
  await expect(change(session, [put(c, b)], 'strict')).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(change(session, [put(c, null)])).resolves.toMatchObject({ changed: 1 })
  await expect(change(session, [put(e, b)])).rejects.toMatchObject({ code: 'INVALID' })
})

test('a selection of any size goes in calls, in its order', async () => {
  const { session, album, photos } = await start(1203)
  const wanted = photos.slice(2, 1202).reverse()
  await change(session, [toChange(album, photos, wanted, 1)])
  expect(await orderOf(session, album)).toEqual(moved(photos, wanted, 1))
})

test('the same position many times over makes room again by few ranks more', async () => {
  const { session, album, photos } = await start(12)
  const [a = '', b = ''] = photos
  const { redis, keys } = session
  await redis.hset(keys.photo(album, a), 'rank', `a0${'0'.repeat(508)}11`)
  await redis.hset(keys.photo(album, b), 'rank', `a0${'0'.repeat(508)}12`)
  const order = await orderOf(session, album)
  const done = await change(session, [
    { kind: 'order', album, photos: [photos[9] ?? ''], after: a, before: b },
  ])
  expect(done.changed).toBeLessThanOrEqual(3)
  expect(await orderOf(session, album)).toEqual(moved(order, [photos[9] ?? ''], 1))
})
