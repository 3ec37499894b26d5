import { readSync } from 'node:fs'

/** Bytes of an open file from one offset to another; fewer where it ends before. */
export const bytesOf = (file: number, from: number, to: number): Buffer => {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  let at = 0
  for (let count = -1; at < bytes.length && count !== 0; at += count)
    count = readSync(file, bytes, at, bytes.length - at, from + at)
  return bytes.subarray(0, at)
}
