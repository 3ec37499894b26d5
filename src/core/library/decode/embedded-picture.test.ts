import sharp from 'sharp'
import { expect, test } from 'vitest'
import { asCameraJpeg } from '../../../../test/support/pictures/camera-jpeg.ts'
import { embeddedPicture } from './embedded-picture.ts'
import { exifBlocks } from './formats/jpeg.ts'

/** Red above, green below, as a camera stores it. */
const twoColours = (width: number, height: number) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="50%" fill="#c33"/><rect y="50%" width="100%" height="50%" fill="#3c3"/></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer()
}

const embeddedIn = async (
  width: number,
  height: number,
  more: { orientation?: number; small?: Buffer } = {},
) => {
  const jpeg = await asCameraJpeg(await twoColours(width, height), more)
  const tiff = exifBlocks(jpeg).next().value?.tiff
  return tiff ? embeddedPicture(tiff, { width, height }) : null
}

type Embedded = NonNullable<Awaited<ReturnType<typeof embeddedPicture>>>

const colourAt = ({ pixels: { data, info } }: Embedded, x: number, y: number) => {
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  const [red = 0, green = 0] = data.subarray(at, at + 2)
  return red > 150 && green < 100 ? 'red' : green > 150 && red < 100 ? 'green' : 'other'
}

test('a small picture of the same shape is taken as it is', async () => {
  const found = await embeddedIn(1600, 1200)
  expect(found).toMatchObject({ pixels: { info: { width: 160, height: 120 } } })
})

for (const [width, height] of [
  [1500, 1000],
  [1600, 900],
  [1000, 1500],
] as const)
  test(`the black bars around a picture of ${width} × ${height} are cut off`, async () => {
    const found = await embeddedIn(width, height)
    if (!found) throw new Error('there is none')
    const { info } = found.pixels
    expect(info.width / info.height).toBeCloseTo(width / height, 1)
    for (const x of [0, 0.5, 0.999]) {
      expect(colourAt(found, x, 0)).toBe('red')
      expect(colourAt(found, x, 0.999)).toBe('green')
    }
  })

test('it is turned as the picture is', async () => {
  const found = await embeddedIn(1500, 1000, { orientation: 6 })
  if (!found) throw new Error('there is none')
  expect(found.size).toEqual({ width: 1000, height: 1500 })
  expect(found.pixels.info.height).toBeGreaterThan(found.pixels.info.width)
  expect([colourAt(found, 0.1, 0.5), colourAt(found, 0.9, 0.5)]).toEqual(['green', 'red'])
})

test('one of another shape, without bars, shows something else', async () => {
  const small = await sharp(await twoColours(160, 120)).toBuffer()
  expect(await embeddedIn(1500, 1000, { small })).toBeNull()
})

test('what is no JPEG, too small or broken is none', async () => {
  const whole = await sharp(await twoColours(160, 120)).toBuffer()
  const tiny = await sharp(await twoColours(80, 60)).toBuffer()
  for (const small of [Buffer.from('no picture'), Buffer.alloc(0), tiny, whole.subarray(0, whole.length / 2)])
    expect(await embeddedIn(1600, 1200, { small })).toBeNull()
})
