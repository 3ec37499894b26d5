import { expect, test } from 'vitest'
import { isCandidate, isPicture, isRawType, sniff, typeOf } from './file-type.ts'

const bytes = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(32)])
/** The first box of an ISO file, with its brands. */
const iso = (...brands: string[]) => {
  const box = Buffer.from(`\0\0\0\0ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`, 'latin1')
  box.writeUInt32BE(box.length, 0)
  return Buffer.concat([box, Buffer.alloc(32)])
}

test.each<[string, Buffer, string | null]>([
  ['JPEG', bytes('\xff\xd8\xff\xe1'), 'image/jpeg'],
  ['PNG', bytes('\x89PNG\r\n\x1a\n'), 'image/png'],
  ['WebP', bytes('RIFF\0\0\0\0WEBP'), 'image/webp'],
  ['RIFF that is none', bytes('RIFF\0\0\0\0WAVE'), null],
  ['GIF', bytes('GIF89a'), 'image/gif'],
  ['TIFF, little', bytes('II*\0'), 'image/tiff'],
  ['TIFF, big', bytes('MM\0*'), 'image/tiff'],
  ['BigTIFF', bytes('MM\0+'), 'image/tiff'],
  ['AVIF', iso('avif', 'mif1'), 'image/avif'],
  ['AVIF by a later brand', iso('mif1', 'miaf', 'avif'), 'image/avif'],
  ['HEIC', iso('heic', 'mif1'), 'image/heic'],
  ['HEIF of any of its brands', iso('mif3', 'heic'), 'image/heic'],
  ['a sequence of pictures', iso('hevc', 'msf1'), 'image/heic'],
  ['HEIF that holds another coding', iso('avci', 'miaf'), 'image/heic'],
  ['RAW of Canon', iso('crx ', 'isom'), 'image/x-canon-cr3'],
  ['RAW of Olympus', bytes('IIRO\x08\0\0\0'), 'image/x-olympus-orf'],
  ['RAW of Panasonic', bytes('IIU\0'), 'image/x-panasonic-rw2'],
  ['RAW of Fujifilm', bytes('FUJIFILMCCD-RAW 0201'), 'image/x-fujifilm-raf'],
  ['RAW of Minolta', bytes('\0MRM'), 'image/x-minolta-mrw'],
  ['RAW of Sigma', bytes('FOVb'), 'image/x-sigma-x3f'],
  ['JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n'), 'image/jp2'],
  ['JPEG 2000, bare', bytes('\xff\x4f\xff\x51'), 'image/jp2'],
  ['JPEG XL, boxed', bytes('\0\0\0\x0cJXL \r\n\x87\n'), 'image/jxl'],
  ['QOI', bytes('qoif'), 'image/qoi'],
  ['video', iso('isom', 'mp42'), 'video/mp4'],
  ['BMP', bytes('BM'), 'image/bmp'],
  ['Photoshop', bytes('8BPS'), 'image/vnd.adobe.photoshop'],
  ['JPEG XL', bytes('\xff\x0a'), 'image/jxl'],
  ['text', bytes('hello, world'), null],
  ['too short', Buffer.from('\xff\xd8\xff', 'latin1'), null],
])('the first bytes tell the type: %s', (_, content, type) => {
  expect(sniff(content)).toBe(type)
})

test('a box that lies about its length is read no further than the file goes', () => {
  const box = iso('isom')
  box.writeUInt32BE(0xffffffff, 0)
  expect(sniff(box.subarray(0, 20))).toBe('video/mp4')
})

test('candidates are told by their ending in any case, hidden files are none', () => {
  for (const name of ['a.jpg', 'B.JPEG', 'c.tar.Png', 'x.CR3', 'y.MOV', 'z.mts'])
    expect(isCandidate(name), name).toBe(true)
  for (const name of ['.a.jpg', 'jpg', 'a.jpg.txt', 'a.', 'a.xmp', 'a.ts'])
    expect(isCandidate(name), name).toBe(false)
})

/** A little-endian TIFF of one directory. */
const tiff = (...fields: [tag: number, value: number][]) => {
  const file = Buffer.alloc(8 + 2 + 12 * fields.length + 4 + 20)
  file.write('II*\0\x08', 'latin1')
  file.writeUInt16LE(fields.length, 8)
  fields.forEach(([tag, value], i) => {
    file.writeUInt16LE(tag, 10 + 12 * i)
    file.writeUInt16LE(3, 12 + 12 * i)
    file.writeUInt32LE(1, 14 + 12 * i)
    file.writeUInt16LE(value, 18 + 12 * i)
  })
  return file
}

test('a RAW that is built as a TIFF is told by what its directories say, or by its ending', () => {
  expect(typeOf(tiff([262, 32803]), 'a.tif')).toBe('image/x-raw')
  expect(typeOf(tiff([262, 32803]), 'a.ARW')).toBe('image/x-sony-arw')
  expect(typeOf(tiff([259, 34713]), 'a')).toBe('image/x-raw')
  expect(typeOf(tiff([262, 2], [0xc612, 1]), 'a.tif')).toBe('image/x-adobe-dng')
  expect(typeOf(tiff([262, 2]), 'a.nef')).toBe('image/x-nikon-nef')
  expect(typeOf(tiff([262, 2]), 'a.tif')).toBe('image/tiff')
})

test('what is named as a RAW and is a JPEG is a JPEG', () => {
  expect(typeOf(bytes('\xff\xd8\xff\xe1'), 'a.nef')).toBe('image/jpeg')
})

test('a HEIF of an unknown brand is no video', () => {
  expect(sniff(iso('\0\0\0\0'), 'a.heic')).toBe('image/heic')
  expect(sniff(iso('isom'), 'a.mp4')).toBe('video/mp4')
})

test('a TGA is told by its ending and a header that makes sense', () => {
  const tga = Buffer.alloc(40)
  tga[2] = 2
  tga[16] = 24
  expect([sniff(tga, 'a.tga'), sniff(tga, 'a.jpg'), sniff(Buffer.alloc(40), 'a.tga')]).toEqual([
    'image/x-tga',
    null,
    null,
  ])
})

test('RAW files are pictures of their own kind, videos are none', () => {
  expect([isRawType('image/x-nikon-nef'), isRawType('image/x-tga'), isRawType('image/tiff')]).toEqual([
    true,
    false,
    false,
  ])
  expect([isPicture('image/heic'), isPicture('video/mp4'), isPicture(null)]).toEqual([true, false, false])
})
