import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawIcons } from '../../scripts/icons/draw.ts'

const root = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, name))

/** The squares of an icon for Windows: what its list says of each, and what the picture says itself. */
const readIco = async (file: Buffer) => {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1])
  const entries = Array.from({ length: file.readUInt16LE(4) }, (_, n) => 6 + 16 * n)
  return Promise.all(
    entries.map(async (at) => {
      const [length, offset] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)]
      const { format, width, height } = await sharp(file.subarray(offset, offset + length)).metadata()
      return { listed: file.readUInt8(at) || 256, format, width, height }
    }),
  )
}

/** The parts of an icon for macOS by their names; the lengths in it have to add up. */
const readIcns = async (file: Buffer) => {
  expect(file.toString('latin1', 0, 4)).toBe('icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  const sides: Record<string, string> = {}
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const picture = file.subarray(at + 8, at + file.readUInt32BE(at + 4))
    const { format, width, height } = await sharp(picture).metadata()
    sides[file.toString('latin1', at, at + 4)] = `${format} ${width}×${height}`
  }
  return sides
}

test('the icon of Windows has every size from a list to a large tile', async () => {
  const squares = await readIco(read('resources/icon.ico'))
  expect(squares.map(({ width }) => width)).toEqual([16, 24, 32, 48, 64, 128, 256])
  for (const { listed, format, width, height } of squares)
    expect({ format, width, height }).toEqual({ format: 'png', width: listed, height: listed })
})

test('the icon of macOS has every size under the name that stands for it', async () => {
  expect(await readIcns(read('resources/icon.icns'))).toEqual({
    icp4: 'png 16×16',
    icp5: 'png 32×32',
    ic07: 'png 128×128',
    ic08: 'png 256×256',
    ic09: 'png 512×512',
    ic11: 'png 32×32',
    ic12: 'png 64×64',
    ic13: 'png 256×256',
    ic14: 'png 512×512',
    ic10: 'png 1024×1024',
  })
})

test('each picture for Linux has the size that its name says', async () => {
  for (const side of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
    const { format, width, height } = await sharp(read(`resources/icons/${side}x${side}.png`)).metadata()
    expect({ format, width, height }).toEqual({ format: 'png', width: side, height: side })
  }
})

test('the web app has each icon that its manifest promises, in that size, and a maskable one without clear pixels', async () => {
  const manifest = JSON.parse(read('src/renderer/public/manifest.webmanifest').toString()) as {
    icons: { src: string; sizes: string; purpose?: string }[]
  }
  for (const { src, sizes, purpose } of manifest.icons) {
    const file = read(`src/renderer/public/${src}`)
    if (sizes === 'any') continue
    const { width, height } = await sharp(file).metadata()
    expect(`${width}x${height}`).toBe(sizes)
    if (purpose === 'maskable') expect((await sharp(file).stats()).isOpaque).toBe(true)
  }
  expect(manifest.icons).toHaveLength(4)
})

/** How far two pictures of one size are apart, 0 to 255 on average: another libvips may round otherwise. */
const apart = async (one: Buffer, other: Buffer) => {
  const [a, b] = await Promise.all([one, other].map((png) => sharp(png).ensureAlpha().raw().toBuffer()))
  if (!a || a.length !== b?.length) return 255
  return a.reduce((sum, value, n) => sum + Math.abs(value - (b[n] ?? 0)), 0) / a.length
}

test('all icons are drawn from the drawings as they are now', async () => {
  const files = await drawIcons()
  expect(files.size).toBe(16)
  for (const [name, drawn] of files) {
    expect(existsSync(join(root, name)), `${name}: npm run icons`).toBe(true)
    if (name.endsWith('.svg')) expect(read(name)).toEqual(drawn)
    if (name.endsWith('.png'))
      expect(await apart(read(name), drawn), `${name}: npm run icons`).toBeLessThan(1)
  }
})
