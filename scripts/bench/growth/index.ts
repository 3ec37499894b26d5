import { newKey } from '../../../src/core/redis/server/secrets.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { megabytes, ms, report, sized, withGallery } from '../common.ts'
import { timed } from '../photos.ts'
import { measure, type Measured } from './calls.ts'
import { albumOf, fill, largest, type Size } from './fill.ts'

/** `CIMAISE_BENCH_PHOTOS`: the numbers of photos, by commas, where others are wanted than these. */
const wanted = process.env['CIMAISE_BENCH_PHOTOS']?.split(',').map(Number)
const sizes = wanted ?? sized([10_000, 100_000, 1_000_000], [1000, 10_000])

/** As many as are wanted by the environment, or else as the photos have it. */
const number = (name: string, usual: number) => Number(process.env[name] ?? usual)

const sizeOf = (photos: number): Size => ({
  photos,
  albums: number('CIMAISE_BENCH_ALBUMS', Math.max(20, photos / 100)),
  accounts: number('CIMAISE_BENCH_ACCOUNTS', Math.max(10, photos / 500)),
})

const usedBy = async (session: Session) =>
  Number(/used_memory:(\d+)/.exec(await session.redis.info('memory'))?.[1] ?? 0)

/** Bytes of Redis for what grows with the photos, by `MEMORY USAGE`: records by samples, the rest of some albums whole. */
const reportBytes = async ({ redis, keys, account, host }: Session, photos: number) => {
  const usage = async (key: string) => (await redis.memory('USAGE', key, 'SAMPLES', 0)) ?? 0
  const each = async (found: string[]) => {
    let sum = 0
    for (const key of found) sum += await usage(key)
    return sum
  }
  const ids = await redis.zrange(keys.albumPhotos(largest), 0, '499')
  const albums = [1, 2, 3, 4, 5].map(albumOf)
  const inAlbums = Math.round((photos * 0.9) / (sizeOf(photos).albums - 1)) * albums.length
  const records = (await each(ids.map((id) => keys.photo(largest, id)))) / ids.length
  const order = (await each(albums.map((album) => keys.albumPhotos(album)))) / inAlbums
  const ofAlbums = async (keysOf: (album: string) => string[] | Promise<string[]>) => {
    const found: string[] = []
    for (const album of albums) found.push(...(await keysOf(album)))
    return (await each(found)) / inAlbums
  }
  const tags = await ofAlbums(async (album) =>
    (await redis.hkeys(keys.albumTagNames(album))).map((tag) => keys.albumTag(album, tag)),
  )
  const counts = await ofAlbums((album) => [keys.albumTags(album), keys.albumTagNames(album)])
  const info = await ofAlbums((album) => [keys.albumInfo(album)])
  const events = await ofAlbums((album) => [keys.albumEvents(album)])
  const files = (await usage(keys.library(account, host))) / photos
  const parts = [records, order, tags, counts, info, events, files]
  const bytes = (value: number) => `${Math.round(value)} B`
  report(
    '  metadata a photo (aim: 1,024 B or less)',
    bytes(parts.reduce((sum, part) => sum + part, 0)),
    [
      `record ${bytes(records)}, order ${bytes(order)}, tags ${bytes(tags)}, their names and counts ${bytes(counts)}`,
      `album ${bytes(info)}, its events ${bytes(events)}, file index ${bytes(files)}`,
    ].join(', '),
  )
}

const measureOne = async (photos: number): Promise<Measured> => {
  let measured: Measured = new Map()
  await withGallery(async ({ gallery }) => {
    const session = await gallery.self()
    const [size, key, before] = [sizeOf(photos), newKey(), await usedBy(session)]
    const took = await timed(() => fill(session, size, key))
    const each = Math.round(((await usedBy(session)) - before) / photos)
    report(
      `${photos} photos, ${size.albums} albums, ${size.accounts} accounts`,
      ms(took),
      `${each} B of Redis a photo`,
    )
    await reportBytes(session, photos)
    measured = await measure(gallery, key, size)
    global.gc?.()
    report('  memory of the server', megabytes(process.memoryUsage().rss))
  })
  return measured
}

const cell = (value: number | undefined) =>
  (value === undefined ? '' : value.toFixed(value < 100 ? 1 : 0)).padStart(10)
const growth = (small: number | undefined, large: number | undefined) =>
  (small && large ? (large / small).toFixed(1) : '').padStart(9)

const print = (measured: Measured[]) => {
  const names = [...new Set(measured.flatMap((one) => [...one.keys()]))]
  const counts = sizes.map((photos) => photos.toLocaleString('en').padStart(10)).join('')
  const ratios = sizes
    .slice(1)
    .map((photos) => `× ${photos / (sizes[0] ?? 1)}`.padStart(9))
    .join('')
  console.log(`${'milliseconds'.padEnd(52)}${counts}${ratios}${'× page'.padStart(9)}`)
  for (const name of names) {
    const values = measured.map((one) => one.get(name))
    const more = values
      .slice(1)
      .map((value) => growth(values[0], value))
      .join('')
    const page = growth(measured.at(-1)?.get('bare page'), values.at(-1))
    console.log(`${name.padEnd(52)}${values.map(cell).join('')}${more}${page}`)
  }
}

/** How the time of each call grows with the gallery; the last column is against a bare page of 200 in the largest one. */
export const benchGrowth = async (): Promise<void> => {
  const measured: Measured[] = []
  for (const photos of sizes) measured.push(await measureOne(photos))
  print(measured)
}
