import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ExifReader from 'exifreader'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { exportFormats, nameAs } from '../../../src/shared/domain/export-formats.ts'
import { throughSteps } from '../../../src/shared/domain/through-steps.ts'
import { ExportOptions, type ExportInput } from '../../../src/shared/schemas/export.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Red on the left, blue on the right; the file says that it has to be turned by a quarter to the right. */
const draw = async (file: string) => {
  mkdirSync(dirname(file), { recursive: true })
  const half = { width: 300, height: 400, channels: 3, background: '#00c' } as const
  await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c00' } })
    .composite([{ input: { create: half }, left: 300, top: 0 }])
    .withExif({ IFD0: { Model: 'Testcam 5' } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toFile(file)
}

/** A gallery with this photo, which is upright 400 × 600 with red above blue, adjusted. */
const start = async (adjust: string) => {
  const { library, session } = await startLibrary()
  const file = join(temporaryFolder(), 'Corsica', 'IMG_1.jpg')
  await draw(file)
  await takeIn(library, dirname(file))
  const [photo] = await allPhotos(session)
  const { album = '', id = '' } = photo ?? {}
  await change(session, [{ kind: 'edit', album, field: 'adjust', values: [{ photo: id, to: adjust }] }])
  const target = join(temporaryFolder(), 'copies')
  const run = (wanted: Partial<ExportInput> = {}) =>
    throughSteps(
      library.exportPhotos(
        ExportOptions.parse({ photos: [`${album}/${id}`], pattern: '{name}', target, ...wanted }),
        undefined,
      ),
    )
  return { file, run, copyOf: (name: string) => join(target, name) }
}

const colourAt = async (file: string, x: number, y: number) => {
  const { data, info } = await sharp(file)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  return [...data.subarray(at, at + 3)]
}

const isRed = ([r = 0, , b = 0]: number[]) => r > 150 && b < 60

test.each(exportFormats)(
  'a copy as %s is made of the picture as it is turned and cropped',
  async (format) => {
    const { run, copyOf } = await start('r270_c0.0.7500.5000')
    expect(await run({ convert: { format } })).toMatchObject({ exported: 1, failed: [] })
    const copy = copyOf(nameAs('IMG_1.jpg', format))
    const { width, height, orientation } = await sharp(copy).metadata()
    expect([width, height]).toEqual([450, 200])
    expect(orientation ?? 1).toBe(1)
    // Turned left, what was above is at the left.
    expect(isRed(await colourAt(copy, 0.1, 0.5))).toBe(true)
    expect(isRed(await colourAt(copy, 0.9, 0.5))).toBe(false)
  },
)

test('a smaller copy has its size after the crop, and its light in greys', async () => {
  const { run, copyOf } = await start('c0.0.5000.5000_e-100_m')
  await run({ convert: { format: 'jpeg', size: 150 } })
  const copy = copyOf('IMG_1.jpg')
  const { width, height } = await sharp(copy).metadata()
  expect([width, height]).toEqual([100, 150])
  const [r = 0, g = 0, b = 0] = await colourAt(copy, 0.5, 0.5)
  expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThanOrEqual(3)
  // #c00 has 0.2126 of 0.604 as its lightness, of which half is left.
  expect(Math.abs(r - 71)).toBeLessThanOrEqual(4)
})

test('a copy tells of its camera, and not of the shape of the file that it was made from', async () => {
  const { run, copyOf } = await start('a50')
  await run({ convert: { format: 'jpeg' } })
  const tags = ExifReader.load(readFileSync(copyOf('IMG_1.jpg')))
  expect(tags['Model']?.description).toBe('Testcam 5')
  expect(tags['Orientation'].value).toBe(1)
})

test('originals are copied byte by byte, whatever is adjusted', async () => {
  const { file, run, copyOf } = await start('r90_m')
  await run()
  expect(readFileSync(copyOf('IMG_1.jpg'))).toEqual(readFileSync(file))
})
