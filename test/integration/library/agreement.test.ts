import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { typeOf } from '../../../src/core/library/decode/file-type.ts'
import { readMetadata, type Metadata } from '../../../src/core/library/decode/metadata.ts'
import { metadataPart } from '../../../src/core/library/decode/formats/raw-metadata.ts'

const beside = resolve(import.meta.dirname, '../../../../shared')
const photos = join(beside, 'photos')
const cases = join(beside, 'cases')

const read = (file: string): Metadata => {
  const bytes = readFileSync(file)
  return file.endsWith('.xmp')
    ? readMetadata(Buffer.alloc(0), [bytes])
    : readMetadata(metadataPart(bytes, typeOf(bytes, file) ?? ''))
}

interface Truth {
  path: string
  mime: string | null
  orientation: number | null
  dateTimeOriginal: string | null
  exif: Record<string, string | number | (string | number)[] | undefined>
}

/** Differences that are known, each for a reason. */
const known = new Set([
  // In maker's notes of their own, and FLIR's JSON, alone.
  'taken camera/FLIR iPhone device.jpg',
  'place camera/FLIR iPhone device.jpg',
  'taken metadata/CasioQVCI.jpg',
  'taken metadata/Reconyx_HC500_Hyperfire.jpg',
  'lens metadata/FLIR.jpg',
  // Eleven keywords in one, with `;` between them, are eleven tags here.
  'tags metadata/issue-exifr-47.jpeg',
])

const one = (text: unknown) => String(text).replace(/\s+/g, ' ').trim()
const words = (value: Truth['exif'][string]) =>
  (Array.isArray(value) ? value : value === undefined ? [] : String(value).split(', ')).map((word) =>
    one(word).toLowerCase(),
  )

/** What exiftool found of each field, where it found it under several names all of them, and what is read here. */
const fieldsOf = (
  { exif, orientation, dateTimeOriginal }: Truth,
  { fields, said }: Metadata,
): Record<string, [truths: unknown[], read: string]> => {
  const iso = dateTimeOriginal?.slice(0, 19).replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T')
  const { GPSLatitude, GPSLongitude } = exif
  const place = (lat: unknown, lon: unknown) => `${Number(lat).toFixed(3)} ${Number(lon).toFixed(3)}`
  const rating = said.flag === 'reject' ? '-1' : said.rating || '0'
  return {
    title: [[exif['Title'], exif['ObjectName'], exif['Headline']], said.title],
    caption: [[exif['Description'], exif['Caption-Abstract']], said.caption],
    rating: [[exif['Rating']], rating],
    lens: [[exif['LensModel']], fields['lens'] ?? ''],
    taken: [[iso], fields['taken']?.slice(0, 19) ?? ''],
    zone: [[exif['OffsetTimeOriginal']], fields['taken']?.slice(-6) ?? ''],
    // 0 is none of the eight.
    orientation: [[orientation || undefined], fields['orientation'] ?? '1'],
    place: [
      [GPSLatitude ? place(GPSLatitude, GPSLongitude) : undefined],
      place(fields['lat'], fields['lon']),
    ],
  }
}

const differences = (truth: Truth): string[] => {
  const metadata = read(join(photos, truth.path))
  const wrong = Object.entries(fieldsOf(truth, metadata)).flatMap(([field, [truths, found]]) => {
    const told = truths.map((value) => one(value ?? '')).filter((text) => text !== '')
    return told.length === 0 || told.includes(one(found)) ? [] : [`${field} ${truth.path}`]
  })
  const has = new Set(
    metadata.said.tags.flatMap((tag) => [tag, ...tag.split('/')]).map((tag) => tag.toLowerCase()),
  )
  const tags = [...words(truth.exif['Keywords']), ...words(truth.exif['Subject'])]
  return tags.every((tag) => tag === '' || has.has(tag)) ? wrong : [...wrong, `tags ${truth.path}`]
}

describe.skipIf(!existsSync(join(photos, 'manifest.json')))(
  'the photos with independent ground truth (skipped where they are not beside the project)',
  () => {
    test('every field that exiftool reads is read, and the same', () => {
      const all = JSON.parse(readFileSync(join(photos, 'manifest.json'), 'utf8')) as Truth[]
      const truths = all.filter(
        ({ path, mime }) => !path.startsWith('hostile/') && /^(image\/|application\/rdf)/.test(mime ?? ''),
      )
      expect(truths.length).toBeGreaterThan(150)
      expect(truths.flatMap(differences).filter((difference) => !known.has(difference))).toEqual([])
    })
  },
)

describe.skipIf(!existsSync(cases))('dates, zones and exposures that went wrong', () => {
  const fields = (file: string) => read(join(cases, file)).fields

  test.each([
    ['partial-dates/xmp-year.jpg', '1978'],
    ['partial-dates/xmp-day.jpg', '1978-06-15'],
    ['partial-dates/exif-blank-time.jpg', '1978-06-15'],
    ['date-elsewhere/ifd0-only.jpg', '1999-08-07T06:05:04'],
  ])('%s was taken %s, and no more is known', (file, taken) => {
    expect(fields(file)['taken']).toBe(taken)
  })

  test.each([
    ['01-orig+2-mod+1.jpg', /\+02:00$/],
    ['02-only-mod+1.jpg', /T\d\d:\d\d:\d\d$/],
    ['03-only-mod+1-gps+2.jpg', /\+02:00$/],
  ])('the zone of %s is that of the moment, or unknown', (file, expected) => {
    expect(fields(`offset-sources/${file}`)['taken']).toMatch(expected)
  })

  test.each(['exact', '03min', '08min', '10min'])('satellites heard long ago invent no zone: %s', (name) => {
    expect(fields(`stale-gps-time/stale-${name}.jpg`)['taken']).toMatch(/T\d\d:\d\d:\d\d(\+02:00)?$/)
  })

  test('of an ISO beyond 65535 the larger tag is believed', () => {
    expect(fields('iso-65535/65535.jpg')['iso']).toBe('102400')
  })
})
