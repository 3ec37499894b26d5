import { expect, test } from 'vitest'
import { readPicture } from './image.ts'
import { sharp } from './sharp.ts'

/** A TIFF of 12 bits a channel, four pixels square, all of one grey. */
const tiffOf12Bits = (grey: number) => {
  const [width, height] = [4, 4]
  const pixels = Buffer.alloc((width * height * 12) / 8)
  for (let at = 0; at < pixels.length; at += 3) pixels.writeUIntBE((grey << 12) | grey, at, 3)
  const fields = [
    [256, width],
    [257, height],
    [258, 12],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, pixels.length],
  ]
  const directory = Buffer.alloc(2 + 12 * fields.length + 4)
  directory.writeUInt16LE(fields.length)
  for (const [i, [tag = 0, value = 0]] of fields.entries()) {
    directory.writeUInt16LE(tag, 2 + 12 * i)
    directory.writeUInt16LE(4, 4 + 12 * i)
    directory.writeUInt32LE(1, 6 + 12 * i)
    directory.writeUInt32LE(value, 10 + 12 * i)
  }
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(8 + pixels.length, 4)
  return Buffer.concat([head, pixels, directory])
}

test('a TIFF of 12 bits a channel, as scanners write them, has its greys', async () => {
  const { width, height, thumb } = await readPicture(tiffOf12Bits(0x800), 'image/tiff')
  expect({ width, height }).toEqual({ width: 4, height: 4 })
  const { data } = await sharp(thumb).raw().toBuffer({ resolveWithObject: true })
  expect(Math.abs((data[0] ?? 0) - 128)).toBeLessThanOrEqual(3)
})

test('a Photoshop document of more channels than there can be is refused by their number', async () => {
  const header = Buffer.alloc(26)
  header.write('8BPS\0\x01', 'latin1')
  header.writeUInt16BE(57, 12)
  for (const at of [14, 18]) header.writeUInt32BE(10, at)
  header.writeUInt16BE(8, 22)
  header.writeUInt16BE(3, 24)
  await expect(readPicture(header, 'image/vnd.adobe.photoshop')).rejects.toMatchObject({
    text: { id: 'tooManyChannels', blanks: { channels: 57, most: 56 } },
  })
})
