import { open, type FileHandle } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { BackupCounts, ChosenBackup } from '../../shared/schemas/backup.ts'
import { GalleryError, hasCode, systemCode } from '../../shared/errors.ts'
import { letIn, type Founder } from '../gallery/bootstrap.ts'
import { openHome, type Home, type RegisteredRoot } from '../gallery/local-settings.ts'
import { writeFoundations } from '../gallery/credentials.ts'
import { trustedAccounts } from '../library/host-originals.ts'
import { galleryOf, wayTo, type Way } from '../gallery/way-to-gallery.ts'
import { saveRedisUsers } from '../access/acl-file.ts'
import { ownerName, redisUser, stewardLogin } from '../redis/acl/redis-users.ts'
import { isSpread } from '../redis/clients.ts'
import { Steward } from '../access/nodes/steward.ts'
import { connect } from '../redis/connect.ts'
import type { Connection } from '../redis/connection.ts'
import { fromRedis, results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import type { Header, KeyEntry } from './format.ts'
import { isThumb } from './format.ts'
import { readArchive, type ReadOptions } from './read-archive.ts'
import { checkTarget, clearTarget, refuseTwo, restoreName, withCloseLook } from './target.ts'
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

const openBackup = (file: string): Promise<FileHandle> =>
  open(resolve(file), 'r').catch((cause: unknown) => {
    const missing = ['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '')
    throw missing
      ? new GalleryError('NOT_FOUND', 'noFile', { path: resolve(file) }, { cause })
      : new GalleryError('FORBIDDEN', 'mayNotRead', { path: resolve(file) }, { cause })
  })

/** Reads a backup to its end without restoring it. Throws where it is not whole. */
export const readBackup = async (file: string, options: ReadOptions = {}): Promise<ChosenBackup> => {
  const handle = await openBackup(file)
  try {
    const { header, counts } = await readArchive(handle, () => undefined, options)
    const { created, host, gallery } = header
    return { ...counts, file: resolve(file), created, host, gallery }
  } finally {
    await handle.close()
  }
}

/** The version of a dump's own format: what an older Redis cannot read is known by it. */
const dumpVersion = ({ dump }: KeyEntry) => (dump.length >= 10 ? dump.readUInt16LE(dump.length - 10) : -1)

/** Reads all of a file, and keeps of its newest dumps the shortest, to ask Redis whether it can read such. */
const verify = async (handle: FileHandle, options: ReadOptions) => {
  let probe: KeyEntry | null = null
  const { header, counts } = await readArchive(
    handle,
    (entry) => {
      if (isThumb(entry)) return
      const newer = probe === null || dumpVersion(entry) > dumpVersion(probe)
      const shorter =
        probe !== null && dumpVersion(entry) === dumpVersion(probe) && entry.dump.length < probe.dump.length
      if (newer || shorter) probe = entry
    },
    options,
  )
  return { header, counts, probe: probe as KeyEntry | null }
}

const checkHome = (home: Home, { gallery, host }: Header) => {
  if (home.host !== host && home.othersHaveRoots(gallery))
    throw new GalleryError('CONFLICT', 'foldersOfAnother', { path: home.path })
}

/** Logs in as a Redis user with all rights: the owner of the embedded Redis, or the one that CIMAISE_REDIS_URL names. */
const logIn = async (way: Way, keys: Keys): Promise<Connection> => {
  const { address, ownerKey, where, stewardPassword } = way
  if (stewardPassword !== null) return logInToNodes(address, keys, stewardPassword)
  const login =
    ownerKey === null
      ? { username: address.username ?? 'default', password: address.password ?? '' }
      : { username: redisUser(keys, ownerName), password: ownerKey }
  return connect(address, { ...login, name: restoreName }).catch((error: unknown) => {
    if (!hasCode(error, 'FORBIDDEN')) throw error
    throw new GalleryError('FORBIDDEN', 'cannotFoundHere', { where }, { cause: error })
  })
}

/** The program's own account on several servers, which is made on those that have none yet. */
const logInToNodes = async (address: Way['address'], keys: Keys, password: string): Promise<Connection> => {
  const steward = new Steward({ address, keys, password })
  await steward.start()
  try {
    const login = { ...stewardLogin(keys, password), name: restoreName }
    return await connect(address, login, login)
  } finally {
    steward.close()
  }
}

/**
 * Redis holds nothing but what this restore, or one that was broken off, has written: no other program needs its `default`
 * user.
 */
const isAlone = async (redis: Connection, keys: Keys) => {
  if (isSpread(redis)) return false // `default` of each node was seen to when the program was let in
  const noted = await redis.hget(keys.meta, 'alone')
  return noted === null ? (await redis.dbsize()) === 0 : noted === '1'
}

/** Who gets a login of this computer: its owner in the embedded Redis, elsewhere whom the environment names. */
const founderOf = ({ ownerKey, founder }: Way): Founder =>
  ownerKey === null ? founder : { account: ownerName, password: null, key: ownerKey }

/** Lets all accounts in as before, and the user who restores. One without a password keeps that of the backup. */
const admit = async (redis: Connection, keys: Keys, way: Way, { galleryId }: Header) => {
  const founder = founderOf(way)
  const { account, password, key } = founder
  const role = await redis.hget(keys.account(account), 'role')
  if (role !== null && role !== 'administrator' && account !== ownerName)
    throw new GalleryError('CONFLICT', 'notAdministratorThere', { account })
  await writeFoundations(redis, keys, {
    name: account,
    displayName: account === ownerName ? 'Owner' : account,
  })
  if (account === ownerName) {
    await redis.hset(keys.account(account), 'role', 'administrator')
    await redis.hdel(keys.account(account), 'disabled')
  }
  await letIn(redis, keys, role !== null && key === null && !password ? null : founder, galleryId)
}

/** The account that will follow the folders of this computer: a server's service account, or the one that restores. */
const followerOf = (way: Way, env: NodeJS.ProcessEnv) =>
  (way.ownerKey === null ? env['CIMAISE_SERVICE_ACCOUNT'] : undefined) || founderOf(way).account

/**
 * What this computer took in is known by who followed its folders: a server's service account, a desktop's owner. Restored
 * under another one, that one knows it too, so that nothing comes in twice.
 */
const handOver = async (redis: Connection, keys: Keys, host: string, follower: string) => {
  if (await redis.exists(keys.library(follower, host))) return
  const session = { redis, keys, account: follower }
  for (const account of await trustedAccounts(session))
    for (const key of [keys.library, keys.folders, keys.failures]) {
      // The type of ioredis leaves out that a key may not be there.
      const dump = (await redis.dumpBuffer(key(account, host))) as Buffer | null
      if (dump && account !== follower) await redis.restore(key(follower, host), 0, dump, 'REPLACE')
    }
}

/** Records of accounts that are none, which only a file made by hand can hold. */
const unreadable = (thrown: unknown): unknown => {
  const error = fromRedis(thrown)
  if (error instanceof GalleryError) return error
  return new GalleryError('INVALID', 'backupAccountsUnreadable', {}, { cause: thrown })
}

/** Marks the gallery as half there. Another process may have made one since it was looked. */
const mark = async (redis: Connection, keys: Keys) => {
  const alone = await isAlone(redis, keys)
  const again = await redis.hexists(keys.meta, 'restoring')
  await redis.hset(keys.meta, { restoring: new Date().toISOString(), alone: alone ? '1' : '0' })
  if (!again && (await redis.hexists(keys.meta, 'id'))) {
    await redis.hdel(keys.meta, 'restoring', 'alone')
    throw new GalleryError('CONFLICT', 'galleryJustMade')
  }
  return alone
}

/** The gallery is whole from this one transaction on. For how many copies a change waits is a matter of the servers, not of what is on them. */
const makeWhole = async (redis: Connection, keys: Keys, meta: KeyEntry, alone: boolean) => {
  const whole = redis.multi().restore(meta.key, meta.ttl, meta.dump, 'REPLACE').hdel(meta.key, 'copies')
  if (alone) whole.call('ACL', 'SETUSER', 'default', 'off')
  results(await whole.exec())
  await saveRedisUsers(redis, keys)
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
  await admit(redis, keys, way, header).catch((error: unknown) => {
    throw unreadable(error)
  })
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
    const alone = await mark(redis, keys)
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
    const { header, counts, probe } = await verify(handle, options)
    checkGallery(header, keys)
    const home = openHome(env)
    checkHome(home, header)
    way = await wayTo(env, home, keys)
    redis = await logIn(way, keys)
    await restoreChecked({ handle, redis, keys, home, way, header, options, env }, probe)
    const { gallery, created, host } = header
    return { ...counts, gallery, created, host, redis: way.where }
  } catch (error) {
    throw fromRedis(error)
  } finally {
    redis?.disconnect()
    way?.release()
    await handle.close()
  }
}
