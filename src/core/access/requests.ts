import { setTimeout as wait } from 'node:timers/promises'
import { hasCode } from '../../shared/errors.ts'
import { duplicate } from '../redis/create-connection.ts'
import { gatherComments } from '../comments/gather.ts'
import { isWrongType, onRedis } from '../redis/errors.ts'
import { readStreams, type StreamEntry } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'
import { carryStatus } from '../statuses/carry-status.ts'
import { saveAccount } from './accounts.ts'
import { isAllowed } from './request-allowance.ts'
import { applyRights } from './apply-acl.ts'
import { parseRequest, readRequests, type RequestDetails } from './request-fields.ts'
import { joinRequests, noteRequest } from './audit-log.ts'
import { keepHoldings } from './holding-limits.ts'
import { redisTime } from './access-record.ts'
import { endConnections, type Spared } from './sessions.ts'
import { endToken, makeToken } from './token-acts.ts'
import { AlbumId } from '../../shared/schemas/ids.ts'

/*
 * What accounts ask an administrator's session to do for them (own-account.ts). Any such session carries a request out; the
 * first to delete it does. Whatever an account writes there spoils its own requests, and no other account's.
 */

/** How often shares are looked at that may have ended, in milliseconds. */
const lookEveryMs = 15_000
/** An account that wrote what is no request, or too much, is not listened to for so long, in milliseconds. */
const deafMs = 10_000
/** Looks follow one another no faster than this, in milliseconds. */
const minLookMs = 100

/** Gives an account another password, which it asked for itself, and ends its other connections. Administrators. */
export const changePassword = async (
  adminSession: Session,
  account: string,
  login: string,
  spared: Spared,
): Promise<void> => {
  const { redis, keys } = adminSession
  const own = adminSession.account === account
  const audit = own ? keys.audit : keys.auditRequests
  await saveAccount({ ...adminSession, account }, 'edit', account, 'password-changed', {}, { login, audit })
  if (!own) await joinRequests(adminSession, account)
  await applyRights(redis, keys, { names: [account], logins: { [account]: login } })
  await endConnections(adminSession, account, spared)
}

const isAlbumId = (text: string) => AlbumId.safeParse(text).success

const isAway = (error: unknown) => hasCode(error, 'UNAVAILABLE')

const attemptStatus = async (
  adminSession: Session,
  account: string,
  { album, act, values }: RequestDetails,
) => {
  const steps = values.map((value) => {
    const [photo = '', to = ''] = value.split('=')
    return { photo, to }
  })
  try {
    await carryStatus(adminSession, account, { album, act, values: steps })
    return true
  } catch (error) {
    if (isAway(error)) throw error
    return false
  }
}

/** Does what a request asks for; whether it was done. Only that Redis is away is thrown. */
const attempt = async (adminSession: Session, account: string, id: string, fields: string[]) => {
  const request = parseRequest(fields)
  if (!request) return false
  if (request.what === 'status') return attemptStatus(adminSession, account, request)
  if (!(await isAllowed(adminSession, account, request.what, id))) return false
  const waited = (await redisTime(adminSession.redis)) - Number(id.split('-')[0])
  const minAge = Math.max(0, Math.floor(waited / 1000))
  const { what, digest, album, session, clients, token } = request
  try {
    if (what === 'comments') await gatherComments(adminSession, [album])
    else if (what === 'token') {
      const albums = request.albums.includes('*') ? null : request.albums.filter(isAlbumId)
      await makeToken(adminSession, account, { ...request, albums })
    } else if (what === 'token-end') await endToken(adminSession, account, token)
    else if (what === 'password')
      await changePassword(adminSession, account, digest, { session, clients, minAge })
    else {
      await endConnections(adminSession, account, { session, clients, minAge })
      await noteRequest(adminSession, account, 'signed-out-everywhere')
    }
    return true
  } catch (error) {
    if (isAway(error)) throw error
    return false
  }
}

/** Carries one request out, unless another administrator's session has taken it. Whether there was anything wrong with it. */
const carryOut = async (
  adminSession: Session,
  account: string,
  [id, fields]: StreamEntry,
): Promise<boolean> => {
  const { redis, keys } = adminSession
  if ((await redis.xdel(keys.requests(account), id)) === 0) return false
  const done = await attempt(adminSession, account, id, fields)
  if (!done) await noteRequest(adminSession, account, 'requests-dropped')
  const answer = ['what', done ? 'answered' : 'refused', 'request', id]
  await redis.xadd(keys.accountEvents(account), 'MAXLEN', '~', 100, '*', ...answer)
  return !done
}

/** Removes all that stands where an account's requests should, as one thing. */
const dropAll = async (adminSession: Session, account: string) => {
  const { redis, keys } = adminSession
  const key = keys.requests(account)
  const count = await redis.xlen(key).catch(() => 1) // what is no stream has no entries to count
  if ((await redis.unlink(key)) > 0) await noteRequest(adminSession, account, 'requests-dropped', { count })
}

/** Carries out what accounts have asked for by now. Those that wrote what is no request, or too much. */
const answerOnce = async (adminSession: Session, accounts: string[]): Promise<string[]> => {
  const wrong: string[] = []
  for (const { account, entries } of await readRequests(adminSession, accounts)) {
    let fine = entries !== null
    if (!entries) await dropAll(adminSession, account)
    for (const entry of entries ?? []) if (await carryOut(adminSession, account, entry)) fine = false
    if (!fine) wrong.push(account)
  }
  return wrong
}

/** Carries out what accounts have asked for by now. Administrators. */
export const answerRequests = (adminSession: Session): Promise<void> =>
  onRedis(async () => {
    await answerOnce(adminSession, await adminSession.redis.smembers(adminSession.keys.users))
  })

/** Looks at what accounts ask for, and waits a while for the first that does so next. */
class Listener {
  readonly #adminSession: Session
  readonly #waiting: Session['redis']
  /** Until when an account is not listened to, by the clock of this process, which cannot be set. */
  readonly #deaf = new Map<string, number>()

  constructor(adminSession: Session) {
    this.#adminSession = adminSession
    this.#waiting = duplicate(adminSession.redis)
  }

  look = async () => {
    const { redis, keys } = this.#adminSession
    const begun = performance.now()
    // An account that is made meanwhile wakes this up: it may ask for something too.
    const [last] = (await redis.xrevrange(keys.audit, '+', '-', 'COUNT', 1)) as StreamEntry[]
    const accounts = (await redis.smembers(keys.users)).filter((name) => (this.#deaf.get(name) ?? 0) < begun)
    for (const name of await answerOnce(this.#adminSession, accounts)) this.#deaf.set(name, begun + deafMs)
    const heard = accounts.filter((name) => (this.#deaf.get(name) ?? 0) < begun)
    await this.#wait(heard, last?.[0] ?? '0-0')
    await wait(Math.max(0, minLookMs - (performance.now() - begun)), null, { ref: false })
  }

  /** Until there is something to look at. What it is, is read by the next look, which knows how much that can be. */
  async #wait(accounts: string[], last: string) {
    const { keys } = this.#adminSession
    const positions = new Map(accounts.map((name) => [keys.requests(name), '0-0']))
    positions.set(keys.audit, last)
    await readStreams(this.#waiting, positions, this.#isAnyDeaf() ? deafMs : lookEveryMs, 1).catch(
      (error: unknown) => {
        // Another kind of key came in between: the next look finds whose.
        if (!isWrongType(error)) throw error
      },
    )
  }

  #isAnyDeaf() {
    const now = performance.now()
    return [...this.#deaf.values()].some((until) => until > now)
  }

  close() {
    this.#waiting.disconnect()
  }
}

/**
 * While an administrator's session is open, it carries out what accounts ask for, ends share links at their date, brings
 * the Redis users in line where a change of rights was broken off, and sets accounts aside whose own keys outgrow the limits.
 * Returns the way to stop.
 */
export const keepPeople = (session: Session): (() => void) => {
  const stop = new AbortController()
  const listener = new Listener(session)
  const leaveHoldings = keepHoldings(session)
  const run = async () => {
    while (!stop.signal.aborted) {
      try {
        if (session.identity.administrator) {
          // A record that cannot be applied keeps no other account's request waiting.
          await applyRights(session.redis, session.keys).catch((error: unknown) => {
            if (isAway(error)) throw error
          })
          await listener.look()
        } else await wait(lookEveryMs, null, { signal: stop.signal, ref: false })
      } catch {
        // Redis is away, or the account is no administrator any more: the next look does it.
        await wait(2000, null, { signal: stop.signal, ref: false }).catch(() => undefined)
      }
    }
  }
  void run()
  return () => {
    stop.abort()
    leaveHoldings()
    listener.close()
  }
}
