import ExifReader, { type ExpandedTags } from 'exifreader'
import { toTaken, type Taken } from './capture-time.ts'

/** What a file tells of its photo. Nothing in it is trusted: what does not look right counts as absent. */
export interface Metadata {
  taken: Taken | null
  /** Fields of the photo's hash (docs/data-model.md). */
  fields: Record<string, string>
}

const wanted = {
  exif: [
    'Make',
    'Model',
    'Orientation',
    'LensModel',
    'DateTimeOriginal',
    'DateTimeDigitized',
    'SubSecTimeOriginal',
    'SubSecTimeDigitized',
    'OffsetTimeOriginal',
    'OffsetTimeDigitized',
    'OffsetTime',
    'FNumber',
    'ExposureTime',
    'ISOSpeedRatings',
    'FocalLength',
    'GPSLatitude',
    'GPSLatitudeRef',
    'GPSLongitude',
    'GPSLongitudeRef',
    'GPSAltitude',
    'GPSAltitudeRef',
    'GPSDateStamp',
    'GPSTimeStamp',
  ],
  gps: true as const,
  iptc: ['Date Created', 'Time Created'],
  xmp: ['DateTimeOriginal', 'CreateDate', 'DateCreated', 'Make', 'Model', 'Lens', 'LensModel'],
}

const longest = 200

const clean = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first !== 'string') return undefined
  return (
    first
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, longest) || undefined
  )
}

/** EXIF keeps numbers as fractions: [numerator, denominator]. */
const toNumber = (value: unknown): number | undefined => {
  const pair = Array.isArray(value) && Array.isArray(value[0]) ? (value[0] as unknown[]) : value
  const number =
    Array.isArray(pair) && pair.length === 2
      ? Number(pair[0]) / Number(pair[1])
      : Number(Array.isArray(pair) ? pair[0] : pair)
  return Number.isFinite(number) ? number : undefined
}

/** Cameras may give two ISO values: the first is the one that they mean. */
const first = (value: unknown) => toNumber(Array.isArray(value) ? value[0] : value)

type Tags = Record<string, { value?: unknown; description?: unknown } | undefined>

const text = (tags: Tags, name: string) => clean(tags[name]?.value) ?? clean(tags[name]?.description)

const between = (value: number | undefined, least: number, most: number) =>
  value !== undefined && value >= least && value <= most ? String(Number(value.toPrecision(9))) : undefined

/** `Canon` and `Canon EOS 20D` make `Canon EOS 20D`; `NIKON CORPORATION` and `NIKON D70` make `NIKON D70`. */
const cameraName = (make: string | undefined, model: string | undefined) => {
  if (!make || !model) return model ?? make
  const brand = make.split(' ')[0] ?? make
  return model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${make} ${model}`
}

const gpsTime = (exif: Tags) => {
  const day = text(exif, 'GPSDateStamp')?.replaceAll(':', '-')
  const parts = exif['GPSTimeStamp']?.value
  if (!day || !Array.isArray(parts)) return undefined
  const clock = parts.map((part) => String(Math.trunc(toNumber(part) ?? 0)).padStart(2, '0'))
  return `${day}T${clock.join(':')}Z`
}

/** IPTC keeps day and time apart, each as digits alone. */
const iptcTime = (iptc: Tags) => {
  const day = clean(iptc['Date Created']?.description)
  return day && `${day}T${clean(iptc['Time Created']?.description) ?? '00:00:00'}`
}

const takenBy = (exif: Tags, xmp: Tags, iptc: Tags): Taken | null => {
  const gps = gpsTime(exif)
  const fallback = text(exif, 'OffsetTime')
  const by = (date: string | undefined, fraction?: string, offset?: string) =>
    date === undefined ? null : toTaken({ date, fraction, offset: offset ?? fallback, gps })
  const of = (kind: 'Original' | 'Digitized') =>
    by(text(exif, `DateTime${kind}`), text(exif, `SubSecTime${kind}`), text(exif, `OffsetTime${kind}`))
  const ofXmp = (name: string) => by(clean(xmp[name]?.value))
  const entered = ofXmp('DateTimeOriginal') ?? by(iptcTime(iptc)) ?? ofXmp('DateCreated')
  return of('Original') ?? entered ?? of('Digitized') ?? ofXmp('CreateDate')
}

const place = (gps: ExpandedTags['gps']) => {
  const lat = between(gps?.Latitude, -90, 90)
  const lon = between(gps?.Longitude, -180, 180)
  // 0° 0° is in the sea, and what devices write that do not know.
  if (lat === undefined || lon === undefined || (Number(lat) === 0 && Number(lon) === 0)) return {}
  return { lat, lon, alt: between(gps?.Altitude, -12_000, 100_000) }
}

const load = (bytes: Buffer): ExpandedTags => {
  try {
    return ExifReader.load(bytes, { expanded: true, includeTags: wanted })
  } catch {
    return {} // no metadata, or hostile ones: the picture may be fine all the same
  }
}

/** Reads EXIF and XMP from a whole file. Never throws. */
export const readMetadata = (bytes: Buffer): Metadata => {
  const tags = load(bytes)
  const exif = (tags.exif ?? {}) as Tags
  const xmp = (tags.xmp ?? {}) as Tags
  const taken = takenBy(exif, xmp, (tags.iptc ?? {}) as Tags)
  const fields = {
    taken: taken?.text,
    camera: cameraName(text(exif, 'Make') ?? text(xmp, 'Make'), text(exif, 'Model') ?? text(xmp, 'Model')),
    lens: text(exif, 'LensModel') ?? text(xmp, 'LensModel') ?? text(xmp, 'Lens'),
    aperture: between(toNumber(exif['FNumber']?.value), 0.3, 1000),
    exposure: between(toNumber(exif['ExposureTime']?.value), 1e-7, 1e6),
    iso: between(first(exif['ISOSpeedRatings']?.value), 1, 1e8),
    orientation: between(toNumber(exif['Orientation']?.value), 1, 8),
    focal: between(toNumber(exif['FocalLength']?.value), 0.1, 1e5),
    ...place(tags.gps),
  }
  const known = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { taken, fields: Object.fromEntries(known) }
}
