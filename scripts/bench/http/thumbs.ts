import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { thumbLifeSeconds } from '../../../src/core/thumbnails/collect-thumbnails.ts'
import { idOf } from '../photos.ts'

export interface Thumb {
  name: string
  bytes: Buffer
  /** What a page asks for. */
  path: string
}

const pictures = 20

/** A picture of about as many bytes as a photograph's thumbnail: noise over two colours. */
const drawOne = (n: number) =>
  sharp({
    create: {
      width: 160,
      height: 107,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .resize(320, 213)
    .tint({ r: (n * 40) % 255, g: 120, b: (n * 90) % 255 })
    .webp({ quality: 60 })
    .toBuffer()

/** An album of photos, each with a thumbnail of its own. */
export const addThumbs = async (session: Session, title: string, count: number) => {
  const { redis, keys } = session
  const { id: album } = await createAlbum(session, { title })
  const drawn = await Promise.all(Array.from({ length: pictures }, (_, n) => drawOne(n)))
  const thumbs: Thumb[] = []
  for (let n = 0; n < count; n++) {
    const number = Buffer.alloc(8)
    number.writeUInt32LE(n)
    const bytes = Buffer.concat([drawn[n % pictures] ?? number, number])
    const name = createHash('sha256').update(bytes).digest('hex')
    thumbs.push({ name, bytes, path: `/thumb/${name}?photo=${encodeURIComponent(album)}/${idOf(n)}` })
  }
  const batch = redis.pipeline()
  for (const [n, { name, bytes }] of thumbs.entries()) {
    batch.set(keys.thumb(name), bytes, 'EX', thumbLifeSeconds)
    batch.hset(keys.photo(album, idOf(n)), { name: `${n}.jpg`, thumb: name, type: 'image/jpeg' })
    batch.zadd(keys.albumPhotos(album), n, idOf(n))
  }
  await batch.exec()
  await redis.xadd(keys.albumEvents(album), '*', 'what', 'added', 'by', 'owner', 'photos', '')
  return { album, thumbs }
}
