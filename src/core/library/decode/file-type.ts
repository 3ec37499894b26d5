import { fieldOf, tiffDirectories } from './formats/tiff-fields.ts'
import { videoEndings, videoTypeOf } from './video/video-type.ts'

/** Endings of RAW files, and the types that they are given, after exiftool's. */
const rawTypes: Partial<Record<string, string>> = {
  '3fr': 'image/x-hasselblad-3fr',
  arw: 'image/x-sony-arw',
  cr2: 'image/x-canon-cr2',
  cr3: 'image/x-canon-cr3',
  crw: 'image/x-canon-crw',
  dcr: 'image/x-kodak-dcr',
  dng: 'image/x-adobe-dng',
  erf: 'image/x-epson-erf',
  fff: 'image/x-hasselblad-fff',
  iiq: 'image/x-raw',
  kdc: 'image/x-kodak-kdc',
  mos: 'image/x-raw',
  mrw: 'image/x-minolta-mrw',
  nef: 'image/x-nikon-nef',
  nrw: 'image/x-nikon-nrw',
  orf: 'image/x-olympus-orf',
  pef: 'image/x-pentax-pef',
  raf: 'image/x-fujifilm-raf',
  raw: 'image/x-raw',
  rw2: 'image/x-panasonic-rw2',
  rwl: 'image/x-leica-rwl',
  sr2: 'image/x-sony-sr2',
  srf: 'image/x-sony-srf',
  srw: 'image/x-samsung-srw',
  x3f: 'image/x-sigma-x3f',
}

/** Endings of the files that a photographer would expect to see. */
const candidates = new Set([
  ...Object.keys(rawTypes),
  ...videoEndings,
  ...'jpg jpeg jpe jfif png webp avif gif tif tiff heic heif hif heics heifs avci bmp dib psd psb'.split(' '),
  ...'jxl jp2 j2k j2c jpf jpx jpc tga icb vda vst qoi'.split(' '),
])

const ending = (name: string) => /\.([0-9A-Za-z]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** Whether a file is a RAW by its name. */
export const isRawName = (name: string): boolean => rawTypes[ending(name)] !== undefined

export const isCandidate = (name: string): boolean => !name.startsWith('.') && candidates.has(ending(name))

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)

const heifBrand = /^(hei[csmfx]|hev[cxms]|mi[af][f123]|msf1|unif|MiHB|jpe?gs|jpeg|j2k[is]|avc[is]|vvi[cs])$/

/** Brands of the box `ftyp`. The second four bytes are a version, but in files of the brand `mif3` the kind of picture. */
const brandsOf = (bytes: Buffer): string[] => {
  const end = Math.min(bytes.readUInt32BE(0) || bytes.length, 256, bytes.length)
  return Array.from({ length: Math.max(1, (end - 8) >> 2) }, (_, i) => ascii(bytes, 8 + 4 * i, 12 + 4 * i))
}

const ofIsoMedia = (bytes: Buffer, name: string): string | null => {
  const brands = brandsOf(bytes)
  if (brands[0] === 'crx ') return 'image/x-canon-cr3'
  if (brands.includes('avif') || brands.includes('avis')) return 'image/avif'
  const isPicture =
    brands.some((brand) => heifBrand.test(brand)) ||
    ascii(bytes, 0, sniffBytes).includes('hdlr\0\0\0\0\0\0\0\0pict') ||
    /^(hei|hif|avci)/.test(ending(name))
  return isPicture ? 'image/heic' : videoTypeOf(bytes)
}

/** As many first bytes of a file as tell its type. */
export const sniffBytes = 512

const starts: [RegExp | string, string][] = [
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  [/^RIFF.{4}WEBP/s, 'image/webp'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^(IIRO|IIRS|MMOR)/, 'image/x-olympus-orf'],
  ['IIU\0', 'image/x-panasonic-rw2'],
  [/^(II[*+]\0|MM\0[*+])/, 'image/tiff'],
  ['FUJIFILM', 'image/x-fujifilm-raf'],
  ['\0MRM', 'image/x-minolta-mrw'],
  ['FOVb', 'image/x-sigma-x3f'],
  [/^II.{4}HEAPCCDR/s, 'image/x-canon-crw'],
  ['BM', 'image/bmp'],
  ['8BPS', 'image/vnd.adobe.photoshop'],
  ['\xff\x0a', 'image/jxl'],
  ['\0\0\0\x0cJXL ', 'image/jxl'],
  ['\0\0\0\x0cjP  ', 'image/jp2'],
  ['\xff\x4f\xff\x51', 'image/jp2'],
  ['qoif', 'image/qoi'],
]

const beginsWith = (head: string, start: RegExp | string) =>
  typeof start === 'string' ? head.startsWith(start) : start.test(head)

/** A TGA has no mark of its own: its ending, and a header that makes sense. */
const isTga = (bytes: Buffer, name: string) =>
  /^(tga|icb|vda|vst)$/.test(ending(name)) &&
  (bytes[1] ?? 9) <= 1 &&
  [1, 2, 3, 9, 10, 11].includes(bytes[2] ?? 0) &&
  [8, 15, 16, 24, 32].includes(bytes[16] ?? 0)

/**
 * MIME type by the first bytes of a file, as its name may be wrong; null where they tell of no picture and no video. RAW files that are
 * built as a TIFF are taken for one (`typeOf` looks deeper). The name decides where bytes cannot: TGA, and HEIF of unknown
 * brands.
 */
export const sniff = (bytes: Buffer, name = ''): string | null => {
  if (bytes.length < 12) return null
  if (ascii(bytes, 4, 8) === 'ftyp') return ofIsoMedia(bytes, name)
  const head = ascii(bytes, 0, 16)
  const type = starts.find(([start]) => beginsWith(head, start))?.[1]
  return type ?? (bytes.length >= 18 && isTga(bytes, name) ? 'image/x-tga' : videoTypeOf(bytes))
}

const tags = { compression: 259, photometric: 262, dngVersion: 0xc612 }
/** Colour filter array; linear RAW. */
const rawPhotometrics = new Set([32803, 34892])
/** Sony, Nikon, Samsung, Pentax and Kodak pack their data in ways of their own. */
const rawCompressions = new Set([32767, 32769, 32770, 32772, 34713, 65000, 65535])

/** Whether what looks like a TIFF is a RAW, by its own directories. */
const rawTypeOf = (bytes: Buffer, name: string): string | null => {
  const directories = tiffDirectories(bytes)
  if (directories[0]?.has(tags.dngVersion)) return 'image/x-adobe-dng'
  if (ascii(bytes, 8, 10) === 'CR') return 'image/x-canon-cr2'
  const byName = rawTypes[ending(name)]
  const isRaw = directories.some(
    (directory) =>
      rawPhotometrics.has(fieldOf(directory, tags.photometric) ?? 0) ||
      rawCompressions.has(fieldOf(directory, tags.compression) ?? 0),
  )
  return byName ?? (isRaw ? 'image/x-raw' : null)
}

/** MIME type of a whole file, by its content; its name helps with RAW files. Null for what is no picture. */
export const typeOf = (bytes: Buffer, name: string): string | null => {
  const type = sniff(bytes, name)
  return type === 'image/tiff' ? (rawTypeOf(bytes, name) ?? type) : type
}

/** Endings that files of a type usually have, where the type does not say it itself. */
const usualEndings: Partial<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'image/vnd.adobe.photoshop': 'psd',
  'image/x-tga': 'tga',
  'video/quicktime': 'mov',
  'video/3gpp': '3gp',
  'video/x-matroska': 'mkv',
  'video/x-msvideo': 'avi',
  'video/mp2t': 'mts',
}

const rawEndings = new Map(Object.entries(rawTypes).map(([name, type]) => [type, name]))

/** The ending, without its dot, by which a scan takes a file of this type for a photo. */
export const endingFor = (type: string): string =>
  usualEndings[type] ?? rawEndings.get(type) ?? type.slice(type.indexOf('/') + 1)

/** A RAW of any maker. */
export const isRawType = (type: string): boolean => type.startsWith('image/x-') && type !== 'image/x-tga'

/** Kinds of pictures that are taken in: all that can be told. */
export const isPicture = (type: string | null): type is string => type?.startsWith('image/') === true
