import { brotliCompressSync, crc32, deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readMetadata } from '../metadata.ts'

const packet = (title: string) =>
  Buffer.from(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`)

/** A little-endian TIFF that says nothing but who took the picture. */
const exif = (artist: string) => {
  const text = Buffer.from(`${artist}\0`)
  const head = Buffer.from('II*\0\x08\0\0\0\x01\0\x3b\x01\x02\0\0\0\0\0\x1a\0\0\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(text.length, 14)
  return Buffer.concat([head, text])
}

/** One record of IPTC's application part: 5 title, 25 keyword, 80 creator. */
const iptc = (kind: number, text: string) => {
  const head = Buffer.from([0x1c, 2, kind, 0, 0])
  head.writeUInt16BE(text.length, 3)
  return Buffer.concat([head, Buffer.from(text)])
}

const resource = (id: number, data: Buffer) => {
  const head = Buffer.alloc(12)
  head.write('8BIM')
  head.writeUInt16BE(id, 4)
  head.writeUInt32BE(data.length, 8)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}

const sized = (data: Buffer) => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  return Buffer.concat([head, data])
}

const box = (type: string, ...data: Buffer[]) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + Buffer.concat(data).length)
  head.write(type, 4)
  return Buffer.concat([head, ...data])
}

const chunk = (type: string, data: Buffer) => {
  const typed = Buffer.concat([Buffer.from(type), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(typed))
  return Buffer.concat([sized(data).subarray(0, 4), typed, sum])
}

const png = (...chunks: Buffer[]) =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ])

const rawProfile = (name: string, data: Buffer) =>
  `\n${name}\n      ${data.length}\n${data.toString('hex')}\n`

const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

const photoshop = (data: Buffer) => segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), data]))

const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, Buffer.from([0xff, 0xd9])])

test("a Photoshop document's resources are read", () => {
  const resources = [
    resource(1005, Buffer.alloc(3)),
    resource(1028, iptc(25, 'harbour')),
    resource(1058, exif('Ada Lovelace')),
    resource(1060, packet('Quay')),
  ]
  const head = Buffer.alloc(26)
  head.write('8BPS')
  const { said, fields } = readMetadata(
    Buffer.concat([head, sized(Buffer.alloc(6)), sized(Buffer.concat(resources))]),
  )
  expect(said).toMatchObject({ title: 'Quay', tags: ['harbour'] })
  expect(fields).toMatchObject({ creator: 'Ada Lovelace' })
})

test('boxes of a JPEG 2000 are read by what they hold', () => {
  const uuid = Buffer.alloc(16, 7)
  const { said, fields } = readMetadata(
    Buffer.concat([
      box('jP  ', Buffer.from([13, 10, 0x87, 10])),
      box('uuid', uuid, exif('Ada Lovelace')),
      box('uuid', uuid, iptc(25, 'harbour')),
      box('uuid', uuid, packet('Quay')),
    ]),
  )
  expect(said).toMatchObject({ title: 'Quay', tags: ['harbour'] })
  expect(fields).toMatchObject({ creator: 'Ada Lovelace' })
})

test('compressed boxes of a JPEG XL are read, and one that would grow without end is not', () => {
  const start = box('JXL ', Buffer.from([13, 10, 0x87, 10]))
  const brob = (type: string, data: Buffer) => box('brob', Buffer.from(type), brotliCompressSync(data))
  const { said, fields } = readMetadata(
    Buffer.concat([
      start,
      brob('xml ', Buffer.alloc(20_000_000)),
      brob('xml ', packet('Quay')),
      brob('Exif', Buffer.concat([Buffer.alloc(4), exif('Ada Lovelace')])),
    ]),
  )
  expect(said.title).toBe('Quay')
  expect(fields).toMatchObject({ creator: 'Ada Lovelace' })
})

test('profiles in texts of a PNG are read, compressed or not, and count less than its own', () => {
  const zipped = deflateSync(Buffer.from(rawProfile('iptc', resource(1028, iptc(25, 'harbour')))))
  const { said, fields } = readMetadata(
    png(
      chunk('zTXt', Buffer.concat([Buffer.from('Raw profile type iptc\0\0'), zipped])),
      chunk(
        'tEXt',
        Buffer.concat([
          Buffer.from('Raw profile type APP1\0'),
          Buffer.from(rawProfile('APP1', Buffer.concat([Buffer.from('Exif\0\0'), exif('Ada Lovelace')]))),
        ]),
      ),
      chunk('zTXt', Buffer.from('Raw profile type xmp\0\0not zipped')),
    ),
  )
  expect(said.tags).toEqual(['harbour'])
  expect(fields).toMatchObject({ creator: 'Ada Lovelace' })
})

test('IPTC that goes on in the next segment of a JPEG is whole', () => {
  const all = resource(1028, Buffer.concat([iptc(80, 'Jens Tribiger'), iptc(25, 'harbour')]))
  const { said, fields } = readMetadata(
    jpeg(
      photoshop(resource(1061, Buffer.alloc(16))),
      photoshop(all.subarray(0, 25)),
      photoshop(all.subarray(25)),
    ),
  )
  expect(fields).toMatchObject({ creator: 'Jens Tribiger' })
  expect(said.tags).toEqual(['harbour'])
})

test("IPTC behind a picture's end is read, and its lies about places are harmless", () => {
  const behind = (offset: number, start: number, data: Buffer) => {
    const head = Buffer.from('AXS!\0\0\0\x01\0\0\0\0IPTC\0\0\0\0\0\0\0\0', 'latin1')
    head.writeUInt32BE(data.length, 16)
    head.writeUInt32BE(offset, 20)
    const end = Buffer.from('AXS!\0\0\0\0\0\0\0\0', 'latin1')
    end.writeUInt32BE(start, 4)
    return Buffer.concat([head, data, end])
  }
  const title = iptc(5, 'Quay')
  expect(readMetadata(Buffer.concat([jpeg(), behind(28, 4, title)])).said.title).toBe('Quay')
  expect(readMetadata(Buffer.concat([jpeg(), behind(0xffff_ffff, 4, title)])).said.title).toBe('')
  expect(readMetadata(Buffer.concat([jpeg(), behind(28, 0xffff_fff0, title)])).said.title).toBe('')
})

test("a GIF's packet is read", () => {
  const gif = [
    Buffer.from('GIF89a!\xff\x0bXMP DataXMP', 'latin1'),
    packet('Quay'),
    Buffer.from([1, 0xff, 0xfe]),
  ]
  expect(readMetadata(Buffer.concat(gif)).said.title).toBe('Quay')
})
