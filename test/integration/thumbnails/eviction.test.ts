import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { Session } from '../../../src/core/gallery/session.ts'
import { scanKeys } from '../../../src/core/redis/scan-keys.ts'
import { thumbLifeSeconds } from '../../../src/core/thumbnails/collect-thumbnails.ts'
import { PreviewCache } from '../../../src/core/previews/preview-cache.ts'
import { createWeb } from '../../../src/router/assets.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { allPhotos, startEmbeddedLibrary, takeIn } from '../../support/library.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const keysOf = async ({ redis, keys }: Session) => {
  const found: string[] = []
  for await (const part of scanKeys(redis, keys.pattern.everything)) found.push(...part)
  return [...new Set(found)].toSorted() // SCAN may tell of one twice
}

/** Writes thumbnails that no photo shows, until none of some others is left. */
const crowdOut = async ({ redis, keys }: Session, names: string[]) => {
  for (let n = 0; (await redis.exists(...names.map((name) => keys.thumb(name)))) > 0; n++) {
    if (n === 5000) throw new Error('Redis dropped none of them')
    const bytes = Buffer.alloc(40_000, n)
    const name = createHash('sha256').update(`${n}`).digest('hex')
    await redis.set(keys.thumb(name), bytes, 'EX', thumbLifeSeconds)
  }
}

test('a Redis without room drops thumbnails and nothing else, and they come back from their originals', async () => {
  const folder = temporaryFolder()
  await drawPhotos(folder, 3)
  const { session, library } = await startEmbeddedLibrary()
  await takeIn(library, folder, 'Photos')
  const photos = await allPhotos(session)
  const names = photos.map(({ thumb }) => thumb ?? '')
  const { redis, keys } = session
  expect(await redis.config('GET', 'maxmemory-policy')).toContain('volatile-lru')
  const before = await keysOf(session)
  const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
  await redis.config('SET', 'maxmemory', String(used + 4_000_000))
  await crowdOut(session, names)
  expect(await keysOf(session)).toEqual(before)

  const decoder = sharedDecoder()
  onTestFinished(() => decoder.close())
  const web = createWeb({
    ...{ rendererDir: temporaryFolder(), precompressed: false, decoder, originals: library.originals },
    previewCache: new PreviewCache(temporaryFolder(), { maxBytes: 0 }),
  })
  for (const { thumb, album, id } of photos) {
    const response = await web.fetch(new Request(`http://x/thumb/${thumb}?photo=${album}/${id}`), { session })
    const digest = createHash('sha256')
      .update(new Uint8Array(await response.arrayBuffer()))
      .digest('hex')
    expect([response.status, digest]).toEqual([200, thumb])
    expect(await redis.exists(keys.thumb(thumb ?? ''))).toBe(1)
  }
})
