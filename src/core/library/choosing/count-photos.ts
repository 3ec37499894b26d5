import { opendir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isCandidate } from '../decode/file-type.ts'

/** More is not counted: names that are looked at, and milliseconds. It is a hint for who chooses a folder. */
const limits = { names: 50_000, ms: 2_000 }

/**
 * How many files in a folder and below have names of photos or videos, hidden ones left out; `more`: at least as many. What cannot be
 * read counts as nothing. Links are not followed.
 */
export const countPhotos = async (
  folder: string,
  signal?: AbortSignal,
): Promise<{ photos: number; more: boolean }> => {
  const waiting = [resolve(folder)]
  const end = Date.now() + limits.ms
  let [photos, names] = [0, 0]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const directory = await opendir(next).catch(() => null)
    for await (const entry of directory ?? []) {
      names++
      if (names > limits.names || Date.now() > end || signal?.aborted) return { photos, more: true }
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) waiting.push(join(next, entry.name))
      else if (entry.isFile() && isCandidate(entry.name)) photos++
    }
  }
  return { photos, more: false }
}
