import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { readFlags } from '../index/file-identity.ts'
import { readMetadata } from './metadata.ts'
import { readFacts } from './video/facts.ts'
import { videoFields } from './video/fields.ts'
import { videoTypeOf } from './video/video-type.ts'

/** Cameras write the date at the beginning of a file: more is not read. */
const maxHeadBytes = 2 * 1024 * 1024

/** When a file was taken, ISO 8601 by the clock of its camera; null where it does not say. Of a photo its beginning is read. */
export const readTaken = async (path: string): Promise<string | null> => {
  const file = openSync(path, readFlags)
  try {
    const head = Buffer.allocUnsafeSlow(maxHeadBytes)
    const length = readSync(file, head, 0, maxHeadBytes, 0)
    const type = videoTypeOf(head.subarray(0, length))
    if (type)
      return videoFields(await readFacts({ file, size: fstatSync(file).size, type })).taken?.text ?? null
    return readMetadata(head.subarray(0, length)).taken?.text ?? null
  } finally {
    closeSync(file)
  }
}
