import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { MeasuredZip, unmeasuredZip, type Content } from './zip-file.ts'
import { zipDate } from './zip-records.ts'

const date = zipDate(new Date(2024, 4, 6, 7, 8, 10))

async function* inPieces(text: string, from = 0): Content {
  const bytes = Buffer.from(text).subarray(from)
  for (let at = 0; at < bytes.length; at += 3) yield await Promise.resolve(bytes.subarray(at, at + 3))
}

const gather = async (bytes: AsyncIterable<Uint8Array>) => {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

const contents = ['first, not short', '', 'été 写真', 'the last']
const names = ['a.jpg', 'empty.txt', 'Été/写真.jpg', 'b.jpg']

const measured = (texts = contents) => {
  const zip = new MeasuredZip(
    texts.map((text, n) => ({
      name: Buffer.from(names[n] ?? ''),
      size: Buffer.byteLength(text),
      date,
      crc: null,
    })),
  )
  const read: number[] = []
  const bytes = (first = 0, last = zip.size - 1) =>
    gather(
      zip.bytes({ first, last }, (index, from) => {
        read.push(index)
        return inPieces(texts[index] ?? '', from)
      }),
    )
  return { zip, read, bytes }
}

test('a zip file has the length that was told before a byte was read, and holds its files under their names', async () => {
  const { zip, bytes } = measured()
  const whole = await bytes()
  expect(whole.length).toBe(zip.size)
  const files = unzipSync(new Uint8Array(whole))
  expect(Object.entries(files).map(([name, file]) => [name, strFromU8(file)])).toEqual(
    names.map((name, n) => [name, contents[n]]),
  )
})

test('any part of it is the same bytes, whether something was read before or not', async () => {
  const whole = await measured().bytes()
  const read = measured()
  await read.bytes()
  for (let first = 0; first < whole.length; first++) {
    for (const { bytes } of [measured(), read])
      expect((await bytes(first)).equals(whole.subarray(first)), `from ${first}`).toBe(true)
    const last = Math.min(whole.length - 1, first + 40)
    expect((await measured().bytes(first, last)).equals(whole.subarray(first, last + 1))).toBe(true)
  }
})

test('a part that ends before the directory reads no file but its own', async () => {
  const { read, bytes, zip } = measured()
  await bytes(40, 44)
  expect(read).toEqual([0])
  expect([0, 40, zip.size - 1].map((at) => zip.wholeBefore(at))).toEqual([0, 0, 4])
})

test('a content of another size than was told breaks it off', async () => {
  for (const other of ['longer than it was', 'short']) {
    const { zip } = measured()
    const bytes = zip.bytes({ first: 0, last: zip.size - 1 }, () => inPieces(other))
    await expect(gather(bytes)).rejects.toMatchObject({ code: 'CONFLICT' })
  }
})

test('beyond 65,535 files and 4 GB the fields of 64 bits are used, and their places are right', () => {
  const many = new MeasuredZip(
    Array.from({ length: 70_000 }, (_, n) => ({ name: Buffer.from(`${n}`), size: 0, date, crc: 0 })),
  )
  expect(many.wholeBefore(many.size)).toBe(70_000)
  const large = new MeasuredZip(
    [5e9, 10].map((size, n) => ({ name: Buffer.from(`${n}`), size, date, crc: null })),
  )
  const small = new MeasuredZip(
    [5e8, 10].map((size, n) => ({ name: Buffer.from(`${n}`), size, date, crc: null })),
  )
  // Of the large file: 20 more in its header, 8 behind it, 20 in the directory; 12 for the place of the other one, 76 at the end.
  expect(large.size - small.size).toBe(5e9 - 5e8 + 20 + 8 + 20 + 12 + 76)
})

test('a file whose length nobody knows is whole at its end', async () => {
  async function* files() {
    for (const [n, text] of contents.entries())
      yield await Promise.resolve({
        name: Buffer.from(names[n] ?? ''),
        size: Buffer.byteLength(text),
        date,
        crc: null,
        content: inPieces(text),
      })
  }
  const whole = await gather(unmeasuredZip(files()))
  expect(whole.equals(await measured().bytes())).toBe(true)
})
