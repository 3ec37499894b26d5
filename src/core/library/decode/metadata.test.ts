import { describe, expect, test } from 'vitest'
import { readMetadata, toMetadata } from './metadata.ts'
import type { TagValue } from './metadata/tag-set.ts'

const of = (tags: Record<string, TagValue>) => toMetadata(new Map(Object.entries(tags)))
const said = (tags: Record<string, TagValue>) => of(tags).said
const fields = (tags: Record<string, TagValue>) => of(tags).fields

const packet = (properties: string, attributes = '') => `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ${attributes}>
${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

const sidecar = (properties: string, attributes = '') =>
  readMetadata(Buffer.alloc(0), [Buffer.from(packet(properties, attributes))])

describe('what users can enter too', () => {
  test('XMP stands over IPTC, and IPTC over EXIF', () => {
    const tags = { 'IPTC:ObjectName': 'by IPTC', 'EXIF:XPTitle': 'by Windows' }
    expect(said(tags).title).toBe('by IPTC')
    expect(said({ ...tags, 'XMP-dc:Title': 'by XMP' }).title).toBe('by XMP')
  })

  test.each(['OLYMPUS DIGITAL CAMERA', 'SONY DSC', '   ', '\0\0'])(
    'what cameras write into every picture is no caption: %j',
    (text) => {
      expect(said({ 'EXIF:ImageDescription': text }).caption).toBe('')
    },
  )

  test('control characters are harmless', () => {
    const { title, caption } = said({
      'XMP-dc:Title': 'a\0b\n\u001b[2Jc',
      'XMP-dc:Description': 'one\r\ntwo\0\u0007',
    })
    expect(title).toBe('a b [2Jc')
    expect(caption).toBe('one\ntwo')
  })

  test.each([
    ['5', '5', ''],
    ['9', '5', ''],
    ['0', '', ''],
    ['-1', '', 'reject'],
    ['4.0', '4', ''],
    ['many', '', ''],
  ])('a rating of %s', (written, rating, flag) => {
    expect(said({ 'XMP-xmp:Rating': written })).toMatchObject({ rating, flag })
  })

  test.each([
    ['1', '1'],
    ['25', '2'],
    ['50', '3'],
    ['75', '4'],
    ['99', '5'],
  ])("Windows's %s per cent are %s stars", (percent, rating) => {
    expect(said({ 'XMP-microsoft:Rating': percent }).rating).toBe(rating)
  })

  test('no stars in XMP are no stars, whatever EXIF says', () => {
    expect(said({ 'XMP-xmp:Rating': '0', 'EXIF:Rating': 3 }).rating).toBe('')
  })

  test.each([
    ['Red', 'red'],
    ['Gelb', 'yellow'],
    ['Vert', 'green'],
    ['Second', 'yellow'],
    ['蓝色', 'blue'],
    ['Purple', ''],
    ['constructor', ''],
  ])('the label %s', (written, label) => {
    expect(said({ 'XMP-xmp:Label': written }).label).toBe(label)
  })

  test('branches become tags, and what only repeats their parts goes', () => {
    const { tags } = said({
      'XMP-lr:HierarchicalSubject': ['Animals', 'Animals|Birds|Heron', 'Places'],
      'XMP-digiKam:TagsList': 'Places/Rhône',
      'XMP-dc:Subject': ['Heron', 'birds', 'sunset', 'Sunset', 'Rhône'],
      'IPTC:Keywords': ['sunset', 'one ; two'],
    })
    expect(tags).toEqual(['Animals/Birds/Heron', 'Places/Rhône', 'sunset', 'one', 'two'])
  })
})

describe('dates', () => {
  const date = (tags: Record<string, TagValue>) => fields(tags)['taken']

  test('DateTime alone is a date', () => {
    expect(date({ 'EXIF:ModifyDate': '1999:08:07 06:05:04' })).toBe('1999-08-07T06:05:04')
  })

  test('the time of the satellites alone is a date', () => {
    expect(date({ 'EXIF:GPSDateStamp': '2024:07:01', 'EXIF:GPSTimeStamp': [10, 1, 2] })).toBe(
      '2024-07-01T10:01:02+00:00',
    )
    expect(date({ 'XMP-exif:GPSTimeStamp': '2024-07-01T10:01:02Z' })).toBe('2024-07-01T10:01:02+00:00')
  })

  test("PNG's creation time is a date", () => {
    expect(date({ 'PNG:CreationTime': '2021:02:03 04:05:06' })).toBe('2021-02-03T04:05:06')
  })

  test('the offset of the edit is not that of the moment of taking', () => {
    const tags = { 'EXIF:DateTimeOriginal': '2024:07:01 12:00:00', 'EXIF:OffsetTime': '+01:00' }
    expect(date(tags)).toBe('2024-07-01T12:00:00')
    expect(date({ ...tags, 'EXIF:OffsetTimeOriginal': '+02:00' })).toBe('2024-07-01T12:00:00+02:00')
    const fix = { 'EXIF:GPSDateStamp': '2024:07:01', 'EXIF:GPSTimeStamp': [10, 0, 0] }
    expect(date({ ...tags, ...fix })).toBe('2024-07-01T12:00:00+02:00')
  })

  test('a zone of the same clock time stands before the satellites', () => {
    const tags = {
      'EXIF:DateTimeOriginal': '2024:07:01 12:00:00',
      'EXIF:CreateDate': '2024:07:01 12:00:00',
      'EXIF:OffsetTimeDigitized': '+03:00',
      'EXIF:GPSDateStamp': '2024:07:01',
      'EXIF:GPSTimeStamp': [10, 0, 0],
    }
    expect(date(tags)).toBe('2024-07-01T12:00:00+03:00')
    expect(date({ ...tags, 'EXIF:CreateDate': '2024:07:01 13:00:00' })).toBe('2024-07-01T12:00:00+02:00')
    expect(date({ ...tags, 'XMP-exif:DateTimeOriginal': '2024-07-01T12:00:00+05:00' })).toBe(
      '2024-07-01T12:00:00+05:00',
    )
  })

  test('a day is made finer by a tag of that day, and by none of another', () => {
    const day = { 'IPTC:DateCreated': '20090624' }
    expect(date({ ...day, 'EXIF:CreateDate': '2009:06:24 09:41:07' })).toBe('2009-06-24T09:41:07')
    expect(date({ ...day, 'EXIF:CreateDate': '2015:01:01 09:41:07' })).toBe('2009-06-24')
    expect(date({ ...day, 'IPTC:TimeCreated': '094107+0200' })).toBe('2009-06-24T09:41:07+02:00')
  })
})

describe('camera and exposure', () => {
  test('an ISO that does not fit into 16 bits stands in the larger tags', () => {
    expect(fields({ 'EXIF:ISO': 65_535, 'EXIF:RecommendedExposureIndex': 102_400 })['iso']).toBe('102400')
    expect(fields({ 'EXIF:ISO': 65_535 })['iso']).toBe('65535')
    expect(fields({ 'EXIF:ISO': [200, 0] })['iso']).toBe('200')
  })

  test('aperture and exposure time are read from APEX where there is nothing else', () => {
    expect(fields({ 'EXIF:ApertureValue': [4], 'EXIF:ShutterSpeedValue': [7] })).toMatchObject({
      aperture: '4',
      exposure: '0.00781',
    })
  })

  test.each([
    [[24, 70, 2.8, 2.8], '24-70mm f/2.8'],
    [[18, 55, 3.5, 5.6], '18-55mm f/3.5-5.6'],
    [[50, 50, 1.4, 1.4], '50mm f/1.4'],
    [[50, 50, Number.NaN, Number.NaN], '50mm'],
    ['240/10 700/10 28/10 28/10', '24-70mm f/2.8'],
    [[0, 0, 0, 0], undefined],
  ] as [TagValue, string | undefined][])('a lens by its numbers: %j', (numbers, lens) => {
    expect(fields({ 'EXIF:LensModel': '----', 'EXIF:LensInfo': numbers })['lens']).toBe(lens)
  })
})

describe('places', () => {
  test('stand in XMP too, and an altitude needs no tag beside it', () => {
    expect(
      fields({
        'XMP-exif:GPSLatitude': '38,53.4142S',
        'XMP-exif:GPSLongitude': '77,2.9578W',
        'XMP-exif:GPSAltitude': '500/10',
      }),
    ).toMatchObject({ lat: '-38.8902367', lon: '-77.0492967', alt: '50' })
  })

  test.each([
    { 'EXIF:GPSLatitude': [0, 0, 0], 'EXIF:GPSLongitude': [0, 0, 0] },
    { 'EXIF:GPSLatitude': '', 'EXIF:GPSLongitude': '' },
    { 'EXIF:GPSLatitude': [91, 0, 0], 'EXIF:GPSLongitude': [1, 0, 0] },
  ])('nowhere is nowhere: %j', (tags) => {
    expect(fields(tags)).toEqual({})
  })
})

describe('sidecars', () => {
  test('are read in UTF-8 and UTF-16', () => {
    const xml = packet(
      '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Łódź &amp; more</rdf:li></rdf:Alt></dc:title>',
    )
    for (const encoded of [
      Buffer.from(xml),
      Buffer.from(`\ufeff${xml}`, 'utf16le'),
      Buffer.from(`\ufeff${xml}`, 'utf16le').swap16(),
    ])
      expect(readMetadata(Buffer.alloc(0), [encoded]).said.title).toBe('Łódź & more')
  })

  test('say what programs say as attributes or elements', () => {
    const { said } = sidecar(
      '<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>sun</rdf:li></rdf:Bag></dc:subject><xmp:Label>Red</xmp:Label>',
      'xmp:Rating="4"',
    )
    expect(said).toMatchObject({ rating: '4', label: 'red', tags: ['sea', 'sun'] })
  })

  test.each(['', '<x:xmpmeta', 'no XML at all', packet('<dc:title>').slice(0, 500), '\0\0\0'])(
    'that are none say nothing: %j',
    (xml) => {
      expect(readMetadata(Buffer.alloc(0), [Buffer.from(xml)]).said.title).toBe('')
    },
  )

  test('their keywords alone count where they have any', () => {
    const { said } = toMetadata(
      new Map<string, TagValue>([
        ['IPTC:Keywords', ['old']],
        ['XMP-dc:Subject', ['new']],
        ['Sidecar:XMP-dc:Subject', ['new']],
      ]),
    )
    expect(said.tags).toEqual(['new'])
  })
})
