import { expect, test } from 'vitest'
import { videoTypeOf } from './video-type.ts'

const bytes = (text: string) =>
  Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(512)]).subarray(0, 512)
/** The first box of an ISO file, with its brands. */
const iso = (...brands: string[]) => {
  const box = Buffer.from(`\0\0\0\0ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`, 'latin1')
  box.writeUInt32BE(box.length, 0)
  return Buffer.concat([box, Buffer.alloc(512)]).subarray(0, 512)
}
/** Packets of a transport stream. */
const packets = (first: number, length: number) => {
  const head = Buffer.alloc(512)
  for (let at = first; at < head.length; at += length) head[at] = 0x47
  return head
}

test.each<[string, Buffer, string | null]>([
  ['MP4', iso('isom', 'iso2', 'avc1', 'mp41'), 'video/mp4'],
  ['MP4 of a camera', iso('XAVC', 'mp42', 'iso2'), 'video/mp4'],
  ['M4V', iso('M4V ', 'mp42'), 'video/mp4'],
  ['QuickTime', iso('qt  '), 'video/quicktime'],
  ['QuickTime without a type box', bytes('\0\0\0\x08wide\0\0\x10\0mdat'), 'video/quicktime'],
  ['3GP', iso('3gp4', 'isom'), 'video/3gpp'],
  ['WebM', bytes('\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\x82\x84webm'), 'video/webm'],
  ['Matroska', bytes('\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x88matroska'), 'video/x-matroska'],
  ['AVI', bytes('RIFF\0\0\0\0AVI LIST'), 'video/x-msvideo'],
  ['transport stream', packets(0, 188), 'video/mp2t'],
  ['AVCHD', packets(4, 192), 'video/mp2t'],
  ['HEIC', iso('heic', 'mif1'), null],
  ['HEIF by its short brand', iso('mif3', 'heic'), null],
  ['AVIF sequence', iso('avis', 'msf1', 'iso8'), null],
  ['RAW of Canon', iso('crx ', 'isom'), null],
  ['sound alone', iso('M4A ', 'mp42'), null],
  ['WebP', bytes('RIFF\0\0\0\0WEBP'), null],
  ['text that begins with a G', bytes('Good morning'), null],
  ['too short', Buffer.from('\0\0\0\x08wide', 'latin1'), null],
])('the first bytes tell a video: %s', (_, head, type) => {
  expect(videoTypeOf(head)).toBe(type)
})
