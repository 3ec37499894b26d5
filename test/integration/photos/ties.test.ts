import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { addPhotos, relocatePhoto } from '../../../src/core/library/writing/photo-writer.ts'
import { pageOfPhotos, photoRefs } from '../../../src/core/photos/photos.ts'
import type { PhotoFilter, PhotoQuery } from '../../../src/shared/schemas/photo.ts'
import { startGallery } from '../../support/gallery.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { change, readPhoto } from '../../support/organise.ts'

interface Sample {
  album: number
  /** Seconds: few, so that many photos have the same. */
  time: number
  name: string
  folder: string
  rating: number
}

/** What the gallery should know of a photo, as the test wrote it. */
interface Known {
  id: string
  album: string
  name: string
  path: string
  time: number
  rating: number
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const texts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The order that was promised: rank, natural name, path. No two photos here have the same name and path. */
const inOrder = (photos: Known[], rank: (photo: Known) => number, descending: boolean) =>
  [...photos]
    .sort(
      (a, b) =>
        (descending ? rank(b) - rank(a) : rank(a) - rank(b)) ||
        natural.compare(a.name, b.name) ||
        texts(a.path, b.path),
    )
    .map(({ album, id }) => `${album}/${id}`)

const addSamples = async (session: Session, samples: Sample[]): Promise<Known[]> => {
  const known: Known[] = []
  for (const n of new Set(samples.map(({ album }) => album))) {
    const { id: album } = await createAlbum(session, { title: `Album ${n}` })
    const own = samples.flatMap((sample, i) => (sample.album === n ? [{ ...sample, i }] : []))
    for (let start = 0; start < own.length; start += 500) {
      const photos = own.slice(start, start + 500).map(({ i, time, name, folder, rating }) => {
        const read = { ...readPhoto(i), time: time * 1000 }
        read.said = { ...read.said, rating: String(rating || ''), tags: ['Sea'] }
        return { path: `/${n}/${folder}/${i % 7}/i${i}/${name}`, read }
      })
      const entries = await addPhotos(session, album, photos)
      for (const { path, read } of photos) {
        const id = entries.get(path)?.photo ?? ''
        const { name = '', rating = 0 } = own.find(({ i }) => path.includes(`/i${i}/`)) ?? {}
        known.push({ id, album, name, path, time: read.time, rating })
      }
    }
  }
  return known
}

/** The whole of a view, read page by page. */
const byPages = async (session: Session, view: PhotoQuery, size: number) => {
  const refs: string[] = []
  for (;;) {
    const { total, photos } = await pageOfPhotos(session, view, refs.length, size)
    refs.push(...photos.map(({ album, id }) => `${album}/${id}`))
    if (photos.length === 0 || refs.length >= total) return refs
  }
}

const sample = fc.record({
  album: fc.nat(2),
  time: fc.nat(3),
  name: fc.constantFrom(
    'IMG_1.jpg',
    'IMG_2.jpg',
    'img_2.jpg',
    'IMG_10.jpg',
    'IMG_9.JPG',
    'Été.jpg',
    'été.jpg',
  ),
  folder: fc.constantFrom('a', 'b'),
  rating: fc.nat(1),
})

test('pages of any size and view make one order: by rank, then natural name, then path', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const samples = fc.array(sample, { minLength: 60, maxLength: 200 })
  const [seen] = fc.sample(samples, { numRuns: 1, seed: 11 })
  const known = await addSamples(session, seen ?? [])
  const rank = { taken: ({ time }: Known) => time, rating: ({ rating }: Known) => rating }
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        album: fc.option(fc.constantFrom(...new Set(known.map(({ album }) => album)))),
        sort: fc.constantFrom('taken' as const, 'rating' as const),
        descending: fc.boolean(),
        filter: fc.constantFrom<PhotoFilter>({}, { all: ['Sea'] }, { text: 'img' }, { rating: 1 }),
      }),
      fc.integer({ min: 1, max: 70 }),
      async (view, size) => {
        const wanted = known
          .filter(({ album }) => view.album === null || album === view.album)
          .filter(({ name }) => view.filter.text === undefined || /img/i.test(name))
          .filter(({ rating }) => rating >= (view.filter.rating ?? 0))
        expect(await byPages(session, view, size)).toEqual(inOrder(wanted, rank[view.sort], view.descending))
      },
    ),
    { numRuns: 40 },
  )
})

test('more photos of one time than are read beside a page are in order too, near the beginning and far inside', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const samples = Array.from({ length: 5200 }, (_, n) => ({
    ...{ album: n % 2, time: n < 50 ? 0 : n < 5150 ? 1 : 2 },
    ...{ name: `IMG_${(n * 7919) % 5200}.jpg`, folder: 'a', rating: 0 },
  }))
  const known = await addSamples(session, samples)
  for (const album of [null, known[0]?.album ?? ''])
    for (const descending of [true, false]) {
      const own = known.filter((photo) => album === null || photo.album === album)
      const wanted = inOrder(own, ({ time }) => time, descending)
      const view = { album, sort: 'taken' as const, descending }
      for (const offset of [0, 15, 300, 1000, own.length - 30])
        expect(await photoRefs(session, view, offset, 40)).toEqual(wanted.slice(offset, offset + 40))
      expect(await byPages(session, view, 499)).toEqual(wanted)
    }
})

test('the trash is in order by removal, then name, albums in it too', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const samples = Array.from({ length: 60 }, (_, n) => ({
    ...{ album: n % 3, time: n, name: `IMG_${(n * 37) % 60}.jpg`, folder: 'a', rating: 0 },
  }))
  const known = await addSamples(session, samples)
  const [first = '', second = '', third = ''] = new Set(known.map(({ album }) => album))
  for (const album of [first, second]) {
    const photos = known.filter((photo) => photo.album === album).map(({ id }) => id)
    await change(session, [{ kind: 'trash', album, photos: photos.slice(5) }])
  }
  await change(session, [{ kind: 'delete-album', album: third }])
  const { redis, keys } = session
  const removed = new Map<string, number>()
  for (const { id, album } of known) {
    const at = await redis.zscore(keys.albumTrash(album), id)
    const whole = album === third ? await redis.zscore(keys.deletedAlbums, album) : null
    if (at ?? whole) removed.set(id, Number(at ?? whole))
  }
  const wanted = inOrder(
    known.filter(({ id }) => removed.has(id)),
    ({ id }) => removed.get(id) ?? 0,
    true,
  )
  const view = { album: null, sort: 'taken' as const, descending: true, trash: true as const }
  expect(wanted).toHaveLength(50)
  for (const size of [7, 100]) expect(await byPages(session, view, size)).toEqual(wanted)
  // Two albums may have been trashed in the same millisecond: the last photo is of either.
  const [album = '', photo = ''] = wanted.at(-1)?.split('/') ?? []
  await change(session, [{ kind: 'restore', album, photos: [photo] }])
  expect(await byPages(session, view, 100)).not.toEqual(wanted)
})

test('a file that gets another name gets its place among those of its time', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const samples = Array.from({ length: 12 }, (_, n) => ({
    ...{ album: n % 2, time: 5, name: `IMG_${12 - n}.jpg`, folder: 'a', rating: 0 },
  }))
  const known = await addSamples(session, samples)
  const views = (['taken', 'rating'] as const).map((sort) => ({ album: null, sort, descending: true }))
  const last = known.find(({ name }) => name === 'IMG_12.jpg')
  if (!last) throw new Error('no such photo')
  for (const view of views) expect((await photoRefs(session, view, 0, 600)).at(-1)).toContain(last.id)
  const digest = 'digest'
  const entry = { photo: last.id, album: last.album, size: 1, mtime: 1, digest, missing: false }
  await relocatePhoto(session, entry, last.path, '/0/IMG_0.jpg', { size: 1, mtime: 1 })
  for (const view of views) expect((await photoRefs(session, view, 0, 600))[0]).toContain(last.id)
})

test('entries that are no photos and times without end keep every page whole', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const samples = Array.from({ length: 90 }, (_, n) => ({
    ...{ album: n % 2, time: n % 2, name: `IMG_${90 - n}.jpg`, folder: 'a', rating: 0 },
  }))
  const known = await addSamples(session, samples)
  const { redis, keys } = session
  const album = known[0]?.album ?? ''
  await redis.zadd(
    keys.albumPhotos(album),
    0,
    'no id',
    0,
    'nor this',
    '+inf',
    'endless001',
    '-inf',
    'begin00001',
  )
  for (const view of [album, null].map((one) => ({ album: one, sort: 'taken' as const, descending: true })))
    for (const size of [3, 40]) {
      const refs = await byPages(session, view, size)
      expect(new Set(refs).size).toBe((view.album === null ? 90 : 45) + 4)
      expect(refs.at(0)).toContain('endless001')
      expect(refs.at(-1)).toContain('begin00001')
    }
})

const burst = join(import.meta.dirname, '../../../../shared/cases/burst-order')

test.runIf(existsSync(burst))(
  'a burst of one second runs forward in every order in which it ties',
  async () => {
    const { library, session } = await startLibrary()
    await takeIn(library, burst)
    const wanted = Array.from({ length: 12 }, (_, n) => `IMG_${n + 1}.jpg`)
    for (const sort of ['taken', 'rating'] as const)
      for (const descending of [true, false]) {
        const { photos } = await pageOfPhotos(session, { album: null, sort, descending }, 0, 100)
        expect(photos.map(({ title }) => title)).toEqual(wanted)
      }
  },
)
