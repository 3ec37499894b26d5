import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What was left half sent is kept for a week after its last byte came, in milliseconds. */
const keptMs = 7 * 86_400_000

const changedAt = (path: string) =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )

/**
 * Takes away what has lain half sent for too long, in a folder where each upload is a file and what is known of it another one
 * beside it (`.json`). Returns the ids of what is left.
 */
export const sweepUploads = async (folder: string, now = Date.now()): Promise<Set<string>> => {
  const names = await readdir(folder)
  const left = new Set<string>()
  for (const id of new Set(names.map((name) => name.replace(/\.json$/, '')))) {
    const files = [join(folder, id), join(folder, `${id}.json`)]
    const newest = Math.max(...(await Promise.all(files.map(changedAt))))
    if (now - newest < keptMs) left.add(id)
    else for (const file of files) await rm(file, { force: true, recursive: true })
  }
  return left
}
