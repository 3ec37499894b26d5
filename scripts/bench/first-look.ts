import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { asCameraJpeg, noisyJpeg } from '../../test/support/pictures/camera-jpeg.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { isInstalled, megabytes, ratio, report, sized, startCimaise, withGallery } from './common.ts'
import { bySharp, byVips, copyApart, processes, type Run } from './import.ts'

const [width, height] = [6000, 4000]
const distinct = sized(20, 2)
const copies = sized(50, 6)

/** How often the gallery is asked how much of it shows, in milliseconds. */
const everyMs = 20

const shownIn = async ({ redis, keys }: Session): Promise<number> => {
  let shown = 0
  for (const album of await redis.smembers(keys.albums)) shown += await redis.zcard(keys.albumPhotos(album))
  return shown
}

/** Files of a camera of 24 megapixels, each with contents of its own. */
const drawPhotos = async (folder: string): Promise<string[]> => {
  mkdirSync(folder)
  const files: string[] = []
  for (let n = 0; n < distinct; n++) {
    const jpeg = await asCameraJpeg(await noisyJpeg(width, height, n * 37))
    const first = join(folder, `${n}.jpg`)
    writeFileSync(first, jpeg)
    files.push(first)
    for (let copy = 1; copy < copies; copy++) {
      const file = join(folder, `${n}-${copy}.jpg`)
      copyApart(first, file, copy)
      files.push(file)
    }
  }
  return files
}

/** Photos a second until all of them show, and until all of them are read whole, against thumbnails alone. */
export const benchFirstLook = () =>
  withGallery(async ({ gallery, env, folder }) => {
    const photos = join(folder, 'photos')
    const files = await drawPhotos(photos)
    const vips = isInstalled('vipsthumbnail')
    const to = join(folder, 'thumbs')
    mkdirSync(to)
    const measure = () => (vips ? byVips : bySharp)(files, to)
    const before = await measure()
    const session = await gallery.self()
    const run = startCimaise(env, 'import', photos)
    while ((await shownIn(session)) < files.length) await wait(everyMs)
    const shown = { seconds: (performance.now() - run.begin) / 1000, peak: run.peak(), used: run.used() }
    const whole = await run.ended
    if (whole.answer['added'] !== files.length)
      throw new Error(`only ${String(whole.answer['added'])} of ${files.length} were added`)
    // A machine that others use too is not as fast before as after: the reference is the mean of both.
    const after = await measure()
    const reference = {
      seconds: (before.seconds + after.seconds) / 2,
      peak: Math.max(before.peak, after.peak),
      used: (before.used + after.used) / 2,
    }
    const line = (what: string, { seconds, peak, used }: Run) =>
      report(
        what,
        `${(files.length / seconds).toFixed(1)}/s`,
        `ratio ${ratio(reference.seconds / seconds)}, peak memory ${megabytes(peak)}, ${((used / files.length) * 1000).toFixed(1)} ms of a processor a file`,
      )
    line(`first look, ${files.length} JPEGs of 24 MP, ${processes} processes`, shown)
    line('  read whole (aim: 0.90 or more)', whole)
    line(`  ${vips ? 'vipsthumbnail' : 'sharp'}, the same files and processes`, reference)
  })
