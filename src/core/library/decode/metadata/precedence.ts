import * as v from './values.ts'

/** A tag, by the name that exiftool gives it, and how it is read. */
type Source = readonly [tag: string, parse: v.Parse]

const each = (parse: v.Parse, ...tags: string[]): Source[] => tags.map((tag) => [tag, parse])

/**
 * Where each field of a photo comes from: the first of these tags that tells anything. What a sidecar says stands over what
 * the file itself says in the same tag; tags of `Sidecar:` are those of a sidecar alone. docs/metadata.md shows this table.
 */
export const precedence = {
  title: each(
    v.line,
    ...[
      'XMP-dc:Title',
      'IPTC:ObjectName',
      'XMP-photoshop:Headline',
      'IPTC:Headline',
      'EXIF:XPTitle',
      'PNG:Title',
    ],
    ...['QuickTime:Title', 'QuickTime:DisplayName'],
  ),
  caption: each(
    v.caption,
    ...['XMP-dc:Description', 'IPTC:Caption-Abstract', 'EXIF:ImageDescription', 'XMP-exif:UserComment'],
    ...['EXIF:UserComment', 'EXIF:XPComment', 'EXIF:XPSubject', 'PNG:Description', 'PNG:Comment'],
    ...['QuickTime:Description'],
  ),
  rating: [
    ...each(v.rating, 'XMP-xmp:Rating'),
    ...each(v.ratingByPercent, 'XMP-microsoft:Rating'),
    ...each(v.rating, 'EXIF:Rating'),
    ...each(v.ratingByPercent, 'EXIF:RatingPercent'),
    ...each(v.rating, 'MakerNotes:Rating'),
  ],
  flag: [
    ...each(v.flagByRating, 'XMP-xmp:Rating'),
    ...each(v.flagByPick, 'XMP-xmpDM:Pick'),
    ...each(v.flagByPickLabel, 'XMP-digiKam:PickLabel'),
  ],
  label: [
    ...each(v.label, 'XMP-xmp:Label'),
    ...each(v.labelByDigikam, 'XMP-digiKam:ColorLabel'),
    ...each(v.labelByDarktable, 'XMP-darktable:Colorlabels'),
  ],
  creator: each(
    v.names,
    ...['XMP-dc:Creator', 'IPTC:By-line', 'EXIF:Artist', 'XMP-tiff:Artist', 'EXIF:XPAuthor', 'PNG:Author'],
    ...['QuickTime:Artist', 'QuickTime:Author'],
  ),
  copyright: each(
    v.names,
    ...['XMP-dc:Rights', 'IPTC:CopyrightNotice', 'EXIF:Copyright', 'XMP-tiff:Copyright', 'PNG:Copyright'],
    ...['QuickTime:Copyright'],
  ),
  make: each(v.line, 'EXIF:Make', 'XMP-tiff:Make', 'QuickTime:Make'),
  model: each(v.line, 'EXIF:Model', 'XMP-tiff:Model', 'QuickTime:Model'),
  lens: [
    ...each(v.lens, 'EXIF:LensModel', 'XMP-exifEX:LensModel', 'XMP-aux:Lens', 'Composite:LensID'),
    ...each(v.lens, 'MakerNotes:LensModel', 'MakerNotes:LensType', 'QuickTime:LensModel'),
    ...each(v.lensByNumbers, 'EXIF:LensInfo', 'XMP-exifEX:LensSpecification', 'XMP-aux:LensInfo'),
    ...each(v.lensByNumbers, 'MakerNotes:LensInfo'),
  ],
  aperture: [
    ...each(v.aperture, 'EXIF:FNumber', 'XMP-exif:FNumber'),
    ...each(v.apexAperture, 'EXIF:ApertureValue', 'XMP-exif:ApertureValue'),
  ],
  exposure: [
    ...each(v.exposure, 'EXIF:ExposureTime', 'XMP-exif:ExposureTime'),
    ...each(v.apexExposure, 'EXIF:ShutterSpeedValue', 'XMP-exif:ShutterSpeedValue'),
  ],
  iso: [
    ...each(v.shortIso, 'EXIF:ISO'),
    ...each(v.iso, 'EXIF:RecommendedExposureIndex', 'EXIF:StandardOutputSensitivity', 'EXIF:ISOSpeed'),
    ...each(v.iso, 'XMP-exifEX:RecommendedExposureIndex', 'XMP-exifEX:PhotographicSensitivity'),
    ...each(v.iso, 'XMP-exif:ISOSpeedRatings', 'MakerNotes:ISO', 'EXIF:ISO'),
  ],
  focal: each(v.focalLength, 'EXIF:FocalLength', 'XMP-exif:FocalLength'),
  orientation: each(v.orientation, 'EXIF:Orientation', 'XMP-tiff:Orientation'),
} as const satisfies Record<string, readonly Source[]>

/** A date, and the tags that go with it: digits of the second, the zone, and the time of day. */
export interface DateSource {
  date: string
  fraction?: string
  offset?: string
  time?: string
}

/** Where the date taken comes from, the best first. The first that is a date wins, however little of it is known. */
export const dateSources: readonly DateSource[] = [
  { date: 'Sidecar:XMP-exif:DateTimeOriginal' },
  { date: 'Sidecar:XMP-photoshop:DateCreated' },
  { date: 'EXIF:DateTimeOriginal', fraction: 'EXIF:SubSecTimeOriginal', offset: 'EXIF:OffsetTimeOriginal' },
  { date: 'XMP-exif:DateTimeOriginal' },
  { date: 'IPTC:DateCreated', time: 'IPTC:TimeCreated' },
  { date: 'XMP-photoshop:DateCreated' },
  { date: 'EXIF:CreateDate', fraction: 'EXIF:SubSecTimeDigitized', offset: 'EXIF:OffsetTimeDigitized' },
  { date: 'XMP-exif:DateTimeDigitized' },
  { date: 'XMP-xmp:CreateDate' },
  { date: 'IPTC:DigitalCreationDate', time: 'IPTC:DigitalCreationTime' },
  { date: 'QuickTime:CreationDate' },
  { date: 'QuickTime:CreateDate' },
  { date: 'PNG:CreationTime' },
  { date: 'EXIF:GPSDateStamp', time: 'EXIF:GPSTimeStamp' },
  { date: 'XMP-exif:GPSDateTime' },
  { date: 'XMP-exif:GPSTimeStamp' },
  { date: 'EXIF:ModifyDate', fraction: 'EXIF:SubSecTime', offset: 'EXIF:OffsetTime' },
]

/** Where the zone comes from that a date does not have itself, where these tags show the same clock time. */
export const zoneSources: readonly DateSource[] = [
  { date: 'XMP-exif:DateTimeOriginal' },
  { date: 'XMP-photoshop:DateCreated' },
  { date: 'XMP-exif:DateTimeDigitized' },
  { date: 'XMP-xmp:CreateDate' },
  { date: 'EXIF:CreateDate', offset: 'EXIF:OffsetTimeDigitized' },
]

/** When the satellites were last heard, in UTC. */
export const gpsSources: readonly DateSource[] = [
  { date: 'EXIF:GPSDateStamp', time: 'EXIF:GPSTimeStamp' },
  { date: 'XMP-exif:GPSDateTime' },
  { date: 'XMP-exif:GPSTimeStamp' },
]

/** A place, and the tags that say on which side of the equator, of Greenwich, and of the sea's level. */
export const placeSources = [
  {
    lat: 'Sidecar:XMP-exif:GPSLatitude',
    lon: 'Sidecar:XMP-exif:GPSLongitude',
    alt: 'Sidecar:XMP-exif:GPSAltitude',
  },
  { lat: 'EXIF:GPSLatitude', lon: 'EXIF:GPSLongitude', alt: 'EXIF:GPSAltitude' },
  { lat: 'XMP-exif:GPSLatitude', lon: 'XMP-exif:GPSLongitude', alt: 'XMP-exif:GPSAltitude' },
  { lat: 'QuickTime:GPSLatitude', lon: 'QuickTime:GPSLongitude', alt: 'QuickTime:GPSAltitude' },
] as const

/**
 * Where tags come from: all of these together. Flat keywords that only repeat a part of a branch are left out. Where a
 * sidecar has keywords, its alone count.
 */
export const keywordSources = {
  /** Branches, and what stands between their parts. */
  branches: [
    ['XMP-lr:HierarchicalSubject', '|'],
    ['XMP-digiKam:TagsList', '/'],
    ['XMP-microsoft:LastKeywordXMP', '/'],
    ['XMP-mediapro:CatalogSets', '|'],
  ],
  flat: ['XMP-dc:Subject', 'IPTC:Keywords', 'EXIF:XPKeywords', 'QuickTime:Keywords'],
} as const
