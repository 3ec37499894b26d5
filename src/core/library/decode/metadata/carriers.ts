import { exifMark, jpegSegments } from '../formats/jpeg.ts'
import { isTiff } from '../formats/tiff-fields.ts'
import { metadataBoxes } from './metadata-boxes.ts'
import { photoshopResources } from './photoshop-resources.ts'
import { pngProfiles } from './png-profiles.ts'

/** Parts of a file that hold metadata. */
export interface Carriers {
  /** Files, for a reader of files, the more telling one last. */
  files: Buffer[]
  /** XMP. */
  packets: Buffer[]
}

const photoshopMark = Buffer.from('Photoshop 3.0\0', 'latin1')
const xmpMark = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1')

/** Parts behind a picture's end that are looked at. */
const maxPartsBehind = 50

/** What fits into a segment of a JPEG behind its other bytes. */
const maxIptcBytes = 65_000

const isPng = (bytes: Buffer) => bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n'
const isJpeg = (bytes: Buffer) => bytes[0] === 0xff && bytes[1] === 0xd8
const hasBoxes = (bytes: Buffer) => ['jP  ', 'JXL '].includes(bytes.toString('latin1', 4, 8))

/** A JPEG without a picture that holds these records of IPTC as Photoshop would. */
const jpegWithIptc = (records: Buffer): Buffer => {
  const kept = records.subarray(0, maxIptcBytes)
  const head = Buffer.from('\xff\xd8\xff\xed\0\0Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1')
  head.writeUInt16BE(head.length - 4 + kept.length, 4)
  head.writeUInt32BE(kept.length, head.length - 4)
  return Buffer.concat([head, kept, Buffer.from([0xff, 0xd9])])
}

const addResources = ({ files, packets }: Carriers, bytes: Buffer) => {
  const { exif, iptc, xmp } = photoshopResources(bytes)
  if (exif && isTiff(exif)) files.push(exif)
  if (iptc) files.push(jpegWithIptc(iptc))
  if (xmp) packets.push(xmp)
}

/** By what it holds: programs do not agree about the names. */
const addPart = (carriers: Carriers, part: Buffer) => {
  const starts = (mark: Buffer) => part.subarray(0, mark.length).equals(mark)
  if (starts(exifMark)) addPart(carriers, part.subarray(exifMark.length))
  else if (isTiff(part)) carriers.files.push(part)
  else if (part.toString('latin1', 0, 4) === '8BIM') addResources(carriers, part)
  else if (part[0] === 0x1c) carriers.files.push(jpegWithIptc(part))
  else if (starts(xmpMark)) carriers.packets.push(part.subarray(xmpMark.length))
  else if (part.subarray(0, 400).includes('<')) carriers.packets.push(part)
}

/** The resources of a PSD stand behind its header and its palette. */
const resourcesOfPsd = (bytes: Buffer) => {
  const at = bytes.length >= 30 ? 30 + bytes.readUInt32BE(26) : bytes.length
  return at + 4 > bytes.length ? Buffer.alloc(0) : bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at))
}

/** All that Photoshop put into a JPEG, where it is in several segments; what is longer than one goes on in the next. */
const spreadResources = (bytes: Buffer): Buffer | null => {
  const parts: Buffer[] = []
  for (const { at, marker, length } of jpegSegments(bytes)) {
    const data = bytes.subarray(at + 4, at + 2 + length)
    if (marker === 0xed && data.subarray(0, photoshopMark.length).equals(photoshopMark))
      parts.push(data.subarray(photoshopMark.length))
  }
  return parts.length > 1 ? Buffer.concat(parts) : null
}

/**
 * IPTC that programs for editors put behind the end of a picture.
 *
 * @see AFCP (AXS File Concatenation Protocol) 1.1
 */
const partsBehind = (bytes: Buffer): Buffer[] => {
  const end = bytes.subarray(Math.max(0, bytes.length - 12))
  const mark = end.toString('latin1', 0, 4)
  if (mark !== 'AXS!' && mark !== 'AXS*') return []
  const number = (at: number, size: number) => {
    if (at + size > bytes.length) return 0
    return mark === 'AXS!' ? bytes.readUIntBE(at, size) : bytes.readUIntLE(at, size)
  }
  const start = number(bytes.length - 8, 4)
  const count = Math.min(number(start + 6, 2), maxPartsBehind)
  return Array.from({ length: count }, (_, n) => start + 12 * (n + 1))
    .filter((entry) => bytes.toString('latin1', entry, entry + 4) === 'IPTC')
    .map((entry) => bytes.subarray(number(entry + 8, 4), number(entry + 8, 4) + number(entry + 4, 4)))
}

/** A GIF keeps its packet in one piece, and what surrounds it is no part of any markup. */
const packetOfGif = (bytes: Buffer): Buffer[] => {
  const at = bytes.indexOf('XMP DataXMP', 0, 'latin1')
  const end = at < 0 ? -1 : bytes.indexOf('\x01\xff\xfe', at, 'latin1')
  return end < 0 ? [] : [bytes.subarray(at + 11, end)]
}

/**
 * The parts of a file that hold metadata where exifreader does not look, or not well: Photoshop's documents, JPEG 2000,
 * texts of a PNG, IPTC that is spread over a JPEG or stands behind its end, XMP of a GIF. The file itself is one of them.
 */
export const carriersOf = (bytes: Buffer): Carriers => {
  const carriers: Carriers = { files: [], packets: [] }
  if (isPng(bytes)) for (const profile of pngProfiles(bytes)) addPart(carriers, profile)
  if (hasBoxes(bytes)) for (const box of metadataBoxes(bytes)) addPart(carriers, box)
  if (isJpeg(bytes)) for (const part of partsBehind(bytes)) addPart(carriers, part)
  carriers.files.push(bytes)
  if (bytes.toString('latin1', 0, 4) === '8BPS') addResources(carriers, resourcesOfPsd(bytes))
  if (bytes.toString('latin1', 0, 3) === 'GIF') carriers.packets.push(...packetOfGif(bytes))
  const spread = isJpeg(bytes) ? spreadResources(bytes) : null
  if (spread) addResources(carriers, spread)
  return carriers
}
