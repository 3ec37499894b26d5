import { setTimeout as wait } from 'node:timers/promises'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { Text } from '../../shared/i18n/text.ts'
import { describeAddress, type RedisAddress } from './address.ts'
import { checkServer, untilLoaded } from './check-server.ts'
import { noteClient } from './clients.ts'
import type { Connection } from './connection.ts'
import { createConnection, type Login } from './create-connection.ts'
import { fromRedis } from './errors.ts'
import { giveUp, innermost, isLoginRefused, onDoubt, patienceMs } from './patience.ts'
import { loginOfSentinelsRefused } from './refused-sentinels.ts'
import { tlsRefusal } from './refused-tls.ts'

const unreachable = (address: RedisAddress, cause: unknown) =>
  new GalleryError('UNAVAILABLE', 'redisUnreachable', { address: describeAddress(address) }, { cause })

const refused = (address: RedisAddress, why: Text, cause: unknown) =>
  new GalleryError('UNAVAILABLE', 'redisRefused', { address: describeAddress(address), why }, { cause })

const attempt = async (address: RedisAddress, login: Login): Promise<Connection> => {
  let connecting = true
  const redis = createConnection(address, login, () => connecting)
  noteClient(redis)
  const reasons: unknown[] = []
  const note = (error: unknown) => {
    // Without a listener ioredis prints to the console; later each call reports its own failure.
    if (connecting) reasons.push(innermost(error))
  }
  redis.on('error', note)
  redis.on('node error', note)
  const atSentinels: unknown[] = []
  redis.on('sentinelError', (error: unknown) => void atSentinels.push(error))
  try {
    await redis.connect()
    await checkServer(redis, address)
    await untilLoaded(redis)
    connecting = false
    return redis
  } catch (thrown) {
    giveUp(redis)
    redis.disconnect()
    const reason = reasons.findLast(isLoginRefused) ?? reasons.at(-1)
    const error = fromRedis(reason instanceof Error && !(thrown instanceof GalleryError) ? reason : thrown)
    if (error instanceof GalleryError && error.text.id !== 'redisAway') throw error
    const refusal =
      loginOfSentinelsRefused(thrown, atSentinels) ?? (await tlsRefusal([...reasons, thrown], address))
    throw refusal ? refused(address, refusal, thrown) : unreachable(address, thrown)
  }
}

/** Whether the servers take a login just now; one that cannot be asked says nothing of that. */
const knock = async (address: RedisAddress, login: Login): Promise<'taken' | 'refused' | 'unanswered'> => {
  try {
    const redis = await attempt(address, login)
    giveUp(redis)
    redis.disconnect()
    return 'taken'
  } catch (error) {
    return hasCode(error, 'FORBIDDEN') ? 'refused' : 'unanswered'
  }
}

/** Longer than it takes until a change of the record is on all servers (access/nodes/steward.ts), in milliseconds. */
const stepIntervalMs = 700

/** A certificate, or a login of the Sentinels, that is not taken now is not in a moment either. */
const isForGood = (error: unknown) => error instanceof GalleryError && error.text.id === 'redisRefused'

/** Between two tries to log in, in milliseconds. */
const knockIntervalMs = 300

/**
 * Connects and logs in. One function for a single server, Sentinel and Cluster.
 * Throws UNAVAILABLE (unreachable, older than 7, a replica) or FORBIDDEN (wrong login). Afterwards the connection
 * comes back by itself when it is lost; calls made meanwhile end in UNAVAILABLE after about two seconds.
 * Of several servers one may be about to take over. What is refused then is tried again for 20 s, also later; only where
 * a server takes `last` too, the login that it takes once it takes all others (access/nodes/bring-in-step.ts), is one refused for
 * good, and the connection emits `refused`.
 */
export const connect = async (
  address: RedisAddress,
  login: Login,
  last: Login | null = null,
): Promise<Connection> => {
  if (address.kind === 'single' || !last) return attempt(address, login)
  const isRefusedAlone = async () =>
    (await knock(address, last)) === 'taken' && (await knock(address, login)) === 'refused'
  const isOver = async () => {
    if (!(await isRefusedAlone())) return false
    // What the record says since a moment ago has yet to reach the server.
    await wait(stepIntervalMs)
    return isRefusedAlone()
  }
  for (const deadline = performance.now() + patienceMs; ;) {
    try {
      const redis = await attempt(address, login)
      judge(redis, isOver)
      return redis
    } catch (error) {
      if (isForGood(error) || (hasCode(error, 'FORBIDDEN') && (await isOver()))) throw error
      if (performance.now() > deadline)
        throw hasCode(error, 'FORBIDDEN')
          ? new GalleryError('UNAVAILABLE', 'nobodyLetIn', {}, { cause: error })
          : error
    }
    await wait(knockIntervalMs)
  }
}

/** Has a connection given up once its login is refused for good. */
const judge = (redis: Connection, isOver: () => Promise<boolean>) => {
  let judging = false
  const doubt = () => {
    if (judging) return
    judging = true
    void isOver()
      .then((over) => over && giveUp(redis))
      .finally(() => (judging = false))
  }
  onDoubt(redis, doubt)
  // A connection that comes back is refused before any command is.
  for (const event of ['error', 'node error'])
    redis.on(event, (error: unknown) => {
      if (isLoginRefused(error)) doubt()
    })
}
