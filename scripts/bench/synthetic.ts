import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { Session } from '../../src/core/gallery/session.ts'

/** How many albums the photos lie in, evenly. */
export const albumCount = 20
const distinctThumbs = 200

const thumbs = async ({ redis, keys }: Session): Promise<string[]> => {
  const names: string[] = []
  for (let n = 0; n < distinctThumbs; n++) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="213"><rect width="320" height="213" fill="hsl(${n * 7} 40% 50%)"/><circle cx="${n}" cy="100" r="60" fill="hsl(${n * 13} 60% 70%)"/></svg>`
    const bytes = await sharp(Buffer.from(svg)).webp().toBuffer()
    const name = createHash('sha256').update(bytes).digest('hex')
    await redis.set(keys.thumb(name), bytes)
    names.push(name)
  }
  return names
}

/** Fills a gallery with photos that have no files: records as the library writes them, in 20 albums. */
export const fillGallery = async (session: Session, count: number): Promise<void> => {
  const { redis, keys } = session
  const names = await thumbs(session)
  for (let album = 0; album < albumCount; album++) {
    const id = `owner~bench${String(album).padStart(3, '0')}`
    const title = `20${String(10 + (album % 10))}/Album ${album}`
    await redis
      .multi()
      .sadd(keys.albums, id)
      .hset(keys.albumInfo(id), 'title', title)
      .hset(keys.titles, title.toLowerCase(), id)
      .exec()
    for (let start = album; start < count; start += albumCount * 500) {
      const batch = redis.pipeline()
      for (let n = start; n < Math.min(count, start + albumCount * 500); n += albumCount) {
        const photo = n.toString(36).padStart(10, '0')
        const taken = Date.UTC(2010, 0, 1) + n * 600_000
        batch.hset(keys.photo(id, photo), {
          name: `IMG_${n}.jpg`,
          host: session.host,
          path: `/photos/${title}/IMG_${n}.jpg`,
          type: 'image/jpeg',
          bytes: 4_000_000,
          width: 6000,
          height: 4000,
          taken: `${new Date(taken).toISOString().slice(0, 19)}+00:00`,
          added: new Date(taken).toISOString(),
          thumb: names[n % distinctThumbs] ?? '',
          // Each of its own: what is drawn of one is kept.
          placeholder: `3OcRJYB4d3h/iIeHeEh3eIhw${n.toString(36).padStart(4, '0').slice(-4)}`,
          camera: 'Bench 1',
        })
        batch.zadd(keys.albumPhotos(id), taken, photo)
      }
      await batch.exec()
    }
    await redis.xadd(keys.albumEvents(id), '*', 'what', 'added', 'by', 'owner', 'photos', '')
  }
}
