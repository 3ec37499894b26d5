import { expect, test } from 'vitest'
import { KeptThumbs } from './kept-thumbnails.ts'

const bytes = (length: number) => Buffer.alloc(length, 1)

test('no more bytes are kept than may be, and those that were not asked for the longest go first', () => {
  const kept = new KeptThumbs(100)
  for (const name of ['a', 'b', 'c']) kept.keep(name, bytes(30))
  expect(kept.get('a')).toHaveLength(30)
  kept.keep('d', bytes(30))
  expect(['a', 'b', 'c', 'd'].filter((name) => kept.get(name))).toEqual(['a', 'c', 'd'])
})

test('what is kept twice counts once', () => {
  const kept = new KeptThumbs(100)
  for (let n = 0; n < 10; n++) kept.keep('a', bytes(60))
  kept.keep('b', bytes(40))
  expect([kept.get('a')?.length, kept.get('b')?.length]).toEqual([60, 40])
})

test('a thumbnail that is larger than all that may be kept is not kept', () => {
  const kept = new KeptThumbs(100)
  kept.keep('a', bytes(101))
  expect(kept.get('a')).toBeUndefined()
})
