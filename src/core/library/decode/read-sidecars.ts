import { closeSync, fstatSync, lstatSync, openSync, readSync } from 'node:fs'
import { readFlags, stateOf } from '../index/file-identity.ts'
import { maxSidecarBytes, stampOf } from '../sidecars.ts'

/** What stands beside a photo, as it was when it was read. */
export interface ReadSidecars {
  stamp: string
  contents: Buffer[]
}

const readOne = (path: string) => {
  let file: number | undefined
  try {
    file = openSync(path, readFlags)
    const stats = fstatSync(file)
    if (!stats.isFile()) return null
    const bytes = Buffer.alloc(Math.min(stats.size, maxSidecarBytes))
    const length = stats.size > maxSidecarBytes ? 0 : readSync(file, bytes, 0, bytes.length, 0)
    return { path, ...stateOf(stats), bytes: bytes.subarray(0, length) }
  } catch {
    // It has gone, is a link by now, or may not be read: then it is not tried again before it changes.
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats?.isFile() ? { path, ...stateOf(stats), bytes: Buffer.alloc(0) } : null
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Reads the sidecars of a photo. Never throws: what cannot be read counts as absent. */
export const readSidecars = (photo: string, paths: string[]): ReadSidecars => {
  const read = paths.map(readOne).filter((one) => one !== null)
  return { stamp: stampOf(photo, read), contents: read.map(({ bytes }) => bytes) }
}
