import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary.ts'
import { PreviewCache } from './preview-cache.ts'

const maxBytes = 640_000
const bytes = (n: number, length = 9968) => Buffer.alloc(length, n)
const nameOf = (n: number) => `${String.fromCharCode(65 + (n % 26))}${n}-content-640-1`

const opened = (folder = temporaryFolder()) => ({
  folder,
  cache: new PreviewCache(folder, { maxBytes, reserve: 0 }),
})

/** All that lies in the folder, whole or not. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))

const fileOf = (folder: string, name: string) => filesIn(folder).find((path) => path.endsWith(name)) ?? ''
const totalIn = (folder: string) => filesIn(folder).reduce((sum, path) => sum + statSync(path).size, 0)

const hoursAgo = (hours: number) => Date.now() / 1000 - hours * 3600

test('what was kept is there for another process, and after a restart', async () => {
  const { folder, cache } = opened()
  await cache.keep(nameOf(1), bytes(1))
  expect(await cache.get(nameOf(1))).toEqual(bytes(1))
  expect(await opened(folder).cache.get(nameOf(1))).toEqual(bytes(1))
  expect(await cache.get(nameOf(2))).toBeNull()
})

test('the folder stays within its bound, however much two processes write into it', async () => {
  const { folder, cache } = opened()
  const other = opened(folder).cache
  let most = 0
  for (let n = 0; n < 200; n++) {
    await Promise.all([cache.keep(nameOf(n), bytes(n)), other.keep(nameOf(1000 + n), bytes(n))])
    most = Math.max(most, totalIn(folder))
  }
  expect(most).toBeLessThanOrEqual(maxBytes)
  expect(most).toBeGreaterThan(maxBytes / 2)
})

test('what was not used for longest goes first', async () => {
  const { folder, cache } = opened()
  for (let n = 0; n < 55; n++) await cache.keep(nameOf(n), bytes(n))
  for (let n = 0; n < 55; n++) utimesSync(fileOf(folder, nameOf(n)), hoursAgo(100 - n), hoursAgo(100 - n))
  expect(await cache.get(nameOf(0))).not.toBeNull()
  for (let n = 100; n < 110; n++) await cache.keep(nameOf(n), bytes(n))
  await cache.sweep()
  const there = await Promise.all([0, 1, 2, 54, 109].map((n) => cache.get(nameOf(n))))
  expect(there.map((found) => found !== null)).toEqual([true, false, false, true, true])
})

test('a file that was cut, overwritten or left half written is none, and goes', async () => {
  const { folder, cache } = opened()
  for (const n of [1, 2, 3]) await cache.keep(nameOf(n), bytes(n))
  truncateSync(fileOf(folder, nameOf(1)), 5000)
  writeFileSync(fileOf(folder, nameOf(2)), Buffer.alloc(10_000))
  writeFileSync(fileOf(folder, nameOf(3)), '')
  for (const n of [1, 2, 3]) expect(await cache.get(nameOf(n))).toBeNull()
  expect(filesIn(folder)).toEqual([])
  const left = join(folder, 'half.part')
  writeFileSync(left, 'half of a preview')
  utimesSync(left, hoursAgo(1), hoursAgo(1))
  await cache.sweep()
  expect(filesIn(folder)).toEqual([])
})

test('while many write and read one preview, each reader gets all of it or nothing', async () => {
  const { folder, cache } = opened()
  const other = opened(folder).cache
  const read: (Buffer | null)[] = []
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      await (n % 2 === 0 ? cache : other).keep(nameOf(7), bytes(7))
      read.push(await (n % 3 === 0 ? cache : other).get(nameOf(7)))
    }),
  )
  expect(read.every((found) => found?.equals(bytes(7)))).toBe(true)
  expect(filesIn(folder)).toHaveLength(1)
})

test('a bound of nothing keeps nothing, and a disk without room to spare is not filled', async () => {
  const folder = temporaryFolder()
  const none = new PreviewCache(folder, { maxBytes: 0 })
  await none.keep(nameOf(1), bytes(1))
  expect(filesIn(folder)).toEqual([])
  const crowded = new PreviewCache(folder, { maxBytes, reserve: Number.MAX_SAFE_INTEGER })
  for (let n = 0; n < 20; n++) await crowded.keep(nameOf(n), bytes(n))
  await crowded.sweep()
  expect(filesIn(folder)).toEqual([])
})

test('a folder that cannot be written costs a preview its place and nothing else', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, 'no folder')
  const cache = new PreviewCache(file, { maxBytes })
  await cache.keep(nameOf(1), bytes(1))
  expect(await cache.get(nameOf(1))).toBeNull()
  expect(readFileSync(file, 'utf8')).toBe('no folder')
})
