import { fstatSync } from 'node:fs'
import { basename } from 'node:path'
import { stateOf } from '../index/file-identity.ts'
import { firstDigest, headBytes } from '../index/first-digest.ts'
import { embeddedPicture, smallPicture } from './embedded-picture.ts'
import { isRawType, typeOf } from './file-type.ts'
import { toThumb } from './image.ts'
import { exifBlocks, jpegFrame, jpegHead } from './formats/jpeg.ts'
import { jpegsOfRaw } from './formats/raw.ts'
import { metadataPart } from './formats/raw-metadata.ts'
import { inKeptMemory } from './kept-memory.ts'
import { readMetadata } from './metadata.ts'
import { withFile } from './opened-file.ts'
import { pixelLimit } from './pixel-limit.ts'
import { isYoung, readAll, same, type ReadPhoto } from './read-photo.ts'
import { readSidecars } from './read-sidecars.ts'
import type { Pixels } from './thumbhash.ts'

/** A file to be looked at. `sidecars`: as for a reading. */
export interface AskedFile {
  path: string
  sidecars?: string[]
}

/** The size of a JPEG that will be decoded whole, as it is stored; null for all others. */
const sizeIn = (head: Buffer) => {
  const frame = jpegFrame(head)
  if (!frame?.viewable || frame.width * frame.height === 0) return null
  // The beginning holds all that is in front of the picture.
  if (jpegHead(head).length === head.length) return null
  return frame.progressive && frame.width * frame.height > pixelLimit ? null : frame
}

/** What a first look finds in the beginning of a file. */
interface Beginning {
  type: string
  pixels: Pixels
  /** Of the picture the right way up, in pixels. */
  size: { width: number; height: number }
}

const ofJpeg = async (head: Buffer): Promise<Beginning | null> => {
  const stored = sizeIn(head)
  const exif = stored && exifBlocks(head).next().value?.tiff
  const embedded = exif ? await embeddedPicture(exif, stored) : null
  return embedded && { type: 'image/jpeg', ...embedded }
}

/** The largest of its small pictures that lies in the beginning whole. */
const ofRaw = async (head: Buffer, type: string): Promise<Beginning | null> => {
  const { size, jpegs } = jpegsOfRaw(head) ?? { jpegs: [] }
  for (const jpeg of jpegs) {
    const pixels = size && (await smallPicture(jpeg, size))
    if (pixels) return { type, pixels, size }
  }
  return null
}

const beginningOf = (head: Buffer, type: string | null): Promise<Beginning | null> | null => {
  if (type === 'image/jpeg') return ofJpeg(head)
  return type !== null && isRawType(type) ? ofRaw(head, type) : null
}

const lookAt = async (
  path: string,
  file: number,
  beside: string[],
  memory: Buffer,
): Promise<ReadPhoto | null> => {
  const stats = fstatSync(file)
  if (!stats.isFile() || isYoung(stats)) return null
  const head = readAll(file, headBytes, memory)
  const found = await beginningOf(head, typeOf(head, basename(path)))
  if (!found) return null
  const { type, pixels, size: shown } = found
  const { stamp, contents } = readSidecars(path, beside)
  const { taken, fields, said, live } = readMetadata(metadataPart(head, type), contents)
  // The fields of a RAW may lie anywhere: without its date it would stand in a place that it leaves again.
  if (!taken && type !== 'image/jpeg') return null
  const { thumb, thumbName, placeholder } = await toThumb(pixels)
  if (!same(stats, fstatSync(file))) return null
  const { size, ...state } = stateOf(stats)
  const digest = firstDigest(head, size)
  return {
    ...{ digest, bytes: size, ...state, beside: stamp, time: taken?.time ?? state.mtime },
    ...{ thumb, thumbName, said, live },
    fields: {
      ...fields,
      type,
      width: String(shown.width),
      height: String(shown.height),
      placeholder,
    },
  }
}

/** Why a file tells nothing is told when it is read whole. */
const firstLook = ({ path, sidecars = [] }: AskedFile): Promise<ReadPhoto | null> =>
  withFile(path, (file) => inKeptMemory(headBytes, (memory) => lookAt(path, file, sidecars, memory))).catch(
    () => null,
  )

/**
 * What the beginnings of some files tell of their photos, and the small pictures that their cameras put there, so that the photos
 * can be shown long before they are read whole. Null for a file that has to be read whole first: one that is no JPEG or RAW with such a
 * picture, or that may still be written.
 */
export const firstLooks = async (files: AskedFile[]): Promise<(ReadPhoto | null)[]> => {
  const found: (ReadPhoto | null)[] = []
  for (const file of files) found.push(await firstLook(file))
  return found
}
