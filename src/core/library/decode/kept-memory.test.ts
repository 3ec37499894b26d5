import { expect, test } from 'vitest'
import { inKeptMemory } from './kept-memory.ts'

/** The memory that a file of this size gets. */
const memoryFor = (size: number) => inKeptMemory(size, (memory) => Promise.resolve(memory.buffer))

test('a file that is a little larger than all before is read into the same memory', async () => {
  const first = await memoryFor(7_000_000)
  expect(first.byteLength).toBeGreaterThanOrEqual(7_000_000)
  for (const size of [7_000_001, 10, 7_300_000]) expect(await memoryFor(size)).toBe(first)
  expect((await memoryFor(9_000_000)).byteLength).toBeGreaterThanOrEqual(9_000_000)
})

test('files that are read at once have memory of their own', async () => {
  const [one, other] = await Promise.all([memoryFor(1000), memoryFor(1000)])
  expect(one).not.toBe(other)
})
