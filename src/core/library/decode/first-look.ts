import { fstatSync } from 'node:fs'
import { stateOf } from '../index/file-identity.ts'
import { firstDigest, headBytes } from '../index/first-digest.ts'
import { embeddedPicture } from './embedded-picture.ts'
import { toThumb } from './image.ts'
import { exifBlocks, jpegFrame, jpegHead } from './formats/jpeg.ts'
import { readMetadata } from './metadata.ts'
import { withFile } from './opened-file.ts'
import { pixelLimit } from './pixel-limit.ts'
import { isYoung, same, type ReadPhoto } from './read-photo.ts'
import { readSidecars } from './read-sidecars.ts'
import { bytesOf } from './video/file-bytes.ts'

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

const lookAt = async (path: string, file: number, beside: string[]): Promise<ReadPhoto | null> => {
  const stats = fstatSync(file)
  if (!stats.isFile() || isYoung(stats)) return null
  const head = bytesOf(file, 0, headBytes)
  const stored = sizeIn(head)
  const exif = stored && exifBlocks(head).next().value?.tiff
  const embedded = exif ? await embeddedPicture(exif, stored) : null
  if (!embedded) return null
  const { stamp, contents } = readSidecars(path, beside)
  const { taken, fields, said, live } = readMetadata(head, contents)
  const { thumb, thumbName, placeholder } = await toThumb(embedded.pixels)
  if (!same(stats, fstatSync(file))) return null
  const { size, ...state } = stateOf(stats)
  const digest = firstDigest(head, size)
  return {
    ...{ digest, bytes: size, ...state, beside: stamp, time: taken?.time ?? state.mtime },
    ...{ thumb, thumbName, said, live },
    fields: {
      ...fields,
      type: 'image/jpeg',
      width: String(embedded.size.width),
      height: String(embedded.size.height),
      placeholder,
    },
  }
}

/** Why a file tells nothing is told when it is read whole. */
const firstLook = ({ path, sidecars = [] }: AskedFile): Promise<ReadPhoto | null> =>
  withFile(path, (file) => lookAt(path, file, sidecars)).catch(() => null)

/**
 * What the beginnings of some files tell of their photos, and the small pictures that their cameras put there, so that the photos
 * can be shown long before they are read whole. Null for a file that has to be read whole first: one of another kind than a JPEG with
 * such a picture, or that may still be written.
 */
export const firstLooks = async (files: AskedFile[]): Promise<(ReadPhoto | null)[]> => {
  const found: (ReadPhoto | null)[] = []
  for (const file of files) found.push(await firstLook(file))
  return found
}
