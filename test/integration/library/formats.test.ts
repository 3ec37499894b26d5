import { spawnSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityOf } from '../../../src/core/library/index/file-identity.ts'
import { wrapAsTiff } from '../../../src/core/library/decode/formats/tiff-wrap.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { greyProfile, linear } from '../../support/pictures/colour-samples.ts'
import { writeByMagick, type WrittenFormat } from '../../support/pictures/magick-samples.ts'
import { drawDng } from '../../support/pictures/raw-samples.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const decoder = sharedDecoder()
afterAll(() => decoder.close())

/** Reads a file, which is so young that a damaged one might still be being written at first. */
const read = async (file: string) => {
  await expect.poll(async () => (await decoder.read(file)).kind).not.toBe('growing')
  return decoder.read(file)
}

/** What becomes of a file: its record, its thumbnail and what the viewer shows of it. */
const take = async (name: string, bytes: Buffer) => {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, bytes)
  const result = await read(file)
  if (result.kind !== 'photo') throw new Error(JSON.stringify(result))
  const { type, bytes: shown } = await decoder.convert(file, identityOf(statSync(file)))
  const { fields, thumb } = result.photo
  return { fields, thumb: Buffer.from(thumb), shown: Buffer.from(shown), shownType: type }
}

/** The colour at a place, given as a part of width and height, as a browser shows it. */
const colourAt = async (image: Buffer, [x, y]: [x: number, y: number]) => {
  const { data, info } = await sharp(image)
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  return [...data.subarray(at, at + 3)]
}

const expectColour = (colour: number[], expected: number[], tolerance = 3) => {
  for (const [i, value] of expected.entries()) {
    expect(colour[i], `${colour.join()} for ${expected.join()}`).toBeGreaterThanOrEqual(value - tolerance)
    expect(colour[i], `${colour.join()} for ${expected.join()}`).toBeLessThanOrEqual(value + tolerance)
  }
}

const red = [208, 64, 32]
/** Red above, black below. */
const drawHalves = (width: number, height: number) =>
  sharp({ create: { width, height: height / 2, channels: 3, background: '#d04020' } }).extend({
    bottom: height / 2,
    background: '#000',
  })

type Point = [x: number, y: number]
const [upper, lower, left, right]: [Point, Point, Point, Point] = [
  [0.5, 0.2],
  [0.5, 0.8],
  [0.2, 0.5],
  [0.8, 0.5],
]

let halves: Buffer

beforeAll(async () => {
  halves = await drawHalves(480, 320).png().toBuffer()
})

test.each<[WrittenFormat, string, string]>([
  ['JXL', 'a.jxl', 'image/jxl'],
  ['PSD', 'a.psd', 'image/vnd.adobe.photoshop'],
  ['PSB', 'a.psb', 'image/vnd.adobe.photoshop'],
  ['JP2', 'a.jp2', 'image/jp2'],
  ['J2K', 'a.j2k', 'image/jp2'],
  ['TGA', 'a.tga', 'image/x-tga'],
  ['QOI', 'a.qoi', 'image/qoi'],
  ['BMP', 'a.bmp', 'image/bmp'],
])('%s is a photo, upright and in its colours, in the grid and in the viewer', async (format, name, type) => {
  const { fields, thumb, shown, shownType } = await take(name, await writeByMagick(halves, format))
  expect(fields).toMatchObject({ type, width: '480', height: '320' })
  expect(fields).not.toHaveProperty('damage')
  expect(shownType).toBe('image/jpeg')
  expect(await sharp(shown).metadata()).toMatchObject({ width: 480, height: 320 })
  for (const image of [thumb, shown]) {
    expectColour(await colourAt(image, upper), red)
    expectColour(await colourAt(image, lower), [0, 0, 0])
  }
})

const hasHeifEncoder = spawnSync('heif-enc', ['--help']).error === undefined

test.skipIf(!hasHeifEncoder)('HEIC is a photo, with 8 and 10 bits (skipped without heif-enc)', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.png'), halves)
  for (const bits of ['8', '10']) {
    spawnSync('heif-enc', ['-b', bits, join(folder, 'a.png'), '-o', join(folder, `${bits}.heic`)])
    const { fields, thumb, shown } = await take('a.heic', readFileSync(join(folder, `${bits}.heic`)))
    expect(fields).toMatchObject({ type: 'image/heic', width: '480', height: '320' })
    for (const image of [thumb, shown]) expectColour(await colourAt(image, upper), red)
  }
})

test.each([
  [1, upper, lower],
  [3, lower, upper],
  [6, right, left],
  [8, left, right],
])(
  'a RAW of orientation %i is turned once: by its preview, and by its own data',
  async (orientation, lit, dark) => {
    const [width, height] = orientation > 4 ? ['400', '600'] : ['600', '400']
    const preview = await drawHalves(480, 320).jpeg().toBuffer()
    const sensor = { width: 600, height: 400, orientation }
    const withPreview = await take('a.dng', drawDng({ ...sensor, preview }))
    expect(withPreview.fields).toMatchObject({ type: 'image/x-adobe-dng', width, height })
    expectColour(await colourAt(withPreview.thumb, lit), red)
    expectColour(await colourAt(withPreview.thumb, dark), [0, 0, 0])
    const without = await take('a.dng', drawDng(sensor))
    expect(without.fields).toMatchObject({ width, height })
    for (const image of [without.thumb, without.shown]) {
      const [light, shade] = [await colourAt(image, lit), await colourAt(image, dark)]
      expect(light[1]).toBeGreaterThan(150)
      expect(shade[1]).toBeLessThan(60)
    }
  },
)

test('a preview that stands upright already is not turned again', async () => {
  const preview = await drawHalves(320, 480).jpeg().toBuffer()
  const { fields, thumb } = await take('a.dng', drawDng({ width: 600, height: 400, orientation: 6, preview }))
  expect(fields).toMatchObject({ width: '400', height: '600' })
  expectColour(await colourAt(thumb, upper), red)
})

test('a large preview is what the viewer shows of a RAW, not encoded anew', async () => {
  const preview = await drawHalves(1800, 1200).jpeg({ quality: 97 }).toBuffer()
  const { shown, shownType } = await take(
    'a.dng',
    drawDng({ width: 2000, height: 1334, orientation: 6, preview }),
  )
  expect(shownType).toBe('image/jpeg')
  expect(shown.includes(preview.subarray(-2000))).toBe(true)
  expect(await sharp(shown).metadata()).toMatchObject({ width: 1800, height: 1200, orientation: 6 })
})

test('a RAW of a structure that no decoder knows is shown by the largest JPEG in it', async () => {
  const small = await drawHalves(160, 120).jpeg().toBuffer()
  const large = await drawHalves(480, 320).jpeg().toBuffer()
  const raf = Buffer.concat([Buffer.from('FUJIFILMCCD-RAW 0201', 'latin1'), Buffer.alloc(200), small, large])
  const { fields, thumb } = await take('a.raf', raf)
  expect(fields).toMatchObject({ type: 'image/x-fujifilm-raf', width: '480', height: '320' })
  expectColour(await colourAt(thumb, upper), red)
})

test('a RAW of which only the beginning is left is refused, and not shown black', async () => {
  const file = join(temporaryFolder(), 'a.dng')
  const whole = drawDng({ width: 1000, height: 800 })
  const at = whole.readUInt32LE(4)
  const cut = Buffer.concat([whole.subarray(0, 200), whole.subarray(at)])
  cut.writeUInt32LE(200, 4)
  writeFileSync(file, cut)
  expect(await read(file)).toMatchObject({ kind: 'failed', text: { id: 'rawUnreadable' } })
})

const p3Red = [234, 51, 35]
const fill = (pixel: number[]) => Buffer.alloc(60 * 40 * pixel.length, Buffer.from(pixel))

const p3Profile = async () => {
  const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
  return (await sharp(await dot.withIccProfile('p3').png().toBuffer()).metadata()).icc ?? null
}

test.each(['8-bit TIFF', '16-bit PNG', '16-bit PNG with alpha', 'PSD'])(
  'Display P3 is shown in the colour that it means: %s',
  async (kind) => {
    const pixel = kind.endsWith('alpha') ? [...p3Red, 255] : p3Red
    const channels = pixel.length
    const tiff = wrapAsTiff({ data: fill(pixel), width: 60, height: 40, channels, icc: await p3Profile() })
    const deep = () => sharp(tiff).keepIccProfile().toColourspace('rgb16').png().toBuffer()
    const [name, bytes] =
      kind === 'PSD'
        ? ['a.psd', await writeByMagick(tiff, 'PSD', 'TIFF')]
        : kind.startsWith('16')
          ? ['a.png', await deep()]
          : ['a.tif', tiff]
    const { thumb, shown } = await take(name, bytes)
    // A sixteenth bit may be lost on the way there, in the sample itself.
    for (const image of [thumb, shown]) expectColour(await colourAt(image, upper), [255, 1, 2], 4)
  },
)

test.each(['8 bits', '16 bits'])('grey with a profile is shown as light as it means: %s', async (bits) => {
  const tiff = wrapAsTiff({ data: fill([128]), width: 60, height: 40, channels: 1, icc: greyProfile(linear) })
  const bytes =
    bits === '8 bits' ? tiff : await sharp(tiff).keepIccProfile().toColourspace('grey16').png().toBuffer()
  const { thumb, shown } = await take(bits === '8 bits' ? 'a.tif' : 'a.png', bytes)
  for (const image of [thumb, shown]) expectColour(await colourAt(image, upper), [188, 188, 188])
})

test('CMYK has the same colour in the grid and in the viewer', async () => {
  const bytes = await drawHalves(60, 40).toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer()
  const { thumb, shown } = await take('a.jpg', bytes)
  expectColour(await colourAt(thumb, upper), await colourAt(shown, upper))
  expectColour(await colourAt(thumb, upper), red, 15)
})

test('a JPEG of more pixels than fit in memory is shown, as it shrinks while it is decoded; a PNG is refused', async () => {
  const side = 17_000
  const create = { width: side, height: side, channels: 3 as const, background: '#d04020' }
  const huge = sharp({ create, limitInputPixels: false })
  const jpeg = await huge.clone().jpeg({ quality: 50 }).toBuffer()
  const { fields, thumb, shown } = await take('a.jpg', jpeg)
  expect(fields).toMatchObject({ width: String(side), height: String(side) })
  expectColour(await colourAt(thumb, upper), red)
  const { width, height } = await sharp(shown).metadata()
  expect(width * height).toBeLessThanOrEqual(160_000_000)
  expect(width * height).toBeGreaterThan(150_000_000)
  const file = join(temporaryFolder(), 'a.png')
  await huge.png({ compressionLevel: 1 }).toFile(file)
  expect(await read(file)).toMatchObject({
    kind: 'failed',
    text: { id: 'tooManyPixels', blanks: { width: side, height: side } },
  })
})

test('what only stands around a whole picture is no damage', async () => {
  const jpeg = await drawHalves(600, 400).jpeg().toBuffer()
  const trailing = Buffer.concat([jpeg, Buffer.from('and something after it')])
  const between = Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(40, 7), jpeg.subarray(-2)])
  for (const bytes of [trailing, between])
    expect((await take('a.jpg', bytes)).fields).not.toHaveProperty('damage')
  const { fields } = await take('a.jpg', jpeg.subarray(0, jpeg.length / 2))
  expect(fields).toMatchObject({ damage: 'cut' })
})
