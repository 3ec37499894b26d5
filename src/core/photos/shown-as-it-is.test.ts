import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sharp } from '../library/decode/sharp.ts'
import { isShownAsItIs } from './shown-as-it-is.ts'

const folder = mkdtempSync(join(tmpdir(), 'cimaise-shown-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const drawing = () => sharp({ create: { width: 60, height: 40, channels: 3, background: '#d04020' } })

const judge = async (bytes: Buffer, type: string) => {
  const path = join(folder, 'a')
  writeFileSync(path, bytes)
  const file = await open(path)
  try {
    return await isShownAsItIs(file, type)
  } finally {
    await file.close()
  }
}

test('a WebP that EXIF turns is converted, as browsers do not turn it', async () => {
  const turned = await drawing().withMetadata({ orientation: 6 }).webp().toBuffer()
  expect(await judge(turned, 'image/webp')).toBe(false)
  expect(await judge(await drawing().withMetadata({ orientation: 1 }).webp().toBuffer(), 'image/webp')).toBe(
    true,
  )
  expect(await judge(await drawing().webp().toBuffer(), 'image/webp')).toBe(true)
})

test('an AVIF that EXIF alone turns is converted, and one that its container turns is not', async () => {
  const turned = await drawing().withMetadata({ orientation: 6 }).avif().toBuffer()
  expect(await judge(turned, 'image/avif')).toBe(true)
  const byExif = Buffer.from(turned)
  byExif.write('free', byExif.indexOf('irot'), 'latin1')
  expect(await judge(byExif, 'image/avif')).toBe(false)
})

test('a JPEG for printing is converted, others are not', async () => {
  expect(await judge(await drawing().toColourspace('cmyk').jpeg().toBuffer(), 'image/jpeg')).toBe(false)
  expect(await judge(await drawing().withMetadata({ orientation: 6 }).jpeg().toBuffer(), 'image/jpeg')).toBe(
    true,
  )
})

test('a JPEG of more pixels than a browser can hold is converted', async () => {
  const jpeg = await drawing().jpeg().toBuffer()
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(20_000, frame + 5)
  jpeg.writeUInt16BE(20_000, frame + 7)
  expect(await judge(jpeg, 'image/jpeg')).toBe(false)
})

test('what no browser shows is converted', async () => {
  expect(await judge(Buffer.alloc(40), 'image/heic')).toBe(false)
  expect(await judge(Buffer.alloc(40), 'image/png')).toBe(true)
})
