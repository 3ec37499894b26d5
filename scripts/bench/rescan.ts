import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cimaise, median, ms, ratio, report, sized, withGallery } from './common.ts'

const folders = sized(20, 4)
const filesInFolder = 250
const rounds = sized(5, 1)

/** Small JPEGs, all different. */
const fill = async (root: string) => {
  const { default: sharp } = await import('sharp')
  const one = await sharp({ create: { width: 16, height: 12, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer()
  for (let folder = 0; folder < folders; folder++) {
    await mkdir(join(root, String(folder)), { recursive: true })
    for (let file = 0; file < filesInFolder; file++)
      await writeFile(
        join(root, String(folder), `${file}.jpg`),
        Buffer.concat([one, Buffer.from(`${folder}/${file}`)]),
      )
  }
}

/** The reference: every folder read and every file asked for its size and date, one after the other. */
const bareWalk = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { withFileTypes: true })
  let files = 0
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files += await bareWalk(path)
    else files += (await lstat(path)).isFile() ? 1 : 0
  }
  return files
}

/** A second import of unchanged files, which reads none of them, against a bare walk over the same folders. */
export const benchRescan = () =>
  withGallery(async ({ env, folder }) => {
    const photos = join(folder, 'photos')
    const empty = join(folder, 'empty')
    await fill(photos)
    await mkdir(empty)
    await cimaise(env, 'import', photos)
    const [own, start, walk]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round++) {
      const begin = performance.now()
      await bareWalk(photos)
      walk.push(performance.now() - begin)
      start.push((await cimaise(env, 'import', empty)).seconds * 1000)
      const { seconds, answer } = await cimaise(env, 'import', photos)
      if (answer['unchanged'] !== folders * filesInFolder) throw new Error('files were read again')
      own.push(seconds * 1000)
    }
    const net = median(own) - median(start)
    report(
      `rescan of ${(folders * filesInFolder).toLocaleString('en')} unchanged files`,
      ms(median(own)),
      `of which ${ms(median(start))} start the program`,
    )
    report('  bare directory walk with stat', ms(median(walk)))
    report('  ratio without the start', ratio(net / median(walk)), `median of ${rounds} rounds`)
  })
