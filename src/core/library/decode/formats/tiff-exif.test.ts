import ExifReader from 'exifreader'
import sharp, { type Exif } from 'sharp'
import { expect, test } from 'vitest'
import { withTiffExif } from './tiff-exif.ts'

const picture = () =>
  sharp(Buffer.from(Array.from({ length: 31 * 17 * 3 }, (_, i) => (i * 7) % 256)), {
    raw: { width: 31, height: 17, channels: 3 },
  })

const tiffOf = () => picture().tiff({ compression: 'deflate' }).toBuffer()

const told = {
  IFD0: { Make: 'Maker', Model: 'Box 1', Artist: 'Ana', Copyright: '© Ana', ImageDescription: 'odd' },
  IFD2: {
    DateTimeOriginal: '2024:05:06 07:08:09',
    FNumber: '28/10',
    ISOSpeedRatings: '400',
    LensModel: 'Lens 50',
  },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '42/1 30/1 0/1' },
}

const blockOf = async (exif: Exif) =>
  (await sharp(await picture().withExif(exif).jpeg().toBuffer()).metadata()).exif ?? Buffer.alloc(0)

/** Each name that was told, and what a file says under it. */
const saidIn = (file: Buffer) => {
  const { exif = {}, gps } = ExifReader.load(file, { expanded: true })
  const names = Object.values(told).flatMap((directory) => Object.keys(directory))
  return [...names.map((name) => [name, (exif as Record<string, { value: unknown }>)[name]?.value]), gps]
}

const pixelsOf = (file: Buffer) => sharp(file).raw().toBuffer()

test('a TIFF says with an EXIF block what a JPEG with it says, and keeps its pixels, colours and XMP', async () => {
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>'
  const bare = await picture().tiff({ compression: 'deflate' }).withIccProfile('p3').withXmp(xmp).toBuffer()
  const made = withTiffExif(bare, await blockOf(told))
  expect(saidIn(made)).toEqual(saidIn(await picture().withExif(told).jpeg().toBuffer()))
  expect(saidIn(made)[0]).toEqual(['Make', ['Maker']])
  expect(await pixelsOf(made)).toEqual(await pixelsOf(bare))
  const [before, after] = [await sharp(bare).metadata(), await sharp(made).metadata()]
  expect(after.icc).toEqual(before.icc)
  expect(after.xmp?.toString()).toContain('xmpmeta')
  expect(after).toMatchObject({ width: 31, height: 17, orientation: before.orientation })
})

/** An EXIF block whose numbers begin with their highest byte, as many cameras write it. */
const bigEndian = () => {
  const block = Buffer.alloc(8 + 2 + 24 + 4 + 2 + 24 + 4 + 8 + 8)
  const field = (at: number, tag: number, type: number, count: number, value: number) => {
    block.writeUInt16BE(tag, at)
    block.writeUInt16BE(type, at + 2)
    block.writeUInt32BE(count, at + 4)
    block.writeUInt32BE(value, at + 8)
  }
  block.write('MM\0*', 'latin1')
  block.writeUInt32BE(8, 4)
  block.writeUInt16BE(2, 8)
  field(10, 0x010f, 2, 6, 68)
  field(22, 0x8769, 4, 1, 38)
  block.writeUInt16BE(2, 38)
  field(40, 0x829d, 5, 1, 76)
  field(52, 0x8827, 3, 1, 400 << 16)
  block.write('Maker\0', 68, 'latin1')
  block.writeUInt32BE(28, 76)
  block.writeUInt32BE(10, 80)
  return block
}

test('the numbers of a block in the other order of bytes are turned', async () => {
  const { exif } = ExifReader.load(withTiffExif(await tiffOf(), bigEndian()), { expanded: true })
  expect(exif?.['Make']?.value).toEqual(['Maker'])
  expect(exif?.FNumber?.value).toEqual([28, 10])
  expect(exif?.ISOSpeedRatings?.value).toBe(400)
})

test('a block that is cut anywhere, or none at all, leaves a TIFF that can be read', async () => {
  const [bare, block] = [await tiffOf(), await blockOf(told)]
  const pixels = await pixelsOf(bare)
  for (let length = 0; length < block.length; length += 5)
    expect(await pixelsOf(withTiffExif(bare, block.subarray(0, length)))).toEqual(pixels)
})

test('makers’ notes, whose offsets would lead nowhere, are left out', async () => {
  const block = bigEndian()
  block.writeUInt16BE(0x927c, 40)
  const { exif } = ExifReader.load(withTiffExif(await tiffOf(), block), { expanded: true })
  expect(exif?.['MakerNote']).toBeUndefined()
  expect(exif?.ISOSpeedRatings?.value).toBe(400)
})

test('a text in two parts is one, as strict readers take a NUL within it for damage', async () => {
  const block = bigEndian()
  block.writeUInt8(0, 70)
  const made = withTiffExif(await tiffOf(), block)
  expect(await sharp(made, { failOn: 'warning' }).raw().toBuffer()).toHaveLength(31 * 17 * 3)
  expect(ExifReader.load(made, { expanded: true }).exif?.['Make']?.value).toEqual(['Ma er'])
})
