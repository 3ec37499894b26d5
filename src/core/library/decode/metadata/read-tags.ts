import ExifReader, { type ExpandedTags } from 'exifreader'
import { jpegHead } from '../formats/jpeg.ts'
import { carriersOf } from './carriers.ts'
import { readMakerNotes } from './maker-notes.ts'
import { readXmp } from './read-xmp.ts'
import { addTag, type TagSet, type TagValue } from './tag-set.ts'
import { decodeComment, decodePacket, decodeText, decodeUtf16, isUtf8Escape } from './text-encoding.ts'

/** The names of exifreader, and those of exiftool where they differ. */
const exifNames = {
  ...{ Make: '', Model: '', Orientation: '', Artist: '', Copyright: '', ImageDescription: '' },
  ...{ Rating: '', RatingPercent: '', UserComment: '' },
  ...{ XPTitle: '', XPComment: '', XPAuthor: '', XPKeywords: '', XPSubject: '' },
  ...{ DateTimeOriginal: '', SubSecTimeOriginal: '', OffsetTimeOriginal: '' },
  ...{ DateTimeDigitized: 'CreateDate', SubSecTimeDigitized: '', OffsetTimeDigitized: '' },
  ...{ DateTime: 'ModifyDate', SubSecTime: '', OffsetTime: '' },
  ...{ LensMake: '', LensModel: '', LensSpecification: 'LensInfo', FocalLength: '' },
  ...{ FNumber: '', ApertureValue: '', ExposureTime: '', ShutterSpeedValue: '' },
  ...{ ISOSpeedRatings: 'ISO', SensitivityType: '', RecommendedExposureIndex: '' },
  ...{ StandardOutputSensitivity: '', ISOSpeed: '' },
  ...{ GPSLatitude: '', GPSLatitudeRef: '', GPSLongitude: '', GPSLongitudeRef: '' },
  ...{ GPSAltitude: '', GPSAltitudeRef: '', GPSDateStamp: '', GPSTimeStamp: '' },
}
const iptcNames = {
  'Object Name': 'ObjectName',
  Keywords: 'Keywords',
  'Date Created': 'DateCreated',
  'Time Created': 'TimeCreated',
  'Digital Creation Date': 'DigitalCreationDate',
  'Digital Creation Time': 'DigitalCreationTime',
  'By-line': 'By-line',
  Headline: 'Headline',
  'Copyright Notice': 'CopyrightNotice',
  'Caption/Abstract': 'Caption-Abstract',
  'Coded Character Set': 'CodedCharacterSet',
}
/** PNG's own texts. */
const pngNames = ['Title', 'Author', 'Description', 'Copyright', 'Creation Time', 'Comment']

const includeTags = {
  exif: [...Object.keys(exifNames), 'MakerNote', 'IPTC-NAA', 'ApplicationNotes'],
  iptc: Object.keys(iptcNames),
  xmp: true as const,
  pngText: true as const,
}

type Read = Record<string, { value?: unknown; description?: unknown } | undefined>

const isBytes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number' && item >= 0 && item <= 255)

/** Fractions come as pairs of numbers. */
const numbers = (value: unknown): number[] => {
  if (!Array.isArray(value)) return []
  if (value.length === 2 && value.every((item) => typeof item === 'number'))
    return [(value[0] as number) / (value[1] as number)]
  return value.map((item: unknown) =>
    Array.isArray(item) ? Number(item[0]) / Number(item[1]) : Number(item),
  )
}

const fractions =
  /^(?:GPS(?:Latitude|Longitude|Altitude|TimeStamp)|LensSpecification|FocalLength|FNumber|ExposureTime|ApertureValue|ShutterSpeedValue)$/

const exifValue = (name: string, value: unknown): TagValue | undefined => {
  if (name.startsWith('XP') && isBytes(value)) return decodeUtf16(Uint8Array.from(value)).replace(/\0+$/, '')
  if (name === 'UserComment' && isBytes(value)) return decodeComment(Uint8Array.from(value))
  if (fractions.test(name)) return numbers(value)
  if (typeof value === 'number' || typeof value === 'string') return value
  if (!Array.isArray(value)) return undefined
  if (!value.every((item) => typeof item === 'string')) return numbers(value)
  // Behind a NUL only these have a second text: who took the picture, and who edited it.
  return name === 'Copyright' || name === 'Artist' ? value : value[0]
}

const addExif = (tags: TagSet, exif: Read) => {
  for (const [name, other] of Object.entries(exifNames))
    addTag(tags, `EXIF:${other || name}`, exifValue(name, exif[name]?.value))
  if (exif['MakerNote']) tags.set('EXIF:MakerNote', 1)
}

const addIptc = (tags: TagSet, iptc: Read) => {
  const set = iptc['Coded Character Set']?.value
  const isUtf8 = isBytes(set) && isUtf8Escape(String.fromCharCode(...set))
  const decode = (value: unknown) => {
    if (!isBytes(value)) return undefined
    const bytes = Uint8Array.from(value)
    return isUtf8 ? new TextDecoder().decode(bytes) : decodeText(bytes)
  }
  for (const [name, other] of Object.entries(iptcNames)) {
    const found: unknown = iptc[name]
    // A tag that may stand several times comes as a list of tags.
    const values = (Array.isArray(found) ? found : [found]) as (Read[string] | undefined)[]
    const texts = values.map((one) => decode(one?.value)).filter((text) => text !== undefined)
    addTag(tags, `IPTC:${other}`, texts.length > 1 ? texts : texts[0])
  }
}

const addPngTexts = (tags: TagSet, texts: Read) => {
  for (const name of pngNames) {
    const { value, description } = texts[name] ?? {}
    const text = typeof value === 'string' ? value : description
    if (typeof text === 'string') addTag(tags, `PNG:${name.replaceAll(' ', '')}`, text)
  }
}

/** The packets as exifreader finds them: it hands each to this parser, and is told that there is nothing in it. */
const collectPackets = (packets: string[]) => ({
  parseFromString: (xml: string) => {
    packets.push(xml)
    return { getElementsByTagName: () => [], childNodes: [] }
  },
})

/** A packet that is not UTF-8 comes with a character for each byte. */
const packetText = (packet: string) =>
  /[^\0-\u00ff]/.test(packet) ? packet : decodePacket(Buffer.from(packet, 'latin1'))

/** exifreader copies a Buffer whole, byte by byte, and an ArrayBuffer not at all. */
const memoryOf = ({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer => {
  const isWhole = byteOffset === 0 && byteLength === buffer.byteLength
  return (isWhole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer
}

/** Reads one file with exifreader; the packets that it finds are added to `packets`. */
const readFile = (tags: TagSet, bytes: Buffer, packets: string[]) => {
  try {
    const read = ExifReader.load(memoryOf(jpegHead(bytes)), {
      expanded: true,
      includeTags,
      domParser: collectPackets(packets),
    }) as ExpandedTags & { pngText?: Read }
    addExif(tags, (read.exif ?? {}) as Read)
    addIptc(tags, (read.iptc ?? {}) as Read)
    addPngTexts(tags, read.pngText ?? {})
  } catch {
    // no metadata, or hostile ones: the picture may be fine all the same
  }
}

/**
 * Reads EXIF, IPTC, XMP, PNG's texts and makers' notes of a whole file. Never throws: what is hostile or damaged adds
 * nothing.
 */
export const readTags = (bytes: Buffer): TagSet => {
  const tags: TagSet = new Map()
  const carriers = carriersOf(bytes)
  const packets: string[] = []
  for (const file of carriers.files) {
    readFile(tags, file, packets)
    readMakerNotes(tags, file)
  }
  const texts = [...carriers.packets.map(decodePacket), ...packets.map(packetText)]
  for (const text of texts) readXmp(tags, text)
  return tags
}
