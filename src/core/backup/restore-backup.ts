import type { FileHandle } from 'node:fs/promises'
import type { BackupCounts } from '../../shared/schemas/backup.ts'
import { GalleryError } from '../../shared/errors.ts'
import { saveRedisUsers } from '../access/acl-file.ts'
import { openHome, type Home, type RegisteredRoot } from '../gallery/local-settings.ts'
import { galleryOf, wayTo, type Way } from '../gallery/way-to-gallery.ts'
import type { Connection } from '../redis/connection.ts'
import { fromRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import type { Header, KeyEntry } from './format.ts'
import { makeWhole, markHalfThere } from './half-there.ts'
import { readArchive, type ReadOptions } from './read-archive.ts'
import { openBackup, verifyBackup } from './read-backup.ts'
import { logInToRestore } from './restore-login.ts'
import { admit, followerOf, handOver } from './restored-accounts.ts'
import { checkTarget, clearTarget, refuseTwo, withCloseLook } from './target.ts'
import { Writing } from './writing.ts'

export interface RestoreOptions extends ReadOptions {
  env?: NodeJS.ProcessEnv
}

/** What was restored, and where. */
export interface Restored extends BackupCounts {
  gallery: string
  created: string
  host: string
  redis: string
}

const checkHome = (home: Home, { gallery, host }: Header) => {
  if (home.host !== host && home.othersHaveRoots(gallery))
    throw new GalleryError('CONFLICT', 'foldersOfAnother', { path: home.path })
}

interface Work {
  handle: FileHandle
  redis: Connection
  keys: Keys
  home: Home
  way: Way
  header: Header
  options: ReadOptions
  env: NodeJS.ProcessEnv
}

/** Roots are noted as not seen here yet, so that their photos may be found elsewhere. */
const rootsOf = ({ roots }: Header): RegisteredRoot[] =>
  roots.map(({ path, album, file }) => ({ path, album, ...(file ? { file } : {}), restored: true }))

const restoreInto = async (
  { handle, redis, keys, home, way, header, options, env }: Work,
  alone: boolean,
) => {
  await clearTarget(redis, keys, { marked: true })
  const writing = new Writing(redis, keys)
  await readArchive(handle, (entry) => writing.add(entry), options)
  const meta = await writing.end()
  await admit(redis, keys, way, header)
  await writing.restoreLate()
  await handOver(redis, keys, header.host, followerOf(way, env))
  await saveRedisUsers(redis, keys)
  home.adopt(header.gallery, header.host, rootsOf(header))
  await makeWhole(redis, keys, meta, alone)
}

const checkGallery = ({ gallery }: Header, keys: Keys) => {
  if (gallery === keys.gallery) return
  throw new GalleryError('CONFLICT', 'otherGalleryNamed', { gallery, present: keys.gallery })
}

/** What is not whole is removed again where it fails, unless this process is killed. */
const restoreChecked = async (work: Work, probe: KeyEntry | null) => {
  const { redis, keys, way, header } = work
  await refuseTwo(redis)
  await checkTarget(
    redis,
    keys,
    way.ownerKey === null ? { id: 'inRedis', blanks: { address: way.where } } : { id: 'inDataFolder' },
  )
  await withCloseLook(redis, async () => {
    if (probe) await tryOne(redis, keys, probe, header)
    const alone = await markHalfThere(redis, keys)
    try {
      await restoreInto(work, alone)
    } catch (error) {
      await clearTarget(redis, keys, { marked: false }).catch(() => undefined) // Redis is away: it is run again
      throw error
    }
  })
}

/** Asks Redis whether it can read the dumps of the Redis that the backup is from. */
const tryOne = async (redis: Connection, keys: Keys, { dump }: KeyEntry, { redisVersion }: Header) => {
  const key = `${keys.meta}:probe`
  try {
    await redis.restore(key, 10_000, dump, 'REPLACE')
  } catch (cause) {
    if (!(cause instanceof Error && /DUMP payload|Bad data format/.test(cause.message))) throw cause
    throw new GalleryError('UNSUPPORTED', 'redisTooOldForBackup', { version: redisVersion }, { cause })
  }
  await redis.unlink(key)
}

/**
 * Restores a backup into an empty data folder, or into the Redis of CIMAISE_REDIS_URL where that has no gallery of this name.
 * All of the file is read and checked before anything is written. Until everything is there the gallery cannot be opened; a
 * restore that was broken off is run again. Everybody logs in as before; keys of this computer (the owner's, services') are
 * new. Throws INVALID, UNSUPPORTED, CONFLICT or FORBIDDEN with what to do.
 */
export const restoreBackup = async (
  file: string,
  { env = process.env, ...options }: RestoreOptions = {},
): Promise<Restored> => {
  const keys = galleryOf(env)
  const handle = await openBackup(file)
  let way: Way | null = null
  let redis: Connection | null = null
  try {
    const { header, counts, probe } = await verifyBackup(handle, options)
    checkGallery(header, keys)
    const home = openHome(env)
    checkHome(home, header)
    way = await wayTo(env, home, keys)
    redis = await logInToRestore(way, keys)
    await restoreChecked({ handle, redis, keys, home, way, header, options, env }, probe)
    const { gallery, created, host } = header
    return { ...counts, gallery, created, host, redis: way.where }
  } catch (error) {
    throw fromRedis(error)
  } finally {
    redis?.disconnect()
    await way?.release()
    await handle.close()
  }
}
