import { expect, test } from 'vitest'
import { isCandidate, isJunk, isRaw, readable, sniff, unreadableReason } from './file-type.ts'

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
  for (const name of ['a.jpg', 'B.JPEG', 'c.tar.Png', 'x.CR3']) expect(isCandidate(name), name).toBe(true)
  for (const name of ['.a.jpg', 'jpg', 'a.jpg.txt', 'a.', 'a.xmp'])
    expect(isCandidate(name), name).toBe(false)
  expect([isRaw('a.NEF'), isRaw('a.tif')]).toEqual([true, false])
})

test('folders that systems and programs keep for themselves are passed over', () => {
  for (const name of ['.git', '@eaDir', '$RECYCLE.BIN', 'node_modules']) expect(isJunk(name), name).toBe(true)
  for (const name of ['2024', 'eaDir', 'Lost']) expect(isJunk(name), name).toBe(false)
})

test('what is not taken in says why', () => {
  expect(readable.has('image/heic')).toBe(false)
  expect(unreadableReason('image/heic')).toEqual({ id: 'noHeic' })
  expect(unreadableReason('image/unknown')).toEqual({ id: 'notAPicture' })
  expect(unreadableReason(null)).toEqual({ id: 'notAPicture' })
})
