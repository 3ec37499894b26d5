import type { Session } from '../../src/core/gallery/session.ts'

/** Commands in one pipeline. */
export const inPipeline = 500

/** A photo id for a number. */
export const idOf = (n: number) => n.toString(36).padStart(10, '0')

/** Photos in an album as the library leaves them, without thumbnails. */
export const addPhotos = async (
  { redis, keys }: Session,
  album: string,
  first: number,
  count: number,
  more = {},
) => {
  for (let start = first; start < first + count; start += inPipeline) {
    const batch = redis.pipeline()
    for (let n = start; n < Math.min(first + count, start + inPipeline); n++) {
      const taken = Date.UTC(2010, 0, 1) + n * 60_000
      const iso = `${new Date(taken).toISOString().slice(0, 19)}+00:00`
      batch.hset(keys.photo(album, idOf(n)), {
        name: `${n}.jpg`,
        taken: iso,
        mtime: taken,
        camera: 'Bench 1',
        ...more,
      })
      batch.zadd(keys.albumPhotos(album), taken, idOf(n))
    }
    await batch.exec()
  }
}

/** How long some work takes, in milliseconds. */
export const timed = async (work: () => Promise<unknown>) => {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
