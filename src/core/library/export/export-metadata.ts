import type { Exif } from 'sharp'
import type { PhotoDetails } from '../../../shared/schemas/photo.ts'
import { rdf } from '../decode/metadata/rdf.ts'

/** Namespaces of what is written, by their usual prefixes. */
const namespaces = {
  rdf,
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  aux: 'http://ns.adobe.com/exif/1.0/aux/',
}

const entities: Partial<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

/** As XML says it; characters that it cannot hold are left out. @see XML 1.0, section 2.2 */
const escaped = (text: string) =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[<>&"]/g, (sign) => entities[sign] ?? '')

const element = (name: string, inner: string) => `<${name}>${inner}</${name}>`

const simple = (name: string, value: string | number | null) =>
  value === null || value === '' ? '' : element(name, escaped(String(value)))

const list = (name: string, kind: 'Bag' | 'Seq', values: string[]) =>
  values.length === 0
    ? ''
    : element(name, element(`rdf:${kind}`, values.map((value) => simple('rdf:li', value)).join('')))

const inLanguages = (name: string, text: string) =>
  text === ''
    ? ''
    : element(name, element('rdf:Alt', `<rdf:li xml:lang="x-default">${escaped(text)}</rdf:li>`))

/** Tags as others read them: the last name of each, and whole branches. */
const tagElements = (tags: string[]) => {
  const names = [...new Set(tags.map((tag) => tag.split('/').at(-1) ?? tag))]
  const branches = tags.filter((tag) => tag.includes('/')).map((tag) => tag.replaceAll('/', '|'))
  return list('dc:subject', 'Bag', names) + list('lr:hierarchicalSubject', 'Bag', branches)
}

/** Rejected is a rating of its own there. @see XMP, part 1, 8.4 (`xmp:Rating`) */
const ratingOf = ({ rating, flag }: PhotoDetails) => (flag === 'reject' ? -1 : rating || null)

const capital = (word: string | null) => word && word.charAt(0).toUpperCase() + word.slice(1)

/** What users can enter: all of it but what merely repeats the name of the file. */
const enteredElements = (photo: PhotoDetails, fileName: string) =>
  [
    inLanguages('dc:title', photo.title === fileName ? '' : photo.title),
    inLanguages('dc:description', photo.caption),
    tagElements(photo.tags),
    simple('xmp:Rating', ratingOf(photo)),
    simple('xmp:Label', capital(photo.label)),
    list('dc:creator', 'Seq', photo.creator === null ? [] : [photo.creator]),
    inLanguages('dc:rights', photo.copyright ?? ''),
    photo.dated ? simple('photoshop:DateCreated', photo.takenAt) : '',
  ].join('')

const rational = (value: number | null, parts = 100) =>
  value === null ? null : `${Math.round(value * parts)}/${parts}`

/** A fraction of a second as cameras say it. */
const exposure = (seconds: number | null) => {
  if (seconds === null || seconds <= 0) return null
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)}` : rational(Math.min(seconds, 1e6))
}

/** Degrees and minutes with their direction. @see XMP, part 2, `GPSCoordinate` */
const coordinate = (degrees: number, [positive, negative]: [string, string]) => {
  const whole = Math.floor(Math.abs(degrees))
  const minutes = (Math.abs(degrees) - whole) * 60
  return `${whole},${minutes.toFixed(6)}${degrees < 0 ? negative : positive}`
}

const placeElements = ({ latitude, longitude, altitude }: PhotoDetails) =>
  latitude === null || longitude === null
    ? ''
    : simple('exif:GPSLatitude', coordinate(latitude, ['N', 'S'])) +
      simple('exif:GPSLongitude', coordinate(longitude, ['E', 'W'])) +
      (altitude === null
        ? ''
        : simple('exif:GPSAltitudeRef', altitude < 0 ? 1 : 0) +
          simple('exif:GPSAltitude', rational(Math.abs(altitude))))

const cameraElements = (photo: PhotoDetails) =>
  [
    simple('tiff:Model', photo.camera),
    simple('aux:Lens', photo.lens),
    simple('exif:FNumber', rational(photo.aperture)),
    simple('exif:ExposureTime', exposure(photo.exposureTime)),
    photo.iso === null ? '' : list('exif:ISOSpeedRatings', 'Seq', [String(photo.iso)]),
    simple('exif:FocalLength', rational(photo.focalLength)),
    simple('exif:DateTimeOriginal', photo.takenAt),
  ].join('')

const packet = (elements: string) => {
  const names = Object.entries(namespaces).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  return (
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${names[0] ?? ''}>` +
    `<rdf:Description rdf:about="" ${names.slice(1).join(' ')}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta>`
  )
}

/** A sidecar file with what users entered of a photo; null where that is nothing. */
export const sidecarOf = (photo: PhotoDetails, fileName: string): string | null => {
  const elements = enteredElements(photo, fileName)
  const begin = '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>'
  return elements === '' ? null : `${begin}\n${packet(elements)}\n<?xpacket end="w"?>\n`
}

/** What is known of a photo as XMP, for a copy of another kind. */
export const xmpOf = (photo: PhotoDetails, fileName: string, { place }: { place: boolean }): string =>
  packet(enteredElements(photo, fileName) + cameraElements(photo) + (place ? placeElements(photo) : ''))

/** Fields that have a value. */
const given = (fields: Record<string, string | number | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null || value === '' ? [] : [[name, String(value)]],
    ),
  )

/** A date as EXIF says it, in two fields; nothing for one that is not known to the second. */
const dateFields = (takenAt: string | null) => {
  const [, date, clock, zone] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(.*)$/.exec(takenAt ?? '') ?? []
  if (date === undefined || clock === undefined) return {}
  const offset = zone === 'Z' ? '+00:00' : (zone ?? null)
  return given({
    DateTimeOriginal: `${date.replaceAll('-', ':')} ${clock}`,
    OffsetTimeOriginal: offset,
  })
}

const degrees = (value: number) => {
  const seconds = Math.round(Math.abs(value) * 3_600_000)
  const [whole, minutes] = [Math.floor(seconds / 3_600_000), Math.floor(seconds / 60_000) % 60]
  return `${whole}/1 ${minutes}/1 ${seconds % 60_000}/1000`
}

const placeFields = ({ latitude, longitude, altitude }: PhotoDetails) =>
  latitude === null || longitude === null
    ? {}
    : given({
        GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
        GPSLatitude: degrees(latitude),
        GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
        GPSLongitude: degrees(longitude),
        GPSAltitudeRef: altitude === null ? null : altitude < 0 ? 1 : 0,
        GPSAltitude: rational(altitude === null ? null : Math.abs(altitude)),
      })

/** What is known of a photo as EXIF, in sharp's words, for a copy that cannot have that of its original. */
export const exifOf = (photo: PhotoDetails, { place }: { place: boolean }): Exif => {
  const gps = place ? placeFields(photo) : {}
  return {
    IFD0: given({ Model: photo.camera, Artist: photo.creator, Copyright: photo.copyright }),
    IFD2: {
      ...dateFields(photo.takenAt),
      ...given({
        FNumber: rational(photo.aperture),
        ExposureTime: exposure(photo.exposureTime),
        ISOSpeedRatings: photo.iso === null || photo.iso > 65_535 ? null : Math.round(photo.iso),
        FocalLength: rational(photo.focalLength),
        LensModel: photo.lens,
      }),
    },
    ...(Object.keys(gps).length > 0 ? { IFD3: gps } : {}),
  }
}

/** A date that a user entered, which takes the place of the original's own. */
export const enteredExif = ({ dated, takenAt }: PhotoDetails): Exif =>
  dated ? { IFD2: dateFields(takenAt) } : {}
