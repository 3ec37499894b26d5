import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { photoRefs } from '../../../src/core/photos/photos.ts'
import { startGallery } from '../../support/gallery.ts'

interface Known {
  ref: string
  time: number
}

/** Albums of many photos each, of which each photo has a time of its own. `timeOf`: by album, and by the number in it. */
const fill = async (
  { redis, keys, ...session }: Session,
  sizes: number[],
  timeOf: (album: number, n: number) => number,
) => {
  const known: Known[] = []
  for (const [a, size] of sizes.entries()) {
    const { id: album } = await createAlbum({ redis, keys, ...session }, { title: `Album ${a}` })
    const batch = redis.pipeline()
    for (let n = 0; n < size; n++) {
      const [id, time] = [`${String(a).padStart(2, '0')}${String(n).padStart(8, '0')}`, timeOf(a, n)]
      batch.zadd(keys.albumPhotos(album), time, id).hset(keys.photo(album, id), { name: `${id}.jpg` })
      known.push({ ref: `${album}/${id}`, time })
    }
    await batch.exec()
  }
  return known.sort((one, other) => one.time - other.time).map(({ ref }) => ref)
}

/** How many commands Redis has run. */
const commandsOf = async ({ redis }: Session) =>
  Number(/total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1] ?? 0)

const view = (descending: boolean) => ({ album: null, sort: 'taken' as const, descending })

test('a stretch of many albums is right anywhere, whether their times follow each other or lie among each other', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const sizes = [4000, 1, 0, 2500, 300]
  // The first three among each other, over times before 1970 too; the last behind all others.
  const known = await fill(session, sizes, (album, n) =>
    album === 4 ? 1e12 + n : (n * 7 + album - 9000) * 86_411,
  )
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.nat(known.length + 10),
      fc.integer({ min: 1, max: 700 }),
      async (descending, offset, limit) => {
        const wanted = (descending ? known.toReversed() : known).slice(offset, offset + limit)
        expect(await photoRefs(session, view(descending), offset, limit)).toEqual(wanted)
      },
    ),
    { numRuns: 60 },
  )
  expect(await photoRefs(session, view(false), 0, 200_000)).toEqual(known)
})

test('a page far inside of many albums asks about the ends of each, and reads those that have photos there', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const known = await fill(session, Array<number>(40).fill(100), (album, n) => album * 1e7 + n)
  await photoRefs(session, view(false), 0, 10)
  const before = await commandsOf(session)
  expect(await photoRefs(session, view(false), 2050, 100)).toEqual(known.slice(2050, 2150))
  const after = await commandsOf(session)
  // Three for the ends of an album, three for what is read of it, some for the session.
  expect(after - before).toBeLessThan(40 * 3 + 5 * 3 + 20)
})
