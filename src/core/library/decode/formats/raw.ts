import { jpegFrame, jpegsIn, largestJpeg, withOrientation } from './jpeg.ts'
import { magickPixels, rawPreview } from './magick.ts'
import { pixelLimit } from '../pixel-limit.ts'
import { fieldOf, tiffDirectories, type Directory } from './tiff-fields.ts'
import { wrapAsTiff, type Bitmap } from './tiff-wrap.ts'

/** A RAW as a picture that sharp reads, with the orientation that it has to be turned by. */
export interface RawPicture {
  bytes: Buffer
  /** Size of the RAW itself, the right way up. */
  width: number
  height: number
  /** Only a preview smaller than was asked for is left of it. */
  damaged: boolean
}

const tags = { subfile: 254, width: 256, height: 257, orientation: 274 }

/** Panasonic's own directory gives the borders of the picture on the sensor in place of its size. */
const panasonic = { top: 4, left: 5, bottom: 6, right: 7 }

/** The TIFF structure in a RAW, whatever is around it. */
const directoriesOf = (bytes: Buffer): Directory[] => {
  const head = bytes.toString('latin1', 0, 12)
  if (/^(II[*RU+]|MM[\0O])/.test(head)) return tiffDirectories(bytes)
  if (head.slice(4) === 'ftypcrx ') {
    const at = bytes.subarray(0, 65_536).indexOf('CMT1', 0, 'latin1')
    return at < 0 ? [] : tiffDirectories(bytes.subarray(at + 4))
  }
  const at = head.startsWith('\0MRM') ? bytes.indexOf('\0TTW', 0, 'latin1') : -1
  return at < 0 ? [] : tiffDirectories(bytes.subarray(at + 8))
}

interface Size {
  width: number
  height: number
}

/** RawImageCroppedSize of a Fujifilm file, in the directory that its header points to. */
const sizeOfFuji = (bytes: Buffer): Size | null => {
  if (!bytes.toString('latin1', 0, 15).startsWith('FUJIFILMCCD-RAW') || bytes.length < 100) return null
  let at = bytes.readUInt32BE(92) + 4
  for (let n = 0; n < 64 && at + 8 <= bytes.length; n++) {
    const [tag, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
    if (tag === 0x111) return { height: bytes.readUInt16BE(at + 4), width: bytes.readUInt16BE(at + 6) }
    at += 4 + length
  }
  return null
}

/** The size that its own directories claim: of the directory for the full resolution, as exiftool has it. */
const claimedSize = (bytes: Buffer, directories: Directory[]): Size | null => {
  const [first] = directories
  const at = (tag: number, directory = first) => fieldOf(directory, tag) ?? 0
  if (bytes.toString('latin1', 0, 3) === 'IIU') {
    const width = at(panasonic.right) - at(panasonic.left)
    const height = at(panasonic.bottom) - at(panasonic.top)
    return width > 0 && height > 0 ? { width, height } : null
  }
  const full = directories.find((directory) => fieldOf(directory, tags.subfile) === 0)
  const preview = fieldOf(first, tags.subfile) === 1
  const directory = full ?? (preview ? undefined : first)
  const [width, height] = [at(tags.width, directory), at(tags.height, directory)]
  return width > 0 && height > 0 ? { width, height } : sizeOfFuji(bytes)
}

const sizeOf = (preview: Buffer | Bitmap | null): Size | null => {
  if (!preview) return null
  return Buffer.isBuffer(preview) ? jpegFrame(preview) : preview
}

/** The strongest compression of a sensor's data that is in use, in bytes for each pixel, with room to spare. */
const leastBytesPerPixel = 0.04

/** Whether a file is as long as its data must be: LibRaw makes black or noise of what is missing, and says nothing. */
const holdsItsData = (bytes: Buffer, { width, height }: Size) =>
  bytes.length > width * height * leastBytesPerPixel && width * height <= pixelLimit

const longer = (size: Size | null) => Math.max(size?.width ?? 0, size?.height ?? 0)

const isQuarterTurn = (orientation: number) => orientation >= 5

/** How a preview has to be turned: as the RAW, unless it stands upright already. */
const turnOf = (orientation: number, sensor: Size, preview: Size) => {
  const lies = (size: Size) => size.width >= size.height
  return isQuarterTurn(orientation) && lies(sensor) !== lies(preview) ? 1 : orientation
}

/** Of the same shape, upright or not: a tile of the data, or a part of the picture, is none. */
const isOfShape = (preview: Size, sensor: Size) => {
  const ratio = ({ width, height }: Size) => Math.max(width, height) / Math.min(width, height)
  return Math.abs(ratio(preview) / ratio(sensor) - 1) < 0.2
}

const turned = (preview: Buffer | Bitmap, orientation: number): Buffer =>
  Buffer.isBuffer(preview) ? withOrientation(preview, orientation) : wrapAsTiff({ ...preview, orientation })

/** As an EXIF block in the preview says; Fujifilm and Sigma have it nowhere else. */
const orientationInside = (preview: Buffer | null): number | undefined => {
  if (!preview) return undefined
  const at = preview.subarray(0, 65_536).indexOf('Exif\0\0', 0, 'latin1')
  return at < 0 ? undefined : fieldOf(tiffDirectories(preview.subarray(at + 6))[0], tags.orientation)
}

/** How the picture has to be turned, by the directories of the RAW, or else by one of the JPEGs in it. */
const orientationBy = (directories: Directory[], jpeg: Buffer | null): number => {
  const said = fieldOf(directories[0], tags.orientation) ?? orientationInside(jpeg) ?? 1
  return said >= 1 && said <= 8 ? said : 1
}

/**
 * The JPEGs in the beginning of a RAW that show its picture, the largest one first, how each has to be turned, and the size of the RAW
 * as the sensor lies. Null where the beginning does not tell that.
 */
export const jpegsOfRaw = (head: Buffer) => {
  const directories = directoriesOf(head)
  const sensor = claimedSize(head, directories)
  if (!sensor) return null
  const found = [...jpegsIn(head)].filter(({ frame }) => isOfShape(frame, sensor))
  const said = orientationBy(directories, found[0] ? head.subarray(found[0].at) : null)
  const size = isQuarterTurn(said) ? { width: sensor.height, height: sensor.width } : sensor
  const jpegs = found
    .toSorted((a, b) => b.frame.width - a.frame.width)
    .map(({ at, frame }) => ({ jpeg: head.subarray(at), orientation: turnOf(said, sensor, frame) }))
  return { size, jpegs }
}

interface Parts {
  directories: Directory[]
  preview: Buffer | Bitmap | null
  /** What LibRaw says; null where it was not asked, or does not know the file. */
  told: Size | null
  sensor: Size | null
}

const pictureOf = async (
  bytes: Buffer,
  { directories, preview, told, sensor: known }: Parts,
  enough: number,
): Promise<RawPicture | null> => {
  const shown = sizeOf(preview)
  const sensor = known ?? shown
  if (!sensor) return null
  const orientation = orientationBy(directories, Buffer.isBuffer(preview) ? preview : null)
  const { width, height } = sensor
  const size = isQuarterTurn(orientation) ? { width: height, height: width } : { width, height }
  const isEnough = longer(shown) >= Math.min(enough, longer(sensor))
  const canDemosaic = told !== null && !isEnough && holdsItsData(bytes, sensor)
  const pixels = canDemosaic ? await magickPixels(bytes, 'DNG').catch(() => null) : null
  // ImageMagick tells LibRaw to leave them as the sensor lies.
  if (pixels) return { ...size, bytes: wrapAsTiff({ ...pixels, orientation }), damaged: false }
  if (!preview || !shown) return null
  return { ...size, bytes: turned(preview, turnOf(orientation, sensor, shown)), damaged: !isEnough }
}

/**
 * The picture of a RAW: its largest preview, if that is `enough` pixels long or nothing better can be had, or else its
 * data, demosaiced. Null where it holds neither.
 */
export const readRaw = async (bytes: Buffer, enough: number): Promise<RawPicture | null> => {
  const directories = directoriesOf(bytes)
  const claimed = claimedSize(bytes, directories)
  const found = largestJpeg(bytes)
  const size = sizeOf(found)
  // LibRaw, which takes all of the file into its own memory first, is asked only where that is not enough.
  const plain = size && claimed && longer(size) >= enough && isOfShape(size, claimed)
  const told = plain ? null : await rawPreview(bytes).catch(() => null)
  const preview = longer(sizeOf(told?.preview ?? null)) >= longer(size) ? (told?.preview ?? null) : found
  return pictureOf(bytes, { directories, preview, told, sensor: claimed ?? told }, enough)
}
