import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isJunk, isPassedOver } from './ignore-rules.ts'

const made = (files: Record<string, string>) => {
  const root = mkdtempSync(join(tmpdir(), 'rules-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

test('folders that systems, catalogues and archives keep for themselves are passed over', () => {
  for (const name of [
    '.git',
    '@eaDir',
    '@Recycle',
    '@tmp',
    '@SynoEAStream',
    '#recycle',
    '#snapshot',
    '.@__thumb',
    'RECYCLER',
    '$RECYCLE.BIN',
    'System Volume Information',
    '__MACOSX',
    'Lightroom Catalog Previews.lrdata',
    'My Smart Previews.lrdata',
    'Old.aplibrary',
    'Wedding.cocatalog',
    '.dtrash',
    'lost+found',
    'node_modules',
  ])
    expect(isJunk(name), name).toBe(true)
  for (const name of ['2024', 'eaDir', 'Lost', 'lrdata', 'tmp', 'My.photoslibrary', 'recycle'])
    expect(isJunk(name), name).toBe(false)
})

test('of an Apple Photos library only the originals are looked at, of Capture One no cache', () => {
  expect(isJunk('originals', 'My.photoslibrary')).toBe(false)
  expect(isJunk('resources', 'My.photoslibrary')).toBe(true)
  expect(isJunk('Cache', 'CaptureOne')).toBe(true)
  expect(isJunk('Cache', '2024')).toBe(false)
})

test('a folder with .nomedia is passed over with all below it', async () => {
  const root = made({ 'a/.nomedia': '', 'a/b/x.jpg': '', 'c/x.jpg': '' })
  expect(await isPassedOver(root, join(root, 'a/b/x.jpg'))).toBe(true)
  expect(await isPassedOver(root, join(root, 'c/x.jpg'))).toBe(false)
})

test('patterns of .ppignore hold in their folder and below it, and nowhere else', async () => {
  const root = made({ 'a/.ppignore': '# drafts\n*.png\nold/\n!keep.png\n', 'a/x.png': '' })
  expect(await isPassedOver(root, join(root, 'a/x.png'))).toBe(true)
  expect(await isPassedOver(root, join(root, 'a/keep.png'))).toBe(false)
  expect(await isPassedOver(root, join(root, 'a/b/y.PNG'))).toBe(true)
  expect(await isPassedOver(root, join(root, 'a/old/z.jpg'))).toBe(true)
  expect(await isPassedOver(root, join(root, 'x.png'))).toBe(false)
})

test('patterns that would take a matcher for ever do not count', async () => {
  const root = made({ '.ppignore': `${'*a'.repeat(60)}b\n*.gif\n` })
  expect(await isPassedOver(root, join(root, `${'a'.repeat(200)}.jpg`))).toBe(false)
  expect(await isPassedOver(root, join(root, 'x.gif'))).toBe(true)
})
