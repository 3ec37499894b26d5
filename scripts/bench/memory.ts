import { copyFileSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Connection } from '../../src/core/redis/connection.ts'
import { cimaise, report, withGallery } from './common.ts'
import { sourcePhotos } from './input.ts'

const usage = async (redis: Connection, key: string) => (await redis.memory('USAGE', key, 'SAMPLES', 0)) ?? 0

const bytes = (value: number) => `${Math.round(value).toLocaleString('en')} B`

/** Bytes of Redis for one photo, everything that grows with it counted: records, order, file index, events; thumbnail. */
export const benchMemory = () =>
  withGallery(async ({ gallery, env, folder }) => {
    const { files, kind } = await sourcePhotos(join(folder, 'sources'), ['camera', 'orientation', 'metadata'])
    const photos = join(folder, 'photos')
    mkdirSync(photos)
    for (const [n, file] of files.entries()) copyFileSync(file, join(photos, `${n}-${basename(file)}`))
    await cimaise(env, 'import', photos)
    const { redis, keys, account, host } = await gallery.self()
    const sum = { records: 0, order: 0, fileIndex: 0, events: 0, thumbs: 0, photos: 0 }
    for (const album of await redis.smembers(keys.albums)) {
      sum.order += await usage(redis, keys.albumPhotos(album))
      sum.events += await usage(redis, keys.albumEvents(album))
      for (const photo of await redis.zrange(keys.albumPhotos(album), 0, '-1')) {
        sum.photos++
        sum.records += await usage(redis, keys.photo(album, photo))
        sum.thumbs += await usage(
          redis,
          keys.thumb((await redis.hget(keys.photo(album, photo), 'thumb')) ?? ''),
        )
      }
    }
    if (sum.photos === 0) throw new Error('no photo was taken in')
    sum.fileIndex = await usage(redis, keys.library(account, host))
    const each = (value: number) => bytes(value / sum.photos)
    report(
      `memory for one photo, over ${sum.photos} ${kind} photos`,
      each(sum.records + sum.order + sum.fileIndex + sum.events),
      'metadata (aim: 1,024 B or less)',
    )
    report(
      '  record · order · file index · events',
      '',
      [sum.records, sum.order, sum.fileIndex, sum.events].map(each).join(' · '),
    )
    report('  thumbnail (aim: 12,288 B or less)', each(sum.thumbs))
  })
