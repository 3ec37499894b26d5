import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary.ts'
import { countPhotos } from './count-photos.ts'
import { startingFolders } from './starting-folders.ts'

const write = (folder: string, ...names: string[]) => {
  mkdirSync(folder, { recursive: true })
  for (const name of names) writeFileSync(join(folder, name), '')
}

test('folders of a home are found under the names that its system gives them', async () => {
  const home = temporaryFolder()
  for (const name of ['Images', 'Pictures', 'Downloads']) mkdirSync(join(home, name))
  write(join(home, '.config'), 'other')
  writeFileSync(
    join(home, '.config', 'user-dirs.dirs'),
    '# by the system\nXDG_PICTURES_DIR="$HOME/Images"\nXDG_DESKTOP_DIR="$HOME"\nXDG_DOCUMENTS_DIR="/nowhere"\n',
  )
  const found = (await startingFolders(home)).filter(({ kind }) => kind !== 'drive')
  expect(found).toEqual([
    { kind: 'pictures', path: join(home, 'Images') },
    { kind: 'desktop', path: home },
    { kind: 'downloads', path: join(home, 'Downloads') },
  ])
})

test('photos are counted in a folder and below, and neither other files nor hidden ones', async () => {
  const folder = temporaryFolder()
  write(folder, 'a.jpg', 'b.NEF', 'notes.txt', '.c.jpg')
  write(join(folder, '2024', 'May'), 'd.heic', 'e.mp4')
  write(join(folder, '.thumbnails'), 'f.jpg')
  expect(await countPhotos(folder)).toEqual({ photos: 4, more: false })
  expect(await countPhotos(join(folder, 'nowhere'))).toEqual({ photos: 0, more: false })
})

test('counting ends when nobody waits for it any more', async () => {
  const folder = temporaryFolder()
  write(folder, 'a.jpg')
  expect(await countPhotos(folder, AbortSignal.abort())).toEqual({ photos: 0, more: true })
})
