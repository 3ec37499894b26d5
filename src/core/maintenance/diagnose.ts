import { accessSync, constants, existsSync, opendirSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { GalleryError } from '../../shared/errors.ts'
import type { Check } from '../../shared/schemas/gallery.ts'
import { homePath } from '../gallery/local-settings.ts'
import { galleryOf } from '../gallery/way-to-gallery.ts'
import { guestName, redisUser } from '../redis/acl/redis-users.ts'
import { describeAddress, parseRedisUrl, type RedisAddress } from '../redis/address.ts'
import { connect } from '../redis/connect.ts'
import { serverDirectory } from '../redis/server/embedded.ts'
import type { Keys } from '../redis/keys.ts'
import { findServer, lastPort, logTail, versionOf } from '../redis/server/process.ts'
import { aboutAppendOnly } from '../redis/server/append-only.ts'
import { aboutDamage } from '../redis/server/damage.ts'
import { onDisk, readText } from '../redis/server/files.ts'

/** Free bytes of the disk below which Redis may soon not be able to write. */
const minFreeBytes = 64 * 1024 * 1024

/** A check that finds a problem by throwing what to say of it. */
const examine = async (what: string, look: () => Promise<string> | string): Promise<Check> => {
  try {
    return { what, state: 'ok', detail: await look() }
  } catch (error) {
    const known = error instanceof GalleryError
    return { what, state: 'problem', detail: known ? error.message : String(error) }
  }
}

/** The folder itself, or the nearest above it that is there. */
const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)))

const aboutHome = (home: string) =>
  examine('Data folder', () => {
    onDisk(home, () => {
      for (const folder of [home, join(home, 'redis')])
        if (existsSync(folder)) {
          opendirSync(folder).closeSync()
          accessSync(folder, constants.W_OK)
        }
    })
    return `${home} can be written to`
  })

const aboutDisk = (home: string): Check => {
  const { bavail, bsize } = statfsSync(existing(home))
  const free = bavail * bsize
  const detail = `${Math.floor(free / 1e6).toLocaleString('en')} MB free on the disk of the data folder`
  return free < minFreeBytes
    ? { what: 'Disk', state: 'problem', detail: `${detail}: free some space` }
    : { what: 'Disk', state: 'ok', detail }
}

const aboutProgram = () =>
  examine('Redis server', () => {
    const program = findServer()
    return `${program}, version ${versionOf(program)}`
  })

const aboutReach = (address: RedisAddress, keys: Keys) =>
  examine('Redis', async () => {
    const redis = await connect(address, { username: redisUser(keys, guestName), password: '' })
    redis.disconnect()
    return `answers at ${describeAddress(address)}, and lets guests in`
  })

const aboutLog = (directory: string): Check[] => {
  const ends = [
    ['Log of Redis', logTail(directory)],
    ['Log of its keeper', readText(directory, 'keeper.log').split('\n').slice(-3).join('\n')],
  ] as const
  return ends.flatMap(([what, text]) => (text ? [{ what, state: 'ok' as const, detail: text }] : []))
}

const aboutEmbedded = async (home: string, keys: Keys): Promise<Check[]> => {
  const directory = serverDirectory(home, keys)
  const program = await aboutProgram()
  const port = lastPort(directory)
  const reached = port ? [await aboutReach(parseRedisUrl(`redis://127.0.0.1:${port}`), keys)] : []
  const running = reached.some(({ state }) => state === 'ok')
  const files =
    running || program.state !== 'ok'
      ? [] // a running server may be in the midst of a write
      : [await examineAppendOnly(directory)]
  return [program, ...reached, ...files, ...aboutDamage(directory), ...aboutLog(directory)]
}

const examineAppendOnly = async (directory: string): Promise<Check> => {
  try {
    return await aboutAppendOnly(directory, findServer())
  } catch (error) {
    return { what: 'Append-only file', state: 'problem', detail: String(error) }
  }
}

/**
 * What can be said of a gallery that does not open, one part after another; `reason`: why it did not. Nothing is changed, and
 * nothing is started.
 */
export const diagnose = async (env: NodeJS.ProcessEnv, reason: GalleryError): Promise<Check[]> => {
  const home = homePath(env)
  const url = env['CIMAISE_REDIS_URL']
  const checks = [await aboutHome(home), aboutDisk(home)]
  try {
    const keys = galleryOf(env)
    checks.push(...(url ? [await aboutReach(parseRedisUrl(url), keys)] : await aboutEmbedded(home, keys)))
  } catch (error) {
    if (!(error instanceof GalleryError)) throw error
    if (error.message !== reason.message)
      checks.push({ what: 'Settings', state: 'problem', detail: error.message })
  }
  return [{ what: 'Gallery', state: 'problem', detail: reason.message }, ...checks]
}
