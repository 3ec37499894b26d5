import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { TextId, Text } from '../../shared/i18n/text.ts'
import { guestName, redisUser } from '../redis/acl/redis-users.ts'
import { describeAddress, parseRedisUrl, type RedisAddress } from '../redis/address.ts'
import { connect } from '../redis/connect.ts'
import { fromRedis, onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { readGalleryId } from './credentials.ts'
import { homePath } from './local-settings.ts'

/** A gallery on a server that this computer has joined by its own settings rather than by the environment. */
export interface JoinedPlace {
  address: RedisAddress
  /** The gallery's id, as it was when it was joined: another one at the same address is not entered unasked. */
  id: string
}

/**
 * What the settings say in words of the environment, in those of who typed an address and chose files. The blanks are the same.
 */
const inOwnWords: Partial<Record<TextId, TextId>> = {
  badRedisUrl: 'joinBadAddress',
  redisUnreachable: 'joinUnreachable',
  redisReplica: 'joinReplica',
  nobodyLetIn: 'joinNobodyLetIn',
  functionsMissing: 'joinOtherVersion',
  wrongLogin: 'joinWrongLogin',
  tlsUntrusted: 'joinUntrusted',
  tlsOtherName: 'joinOtherName',
  tlsWantsCertificate: 'joinWantsCertificate',
  tlsDistrustsCertificate: 'joinDistrustsCertificate',
  tlsOtherKey: 'joinOtherKey',
  tlsUnreadable: 'joinUnreadable',
  tlsNotSpoken: 'joinNotSpoken',
  tlsSpoken: 'joinSpoken',
  sentinelsWantLogin: 'joinSentinelsWantPassword',
  sentinelsRefuseLogin: 'joinSentinelsRefusePassword',
}

const isText = (blank: unknown): blank is Text => typeof blank === 'object' && blank !== null

/** A certificate whose time is not now is trusted no more by another authority. */
const isOutOfTime = (certificate: unknown) =>
  isText(certificate) && (certificate.id === 'tlsExpired' || certificate.id === 'tlsNotYetValid')

const reworded = ({ id, blanks = {} }: Text): Text => ({
  id: isOutOfTime(blanks['certificate']) ? 'joinOutOfDate' : (inOwnWords[id] ?? id),
  blanks: Object.fromEntries(
    Object.entries(blanks).map(([name, blank]) => [name, isText(blank) ? reworded(blank) : blank]),
  ),
})

/** Does work on a gallery that was joined; what it refuses is said in words that name no setting of the environment. */
export const asJoined = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (thrown) {
    const error = fromRedis(thrown)
    if (!(error instanceof GalleryError)) throw error
    const { id, blanks } = reworded(error.text)
    throw new GalleryError(error.code, id, blanks, { cause: error })
  }
}

/**
 * Reads an address that a user typed, with the password of its Sentinels; empty where they ask for none. INVALID where it is none, or
 * holds a login, which would be kept in the open with it.
 */
export const parseTypedAddress = (url: string, sentinelPassword = ''): RedisAddress => {
  const address = parseRedisUrl(url)
  if (address.username !== null || address.password !== null)
    throw new GalleryError('INVALID', 'joinLoginInAddress')
  if (address.kind !== 'sentinel' || !sentinelPassword) return address
  return { ...address, sentinelLogin: { username: 'default', password: sentinelPassword } }
}

/** Whether a gallery was not entered for want of the right password of its Sentinels. */
export const isForSentinelPassword = ({ blanks = {} }: Text): boolean => {
  const { why } = blanks
  return isText(why) && (why.id === 'joinSentinelsWantPassword' || why.id === 'joinSentinelsRefusePassword')
}

/** The data folder of a joined gallery: its folders, backups and this computer's name there are not those of the own gallery. */
export const joinedHome = (env: NodeJS.ProcessEnv, id: string): string =>
  join(homePath(env), 'joined', createHash('sha256').update(id).digest('hex').slice(0, 24))

export const noGalleryAt = (where: string, keys: Keys, cause?: unknown): GalleryError =>
  new GalleryError('NOT_FOUND', 'joinNoGallery', { address: where, gallery: keys.gallery }, { cause })

/**
 * Looks, as a guest, which gallery there is at an address, with one try and without any change there. Answers with its id, which
 * salts passwords. NOT_FOUND where there is none, UNAVAILABLE where nothing can be reached, UNSUPPORTED where it is newer.
 */
export const lookForGallery = async (address: RedisAddress, keys: Keys): Promise<string> => {
  const where = describeAddress(address)
  const guest = { username: redisUser(keys, guestName), password: '' }
  const redis = await connect(address, guest).catch((error: unknown) => {
    throw hasCode(error, 'FORBIDDEN') ? noGalleryAt(where, keys, error) : error
  })
  try {
    return await onRedis(() => readGalleryId(redis, keys))
  } catch (error) {
    throw hasCode(error, 'NOT_FOUND') ? noGalleryAt(where, keys, error) : error
  } finally {
    redis.disconnect()
  }
}
