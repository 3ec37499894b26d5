import { expect, test } from 'vitest'
import { placeholderOf } from '../library/decode/thumbhash.ts'
import { distance, fingerprintOf } from './fingerprint.ts'
import { groupDuplicates, type Candidate } from './group-duplicates.ts'

/** A picture of soft waves, different for each seed, as pixels. */
const drawn = (seed: number, width = 320, height = 213, brighter = 0) => {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        const [u, v] = [x / width, y / height]
        const wave = Math.sin(6 * u * (1 + (seed % 5)) + seed) + Math.cos(5 * v * (1 + (seed % 3)) + c + seed)
        data[(y * width + x) * 3 + c] = Math.max(0, Math.min(255, 128 + 55 * wave + brighter))
      }
  return placeholderOf({ data, info: { width, height, channels: 3 } })
}

const photo = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  album: 'owner~Abcd1234',
  digest: `digest of ${id}`,
  placeholder: '',
  pixels: 24e6,
  bytes: 8e6,
  rating: 0,
  picked: false,
  missing: false,
  added: 0,
  ...more,
})

const ids = async (photos: Candidate[], threshold: number | null) =>
  (await groupDuplicates(photos, threshold)).map((group) => [group.kind, ...group.photos.map(({ id }) => id)])

test('files with the same bytes are a group, and the one to keep comes first', async () => {
  const same = { digest: 'd' }
  expect(
    await ids(
      [
        photo('missing', { ...same, missing: true, rating: 5 }),
        photo('plain', same),
        photo('rated', { ...same, rating: 3 }),
        photo('picked', { ...same, picked: true }),
        photo('other'),
      ],
      null,
    ),
  ).toEqual([['same', 'picked', 'rated', 'plain', 'missing']])
})

test('smaller and brighter copies of a picture look alike, other pictures do not', async () => {
  const photos = Array.from({ length: 6 }, (_, seed) => photo(`p${seed}`, { placeholder: drawn(seed) }))
  const copies = [
    photo('small', { placeholder: drawn(3, 160, 107), pixels: 1e6 }),
    photo('bright', { placeholder: drawn(3, 320, 213, 6), pixels: 2e6 }),
  ]
  expect(await ids([...copies, ...photos], 0.3)).toEqual([['alike', 'p3', 'bright', 'small']])
  expect(await ids([...copies, ...photos], null)).toEqual([])
})

test('what has the same bytes as a photo that looks like another is in the one group with both', async () => {
  const placeholder = drawn(1)
  const copies = [
    photo('a', { digest: 'd', placeholder }),
    photo('b', { digest: 'd', placeholder, added: 5 }),
  ]
  const large = photo('large', { placeholder, pixels: 50e6 })
  expect(await ids([...copies, large], 0.05)).toEqual([['alike', 'large', 'a', 'b']])
})

test('pictures of other shapes, and records without a placeholder, are never alike', async () => {
  const upright = photo('upright', { placeholder: drawn(2, 213, 320) })
  expect(await ids([upright, photo('wide', { placeholder: drawn(2) }), photo('x'), photo('y')], 0.3)).toEqual(
    [],
  )
})

test.each(['', 'AAAA', 'AAAAAAAA', '////////////////////////////////////////////////'])(
  'what a hand wrote for a placeholder is harmless: %j',
  (text) => {
    const print = fingerprintOf(text)
    expect(print === null || distance(print, print) === 0).toBe(true)
  },
)
