import { ImageMagick } from '@imagemagick/magick-wasm'
import { expect, test } from 'vitest'
import { magickPixels, magickSize } from './magick.ts'

/** A QOI of one colour, by hand: runs of 62 pixels, so that it is small however large its picture is. */
const drawQoi = (width: number, height: number) => {
  const head = Buffer.alloc(14)
  head.write('qoif', 'latin1')
  head.writeUInt32BE(width, 4)
  head.writeUInt32BE(height, 8)
  head.set([3, 0], 12)
  const pixel = Buffer.from([0xfe, 200, 60, 40])
  const runs = Buffer.alloc(Math.ceil((width * height - 1) / 62), 0xfd)
  return Buffer.concat([head, pixel, runs, Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])])
}

const hasInstance = () => (ImageMagick as unknown as { _api: unknown })._api !== undefined

test('an instance that has grown is let go of, and the next picture gets a new one', async () => {
  await magickPixels(drawQoi(62, 40), 'QOI')
  expect(hasInstance()).toBe(true)
  await magickPixels(drawQoi(12_000, 9000), 'QOI')
  expect(hasInstance).toThrow(/initializeImageMagick/)
  expect(await magickPixels(drawQoi(62, 40), 'QOI')).toMatchObject({ width: 62, height: 40, channels: 3 })
})

test('a decoder is given no file of another kind, whatever that file begins with', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  for (const format of ['BMP', 'HEIC', 'JXL', 'PSD', 'JP2', 'QOI', 'DNG'] as const)
    await expect(magickSize(svg, format), format).rejects.toThrow()
})

test('a picture of a longer side than is allowed is not decoded', async () => {
  await expect(magickPixels(drawQoi(70_000, 10), 'QOI')).rejects.toThrow(/width/i)
})
