import type { Text, TextId } from '../../../shared/i18n/text.ts'

/** RAW files hold a TIFF inside, whose small preview must not pass for the photo: their ending decides. */
const raw = new Set(
  'cr2 cr3 crw nef nrw arw srf sr2 raf rw2 orf dng pef x3f mrw 3fr fff iiq rwl srw erf kdc dcr mos raw'.split(
    ' ',
  ),
)

/** Endings of the files that a photographer would expect to see, whether they can be read yet or not. */
const candidates = new Set([
  ...'jpg jpeg jpe jfif png webp avif gif tif tiff heic heif hif bmp psd jxl jp2 j2k'.split(' '),
  ...raw,
])

/** Folders that programs and systems keep for themselves. */
const junk = new Set([
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  'node_modules',
  'lost+found',
])

const ending = (name: string) => /\.([0-9A-Za-z]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ''

export const isCandidate = (name: string): boolean => !name.startsWith('.') && candidates.has(ending(name))

export const isRaw = (name: string): boolean => raw.has(ending(name))

/** A folder that is passed over with everything in it. */
export const isJunk = (name: string): boolean => name.startsWith('.') || junk.has(name.toLowerCase())

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)

const ofIsoMedia = (bytes: Buffer): string => {
  const size = Math.min(bytes.readUInt32BE(0), 256, bytes.length)
  const brands = [8, ...Array.from({ length: Math.max(0, (size - 16) >> 2) }, (_, i) => 16 + 4 * i)]
  const names = brands.map((at) => ascii(bytes, at, at + 4))
  if (names.includes('avif') || names.includes('avis')) return 'image/avif'
  return names.some((name) => /^(heic|heix|hevc|heim|heis|mif1|msf1|heif|unif)$/.test(name))
    ? 'image/heic'
    : 'video/mp4'
}

/** As many first bytes of a file as tell its type. */
export const sniffBytes = 512

/** MIME type by the first bytes of a file, as its name may be wrong; null where they tell of no picture. */
export const sniff = (bytes: Buffer): string | null => {
  if (bytes.length < 12) return null
  const head = ascii(bytes, 0, 12)
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (/^(II[*+]\0|MM\0[*+])/.test(head)) return 'image/tiff'
  if (ascii(bytes, 4, 8) === 'ftyp') return ofIsoMedia(bytes)
  if (head.startsWith('BM')) return 'image/bmp'
  if (head.startsWith('8BPS')) return 'image/vnd.adobe.photoshop'
  if (head.startsWith('\xff\x0a') || head.startsWith('\0\0\0\x0cJXL ')) return 'image/jxl'
  return head.startsWith('\0\0\0\x0cjP  ') ? 'image/jp2' : null
}

/** Kinds of pictures that are taken in. */
export const readable = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
  'image/tiff',
])

const notYet: Partial<Record<string, TextId>> = {
  'image/heic': 'noHeic',
  'image/bmp': 'noBmp',
  'image/vnd.adobe.photoshop': 'noPhotoshop',
  'image/jxl': 'noJpegXl',
  'image/jp2': 'noJpeg2000',
  'video/mp4': 'noVideos',
}

/** Why a file of a kind that is not taken in is not. */
export const unreadableReason = (type: string | null): Text => ({ id: notYet[type ?? ''] ?? 'notAPicture' })
