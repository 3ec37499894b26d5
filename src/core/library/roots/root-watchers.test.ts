import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary.ts'
import { RootWatchers } from './root-watchers.ts'

const startWatchers = () => {
  const parent = temporaryFolder()
  const root = join(parent, 'root')
  for (const folder of [root, join(parent, 'other')]) mkdirSync(join(folder, 'in'), { recursive: true })
  const found: string[] = []
  const moved: string[] = []
  const folders: string[] = []
  const watchers = new RootWatchers({
    found: ({ path }) => found.push(basename(path)),
    touched: () => undefined,
    sidecar: () => undefined,
    gone: () => undefined,
    moved: (path) => moved.push(path),
    folderMoved: (_, path) => folders.push(basename(path)),
    problem: () => undefined,
  })
  onTestFinished(() => watchers.close())
  const exchange = () => {
    renameSync(root, join(parent, 'drawer'))
    renameSync(join(parent, 'other'), root)
  }
  return { parent, root, watchers, found, moved, folders, exchange }
}

test('a root that is exchanged while its watching begins is followed as what it is by then', async () => {
  const { root, watchers, found, exchange } = startWatchers()
  const following = watchers.follow({ path: root })
  exchange()
  await following
  expect(await watchers.misses({ path: root }, true)).toBe(false)
  writeFileSync(join(root, 'in/1.jpg'), '1')
  await expect.poll(() => found).toEqual(['1.jpg'])
})

test('a root that was exchanged is told of at once, let go, and followed again when that is asked for', async () => {
  const { root, watchers, found, moved, exchange } = startWatchers()
  await watchers.follow({ path: root })
  exchange()
  await expect.poll(() => moved).toEqual([root])
  expect(watchers.has(root)).toBe(false)
  await watchers.follow({ path: root })
  writeFileSync(join(root, 'in/1.jpg'), '1')
  await expect.poll(() => found).toEqual(['1.jpg'])
})

test('a folder in a root that was taken away is told of, and its root is followed on', async () => {
  const { parent, root, watchers, moved, folders } = startWatchers()
  await watchers.follow({ path: root })
  renameSync(join(root, 'in'), join(parent, 'drawer'))
  await expect.poll(() => folders).toEqual(['in'])
  expect(moved).toEqual([])
  expect(watchers.has(root)).toBe(true)
})

test('a root that goes while its watching begins is not followed, and is missed once it is back', async () => {
  const { parent, root, watchers } = startWatchers()
  const following = watchers.follow({ path: root })
  renameSync(root, join(parent, 'drawer'))
  await following
  expect(await watchers.misses({ path: root }, false)).toBe(false)
  expect(watchers.has(root)).toBe(false)
  renameSync(join(parent, 'drawer'), root)
  expect(await watchers.misses({ path: root }, true)).toBe(true)
})

test('a root that is not registered any more is let go also while its watching begins', async () => {
  const { root, watchers } = startWatchers()
  const following = watchers.follow({ path: root })
  await expect.poll(() => watchers.has(root)).toBe(true)
  await watchers.keepOnly(new Set())
  await following
  expect(watchers.has(root)).toBe(false)
  rmSync(root, { recursive: true })
})
