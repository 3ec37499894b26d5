import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { bothDigests, firstDigest, headBytes, isFirst } from './first-digest.ts'
import { parseEntry, encodeEntry } from './file-index.ts'

test('no digest of a content passes for that of a first look', () => {
  for (let n = 0; n < 500; n++) expect(isFirst(hash('sha256', String(n), 'base64url'))).toBe(false)
})

test('a first look tells files apart by their beginning and by their size', () => {
  const [a, b] = [Buffer.from('one'), Buffer.from('other')]
  const digests = [firstDigest(a, 10), firstDigest(a, 11), firstDigest(b, 10)]
  expect(new Set(digests).size).toBe(3)
  expect(digests.every(isFirst)).toBe(true)
  expect(firstDigest(Buffer.from('one'), 10)).toBe(digests[0])
})

test('the file index keeps it as it keeps a digest', () => {
  const digest = firstDigest(Buffer.from('one'), 10)
  const entry = { photo: 'abcdefghij', album: 'owner~abcdefgh', size: 10, mtime: 5, digest, missing: false }
  expect(parseEntry(encodeEntry(entry))).toEqual(entry)
})

test('a whole content has in one pass the digests that it has in two, be it longer or shorter than a first look', () => {
  for (const length of [0, 5, headBytes, headBytes + 1, 3 * headBytes]) {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => i % 251))
    expect(bothDigests(bytes)).toEqual({
      digest: hash('sha256', bytes, 'base64url'),
      first: firstDigest(bytes.subarray(0, headBytes), length),
    })
  }
})
