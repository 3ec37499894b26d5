import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary.ts'
import { folderAt, isSameFolder, KnownFolders, type FolderIdentity } from './known-folders.ts'

const folderWithOther = () => {
  const parent = temporaryFolder()
  const [folder, other] = [join(parent, 'folder'), join(parent, 'other')]
  mkdirSync(join(folder, 'in'), { recursive: true })
  mkdirSync(other)
  return { folder, other, drawer: join(parent, 'drawer') }
}

test('a folder is the same until another one has its name, and that one once it is noted', async () => {
  const { folder, other, drawer } = folderWithOther()
  const known = new KnownFolders()
  expect(await known.otherAt(folder)).toBeNull()
  expect(await known.otherAt(folder)).toBeNull()
  renameSync(folder, drawer)
  renameSync(other, folder)
  const now = await known.otherAt(folder)
  expect(now).not.toBeNull()
  if (now) known.note(folder, now)
  expect(await known.otherAt(folder)).toBeNull()
  rmSync(folder, { recursive: true })
  renameSync(drawer, folder)
  expect(await known.otherAt(folder)).not.toBeNull()
})

test('where there is no folder there is no other one, and the one that comes back is the same', async () => {
  const { folder, drawer } = folderWithOther()
  const known = new KnownFolders()
  await known.otherAt(folder)
  renameSync(folder, drawer)
  expect(await known.otherAt(folder)).toBeNull()
  renameSync(drawer, folder)
  expect(await known.otherAt(folder)).toBeNull()
})

test('a folder that was taken away is another one where the disk tells none from another, and those in it are to be noted anew', async () => {
  const { folder } = folderWithOther()
  const known = new KnownFolders()
  await known.otherAt(folder)
  await known.otherAt(join(folder, 'in'))
  known.doubt(folder)
  expect(await known.otherAt(folder)).not.toBeNull()
  expect(await known.otherAt(join(folder, 'in'))).toBeNull()
})

test('a folder that another server looked after meanwhile is noted anew', async () => {
  const { folder, other, drawer } = folderWithOther()
  const known = new KnownFolders()
  await known.otherAt(folder)
  renameSync(folder, drawer)
  renameSync(other, folder)
  known.forget(folder)
  expect(await known.otherAt(folder)).toBeNull()
})

test('folders are told apart by their drive, their number and their birth, of which a disk may tell no more than the first', () => {
  const one: FolderIdentity = { dev: 1, ino: 2, born: 3 }
  expect(isSameFolder(one, { ...one })).toBe(true)
  expect(isSameFolder(one, { ...one, ino: 0, born: 0 })).toBe(true)
  for (const other of [{ dev: 9 }, { ino: 9 }, { born: 9 }])
    expect(isSameFolder(one, { ...one, ...other })).toBe(false)
})

test('when a folder was made is told from the moment of its making on, in which its last change was its making', async () => {
  const folder = join(temporaryFolder(), 'new')
  mkdirSync(folder)
  const { birthtimeMs } = statSync(folder)
  expect((await folderAt(folder))?.born).toBe(birthtimeMs)
})
