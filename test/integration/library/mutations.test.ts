import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { createDecoder, decodeTimeoutMs } from '../../../src/core/library/decode/pool.ts'
import type { ReadResult } from '../../../src/core/library/decode/read-photo.ts'
import { english } from '../../../src/shared/i18n/english.ts'
import { writeByMagick, type WrittenFormat } from '../../support/pictures/magick-samples.ts'
import { drawDng } from '../../support/pictures/raw-samples.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Files in all; `MUTATIONS=1000` for the long run. */
const count = Number(process.env['MUTATIONS'] ?? 200)

/** Numbers that are the same at every run: a failure can be made again. */
const seeded = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Random = ReturnType<typeof seeded>

const flip = (bytes: Buffer, random: Random) => {
  for (let n = 1 + random(20); n > 0; n--) {
    const at = random(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
  }
  return bytes
}

/** Sizes stand near the beginning of most formats: they claim the most that they can. */
const inflate = (bytes: Buffer, random: Random) => {
  const at = 8 + random(Math.min(200, bytes.length - 16))
  return bytes.fill(random(2) ? 0xff : 0x7f, at, at + 4)
}

const cut = (bytes: Buffer, random: Random) => bytes.subarray(0, 1 + random(bytes.length - 1))

const mutate = (bytes: Buffer, n: number) => {
  const random = seeded(n + 1)
  return [flip, cut, inflate][random(3)]?.(Buffer.from(bytes), random) ?? bytes
}

const samples = async (): Promise<[name: string, bytes: Buffer][]> => {
  const drawing = sharp({ create: { width: 300, height: 200, channels: 3, background: '#d04020' } })
    .extend({ bottom: 100, background: '#246' })
    .withExif({ IFD0: { Make: 'Test', Model: 'Box' } })
  const png = await drawing.clone().png().toBuffer()
  const jpeg = await drawing.clone().jpeg().toBuffer()
  const others: WrittenFormat[] = ['JXL', 'PSD', 'PSB', 'JP2', 'J2K', 'TGA', 'QOI', 'BMP']
  return [
    ['a.png', png],
    ['a.jpg', jpeg],
    ['a.webp', await drawing.clone().webp().toBuffer()],
    ['a.avif', await drawing.clone().avif().toBuffer()],
    ['a.heic', await drawing.clone().avif().toBuffer()],
    ['a.gif', await drawing.clone().gif().toBuffer()],
    ['a.tif', await drawing.clone().tiff().toBuffer()],
    ['a.dng', drawDng({ width: 300, height: 200 })],
    ['b.dng', drawDng({ width: 300, height: 200, orientation: 6, preview: jpeg })],
    ...(await Promise.all(
      others.map(
        async (format) => [`a.${format.toLowerCase()}`, await writeByMagick(png, format)] as [string, Buffer],
      ),
    )),
  ]
}

test(
  `${count} damaged files of all formats end as photos or as reported failures, and end no decoder for good`,
  { timeout: count * 3000 },
  async () => {
    const folder = temporaryFolder()
    const decoder = createDecoder(2)
    onTestFinished(() => decoder.close())
    const all = await samples()
    const ended = { photo: 0, failed: 0 }
    const files = Array.from({ length: count }, (_, n) => {
      const [name, bytes] = all[n % all.length] ?? ['', Buffer.alloc(0)]
      const file = join(folder, `${n}-${name}`)
      writeFileSync(file, mutate(bytes, n))
      return file
    })
    const read = async (file: string) => {
      const reads: ReadResult[] = []
      // A young file that looks broken may still be being written.
      const kind = async () => {
        reads.push(await decoder.read(file))
        return reads.at(-1)?.kind
      }
      await expect.poll(kind, { timeout: 2 * decodeTimeoutMs, message: file }).toMatch(/photo|failed/)
      const result = reads.at(-1)
      if (result?.kind !== 'photo' && result?.kind !== 'failed') return
      ended[result.kind]++
      if (result.kind === 'failed') expect(english(result.text)).toMatch(/^[A-Z].{8,250}$/)
    }
    const lane = async (first: number) => {
      for (let n = first; n < count; n += 2) await read(files[n] ?? '')
    }
    await Promise.all([lane(0), lane(1)])
    expect(ended.photo + ended.failed).toBe(count)
    const whole = join(folder, 'whole.jpg')
    writeFileSync(whole, all[1]?.[1] ?? '')
    expect(await decoder.read(whole)).toMatchObject({ kind: 'photo' })
    expect(ended.photo).toBeGreaterThan(count / 10)
    expect(ended.failed).toBeGreaterThan(count / 10)
  },
)
