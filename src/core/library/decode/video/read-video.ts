import { createHash } from 'node:crypto'
import { fstatSync, readSync } from 'node:fs'
import { PictureError } from '../picture-error.ts'
import type { ReadPhoto } from '../read-photo.ts'
import { readFacts } from './facts.ts'
import { videoFields } from './fields.ts'
import { posterOf } from './poster.ts'

/** What of a file is in memory at a time while its digest is made, in bytes. */
const digestStepBytes = 1024 ** 2

/** SHA-256 of an open file, base64url, without ever holding more than a piece of it. */
const digestOf = (file: number): { digest: string; bytes: number } => {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafeSlow(digestStepBytes)
  let bytes = 0
  for (let count = -1; count !== 0; bytes += count) {
    count = readSync(file, piece, 0, piece.length, bytes)
    hash.update(piece.subarray(0, count))
  }
  return { digest: hash.digest('base64url'), bytes }
}

/**
 * All that the gallery keeps of a video, in the same shape as for a photo. Its size does not matter: it is read in pieces. Throws
 * PictureError where it has no index, as one that was cut off.
 */
export const readVideo = async (path: string, file: number, type: string): Promise<ReadPhoto> => {
  const { size, mtimeMs } = fstatSync(file)
  const video = { file, size, type, path }
  const facts = await readFacts(video).catch(() => {
    throw new PictureError({ id: 'videoDamaged' }, true)
  })
  const { taken, fields } = videoFields(facts)
  const { thumb, thumbName, placeholder, drawn } = await posterOf(video, facts)
  const mtime = Math.trunc(mtimeMs)
  return {
    ...digestOf(file),
    mtime,
    time: taken?.time ?? mtime,
    thumb,
    thumbName,
    fields: {
      ...fields,
      type,
      width: String(facts.width),
      height: String(facts.height),
      placeholder,
      ...(drawn ? { drawn: '1' } : {}),
    },
  }
}
