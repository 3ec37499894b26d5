import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { stateOf } from '../../src/core/library/index/file-identity.ts'
import { addPhotos } from '../../src/core/library/writing/photo-writer.ts'
import { nothingSaid } from '../../src/core/library/decode/metadata.ts'
import { cimaise, median, megabytes, ms, ratio, report, sized, withGallery } from './common.ts'

const folders = sized(400, 4)
const filesInFolder = 250
const rounds = sized(5, 1)

/** Files that are known as taken in already: importing so many would take longer than all that is measured. */
const fill = async (session: Session, root: string) => {
  const thumb = Buffer.from('a thumbnail')
  for (let folder = 0; folder < folders; folder++) {
    const directory = join(root, String(folder))
    await mkdir(directory, { recursive: true })
    const { id: album } = await createAlbum(session, { title: `Folder ${folder}` })
    const photos = await Promise.all(
      Array.from({ length: filesInFolder }, async (_, file) => {
        const path = join(directory, `IMG_${file}.jpg`)
        await writeFile(path, path)
        const { size: bytes, ...state } = stateOf(await lstat(path))
        const digest = Buffer.from(`${folder}/${file}`.padEnd(32)).toString('base64url')
        const shown = { thumb, thumbName: 'b'.repeat(64), fields: {}, said: nothingSaid }
        return { path, read: { ...state, ...shown, digest, bytes, time: state.mtime } }
      }),
    )
    await addPhotos(session, album, photos)
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

/** An import of files that are known and unchanged, which reads none of them, against a bare walk over the same folders. */
export const benchRescan = () =>
  withGallery(async ({ gallery, env, folder }) => {
    const photos = join(folder, 'photos')
    const empty = join(folder, 'empty')
    await fill(await gallery.self(), photos)
    await mkdir(empty)
    const [own, start, walk, ratios, peaks]: number[][] = [[], [], [], [], []]
    for (let round = 0; round < rounds; round++) {
      const begin = performance.now()
      await bareWalk(photos)
      const walked = performance.now() - begin
      const started = (await cimaise(env, 'import', empty)).seconds * 1000
      const { seconds, peak, answer } = await cimaise(env, 'import', photos)
      if (answer['unchanged'] !== folders * filesInFolder) throw new Error('files were read again')
      walk?.push(walked)
      start?.push(started)
      own?.push(seconds * 1000)
      peaks?.push(peak)
      ratios?.push((seconds * 1000 - started) / walked)
    }
    report(
      `rescan of ${(folders * filesInFolder).toLocaleString('en')} unchanged files`,
      ms(median(own ?? [])),
      `of which ${ms(median(start ?? []))} start the program; peak memory ${megabytes(median(peaks ?? []))}`,
    )
    report('  bare directory walk with stat', ms(median(walk ?? [])))
    report(
      '  ratio without the start (aim: 2.00 or less)',
      ratio(median(ratios ?? [])),
      `median of ${rounds} rounds: ${(ratios ?? []).map(ratio).join(', ')}`,
    )
  })
