import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { cimaise, isInstalled, median, megabytes, ratio, report, sized, withGallery } from './common.ts'
import { sourcePhotos } from './input.ts'
import { watchProcesses } from './watch-processes.ts'

export const processes = Math.min(2, availableParallelism())
const copies = sized(8, 1)
const rounds = sized(3, 1)

/** What the gallery writes (src/core/library/decode/image.ts): both sides encode alike. */
const webp = { quality: 70, effort: 1 }

export interface Run {
  seconds: number
  /** Bytes; 0 where it is not known. */
  peak: number
  /** Seconds of a processor, of all processes; 0 where it is not known. */
  used: number
}

/** The reference: as many vipsthumbnail processes over the same files at the same size. */
export const byVips = async (files: string[], to: string): Promise<Run> => {
  const begin = performance.now()
  const output = `${join(to, '%s.webp')}[Q=${webp.quality},effort=${webp.effort}]`
  const children = Array.from({ length: processes }, (_, n) => {
    const share = files.filter((_file, i) => i % processes === n)
    return spawn('vipsthumbnail', ['-s', '320', '-o', output, ...share], { stdio: 'ignore' })
  })
  const watched = watchProcesses(() => children.flatMap(({ pid }) => pid ?? []))
  await Promise.all(children.map((child) => once(child, 'close')))
  watched.end()
  return { seconds: (performance.now() - begin) / 1000, peak: watched.peak(), used: watched.used() }
}

/** The reference where there is no vipsthumbnail: plain sharp in one process, as many pictures at once. */
export const bySharp = async (files: string[], to: string): Promise<Run> => {
  const { default: sharp } = await import('sharp')
  const begin = performance.now()
  const rest = [...files]
  const worker = async () => {
    for (let file = rest.pop(); file; file = rest.pop())
      await sharp(file)
        .autoOrient()
        .resize(320, 320, { fit: 'inside' })
        .webp(webp)
        .toFile(join(to, `${rest.length}.webp`))
  }
  await Promise.all(Array.from({ length: processes }, worker))
  return { seconds: (performance.now() - begin) / 1000, peak: 0, used: 0 }
}

/** The same photo under another digest and size: what an import meets is no duplicates. */
export const copyApart = (from: string, to: string, more: number) => {
  copyFileSync(from, to)
  appendFileSync(to, Buffer.alloc(more))
}

/** Photos a second of a whole import (process start, EXIF, digest, thumbnail, placeholder, Redis) against thumbnails alone. */
export const benchImport = () =>
  withGallery(async ({ env, folder }) => {
    const { files: sources, kind } = await sourcePhotos(join(folder, 'sources'), ['camera', 'orientation'])
    const vips = isInstalled('vipsthumbnail')
    const [own, reference]: [Run[], Run[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      const photos = join(folder, `photos-${round}`)
      const to = join(folder, `thumbs-${round}`)
      mkdirSync(photos)
      mkdirSync(to)
      for (let copy = 0; copy < copies; copy++)
        sources.forEach((file, i) => copyApart(file, join(photos, `${copy}-${i}.jpg`), copy))
      const files = readdirSync(photos).map((name) => join(photos, name))
      reference.push(await (vips ? byVips : bySharp)(files, to))
      const { seconds, peak, used, answer } = await cimaise(env, 'import', photos)
      if (answer['added'] !== files.length)
        throw new Error(`only ${String(answer['added'])} of ${files.length} were added`)
      own.push({ seconds, peak, used })
    }
    const count = sources.length * copies
    const name = vips ? 'vipsthumbnail' : 'sharp'
    const [mine, others] = [own, reference].map((runs) => median(runs.map(({ seconds }) => seconds)))
    const [held, theirs] = [own, reference].map((runs) => median(runs.map(({ peak }) => peak)))
    const line = (what: string, seconds = 0, peak = 0) =>
      report(what, `${(count / seconds).toFixed(1)}/s`, peak > 0 ? `peak memory ${megabytes(peak)}` : '')
    line(`import, ${count} ${kind} photos, ${processes} processes`, mine, held)
    line(`  ${name}, the same files, processes and WebP`, others, theirs)
    const ratios = own.map(({ seconds }, round) => (reference[round]?.seconds ?? 0) / seconds)
    report(
      '  ratio (aim: 0.90 or more)',
      ratio(median(ratios)),
      `median of ${rounds} rounds: ${ratios.map(ratio).join(', ')}`,
    )
  })
