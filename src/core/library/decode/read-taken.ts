import { closeSync, openSync, readSync } from 'node:fs'
import { readFlags } from '../file-identity.ts'
import { readMetadata } from './metadata.ts'

/** Cameras write the date at the beginning of a file: more is not read. */
const maxHeadBytes = 2 * 1024 * 1024

/** When a file was taken, ISO 8601 by the clock of its camera; null where its beginning does not say. */
export const readTaken = (path: string): string | null => {
  const file = openSync(path, readFlags)
  try {
    const head = Buffer.allocUnsafeSlow(maxHeadBytes)
    const length = readSync(file, head, 0, maxHeadBytes, 0)
    return readMetadata(head.subarray(0, length)).taken?.text ?? null
  } finally {
    closeSync(file)
  }
}
