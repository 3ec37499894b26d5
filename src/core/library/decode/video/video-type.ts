/** Endings of videos. `.ts` is none: it is rather a program's text than a transport stream. */
export const videoEndings = 'mp4 m4v mov qt 3gp 3g2 mkv webm avi mts m2ts'.split(' ')

/** Brands of ISO media files that hold pictures or sound alone (mp4ra.org), and those of RAW files of Canon. */
const otherBrand =
  /^(?:avif|avis|hei[cmsxf]|hev[cmsx]|mif\d|msf1|unif|jpeg|j2ki|crx |M4[AB] |F4[AB] |jp[2mx] |mjp2)$/

/** First boxes of QuickTime files from before there was `ftyp`. */
const oldBoxes = new Set(['moov', 'mdat', 'wide', 'pnot'])

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)

const ofIsoMedia = (head: Buffer): string | null => {
  const major = ascii(head, 8, 12)
  const end = Math.min(head.readUInt32BE(0), head.length)
  const brands = [major]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(head, at, at + 4))
  if (major !== 'qt  ' && brands.some((brand) => otherBrand.test(brand))) return null
  if (major === 'qt  ') return 'video/quicktime'
  return /^3g/.test(major) ? 'video/3gpp' : 'video/mp4'
}

/** Packets of a transport stream begin with 0x47; those of AVCHD have four bytes before it. */
const isTransportStream = (head: Buffer) =>
  [
    [0, 188],
    [4, 192],
  ].some(([first = 0, length = 0]) => [0, 1, 2].every((n) => head[first + n * length] === 0x47))

/** MIME type of a video by the first 512 bytes of its file, whatever it is called; null where they tell of none. */
export const videoTypeOf = (head: Buffer): string | null => {
  if (head.length < 12) return null
  const box = ascii(head, 4, 8)
  if (box === 'ftyp') return ofIsoMedia(head)
  if (ascii(head, 0, 4) === '\x1aE\xdf\xa3')
    return ascii(head, 4, 64).includes('webm') ? 'video/webm' : 'video/x-matroska'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'AVI ') return 'video/x-msvideo'
  if (isTransportStream(head)) return 'video/mp2t'
  return oldBoxes.has(box) ? 'video/quicktime' : null
}

export const isVideo = (type: string): boolean => type.startsWith('video/')
