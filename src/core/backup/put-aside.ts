import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { GalleryError } from '../../shared/errors.ts'
import type { Home } from '../gallery/local-settings.ts'
import { serverDirectory } from '../redis/server/embedded.ts'
import type { Keys } from '../redis/keys.ts'

/** How long the embedded Redis is waited for to end, in milliseconds: it does so soon after its last user. */
const stopTimeoutMs = 15_000

/** Whether the server of a folder still runs. It removes its pid file when it has written everything. */
const isRunning = (directory: string) => {
  const file = join(directory, 'redis.pid')
  if (!existsSync(file)) return false
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch {
    return false // a file that a killed server left behind
  }
}

const untilStopped = async (directory: string) => {
  const deadline = Date.now() + stopTimeoutMs
  while (isRunning(directory)) {
    if (Date.now() > deadline) throw new GalleryError('CONFLICT', 'galleryInUse')
    await wait(50)
  }
}

/**
 * Puts a gallery of the embedded Redis aside, so that another can be restored in its place: its folder gets the name
 * `redis.before-restore-<time>`, and beside it stands a copy of the settings. No process may have it open. Returns the way to
 * put everything back, which removes what was begun in its place.
 */
export const putAside = async (home: Home, keys: Keys): Promise<() => Promise<void>> => {
  const directory = serverDirectory(home.path, keys)
  const mark = `before-restore-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`
  const [aside, settings] = [`${directory}.${mark}`, join(home.path, 'library.json')]
  const kept = join(home.path, `library.${mark}.json`)
  await untilStopped(directory)
  copyFileSync(settings, kept)
  renameSync(directory, aside)
  return async () => {
    await untilStopped(directory)
    rmSync(directory, { recursive: true, force: true })
    renameSync(aside, directory)
    renameSync(kept, settings)
  }
}
