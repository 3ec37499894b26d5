import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary.ts'
import { FileIndex } from '../index/file-index.ts'
import { newInChangedFolders } from './changed-folders.ts'

const write = (path: string, bytes: number) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, Buffer.alloc(bytes))
}

test('of folders that changed, and those that are new in them, files of the wanted sizes are found', async () => {
  const root = temporaryFolder()
  const index = new FileIndex()
  for (const name of ['old/1.jpg', 'new/2.jpg']) {
    write(join(root, name), 5)
    const entry = { photo: name, album: 'a', size: 5, mtime: 1, digest: name, missing: false }
    index.set(join(root, name), entry)
  }
  write(join(root, 'old/unseen.jpg'), 7)
  write(join(root, 'new/found.jpg'), 7)
  write(join(root, 'new/of-another-size.jpg'), 8)
  write(join(root, 'new/deep/er/found-too.jpg'), 7)
  write(join(root, 'new/@eaDir/passed-over.jpg'), 7)
  utimesSync(join(root, 'old'), 1000, 1000)
  const names = async (since: number) =>
    (await newInChangedFolders(index, { path: root }, new Set([7]), since))
      .map(({ path }) => relative(root, path))
      .sort()
  expect(await names(2_000_000)).toEqual(['new/deep/er/found-too.jpg', 'new/found.jpg'])
  expect(await names(0)).toEqual(['new/deep/er/found-too.jpg', 'new/found.jpg', 'old/unseen.jpg'])
})
