import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { cimaise, isInstalled, median, ratio, report, sized, withGallery } from './common.ts'
import { sourcePhotos } from './input.ts'

const processes = Math.min(2, availableParallelism())
const copies = sized(8, 1)
const rounds = sized(3, 1)

const run = async (program: string, args: string[]) => {
  const child = spawn(program, args, { stdio: 'ignore' })
  await once(child, 'close')
}

/** The reference: as many vipsthumbnail processes over the same files at the same size. Seconds. */
const byVips = async (files: string[], to: string) => {
  const begin = performance.now()
  const shares = Array.from({ length: processes }, (_, n) => files.filter((_file, i) => i % processes === n))
  await Promise.all(
    shares.map((share) => run('vipsthumbnail', ['-s', '320', '-o', join(to, '%s.webp'), ...share])),
  )
  return (performance.now() - begin) / 1000
}

/** The reference where there is no vipsthumbnail: plain sharp in one process, as many pictures at once. Seconds. */
const bySharp = async (files: string[], to: string) => {
  const { default: sharp } = await import('sharp')
  const begin = performance.now()
  const rest = [...files]
  const worker = async () => {
    for (let file = rest.pop(); file; file = rest.pop())
      await sharp(file)
        .autoOrient()
        .resize(320, 320, { fit: 'inside' })
        .webp()
        .toFile(join(to, `${rest.length}.webp`))
  }
  await Promise.all(Array.from({ length: processes }, worker))
  return (performance.now() - begin) / 1000
}

/** Photos a second of a whole import (process start, EXIF, digest, thumbnail, placeholder, Redis) against thumbnails alone. */
export const benchImport = () =>
  withGallery(async ({ env, folder }) => {
    const { files: sources, kind } = await sourcePhotos(join(folder, 'sources'), ['camera', 'orientation'])
    const vips = isInstalled('vipsthumbnail')
    const [own, reference]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      const photos = join(folder, `photos-${round}`)
      const to = join(folder, `thumbs-${round}`)
      mkdirSync(photos)
      mkdirSync(to)
      for (let copy = 0; copy < copies; copy++)
        sources.forEach((file, i) => copyFileSync(file, join(photos, `${copy}-${i}.jpg`)))
      const files = readdirSync(photos).map((name) => join(photos, name))
      reference.push(await (vips ? byVips : bySharp)(files, to))
      const { seconds, answer } = await cimaise(env, 'import', photos)
      if (answer['added'] !== files.length)
        throw new Error(`only ${String(answer['added'])} of ${files.length} were added`)
      own.push(seconds)
    }
    const count = sources.length * copies
    const name = vips ? 'vipsthumbnail' : 'sharp'
    report(`import, ${count} ${kind} photos, ${processes} processes`, `${(count / median(own)).toFixed(1)}/s`)
    report(`  ${name}, the same files and processes`, `${(count / median(reference)).toFixed(1)}/s`)
    report(
      '  ratio (aim: 0.90 or more)',
      ratio(median(reference) / median(own)),
      `median of ${rounds} rounds`,
    )
  })
