import { setTimeout as wait } from 'node:timers/promises'
import { GalleryError } from '../../shared/errors.ts'
import { passwordDigest } from '../redis/acl/passwords.ts'
import { ownClientIds, passwordOf, replacePassword } from '../redis/clients.ts'
import { onRedis } from '../redis/errors.ts'
import { fieldOf, type StreamEntry } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'
import { refuseOwner } from './accounts.ts'
import type { RequestKind } from './request-allowance.ts'
import { maxRequestsWaiting, noDetails, requestFields, type RequestDetails } from './request-fields.ts'
import { changePassword } from './requests.ts'
import { endSessions, oneself } from './sessions.ts'

/*
 * What a user does to their own account. Redis lets only administrators write ACLs, so an account asks, in a stream
 * where Redis lets only itself write. That is the request's signature (requests.ts).
 */

/** How long an account waits for its request to be carried out, in milliseconds. */
const answerTimeoutMs = 5000

/** Asks an administrator's session for something; its answer bears the id that this returns. */
export const ask = async (
  session: Session,
  wanted: Partial<RequestDetails> & { what: RequestKind | 'status' },
): Promise<string> => {
  const { redis, keys, account, id } = session
  const fields = requestFields({
    ...{ ...noDetails, ...wanted },
    ...{ session: id, clients: ownClientIds(redis) },
  })
  const add = () => redis.xadd(keys.requests(account), 'MAXLEN', maxRequestsWaiting, '*', ...fields)
  try {
    return (await add()) as string
  } catch (error) {
    // Another program of the same account has left something there that takes no request.
    if (!(error instanceof Error) || !/WRONGTYPE|equal or smaller|exhausted/.test(error.message)) throw error
    await redis.del(keys.requests(account))
    return (await add()) as string
  }
}

const refused = () => new GalleryError('CONFLICT', 'askedTooOften')

/** Whether a request was carried out while the account waits for it. CONFLICT where it was refused. */
export const answered = async (session: Session, request: string): Promise<boolean> => {
  const { redis, keys, account } = session
  const events = keys.accountEvents(account)
  for (const deadline = Date.now() + answerTimeoutMs; Date.now() < deadline;) {
    const last = (await redis.xrevrange(events, '+', '-', 'COUNT', 20)) as StreamEntry[]
    const answer = last.find(([, fields]) => fieldOf(fields, 'request') === request)
    if (!answer) {
      await wait(50)
      continue
    }
    if (fieldOf(answer[1], 'what') === 'refused') throw refused()
    return true
  }
  return false
}

/**
 * Changes one's own password, by the key that is made from it, and from the `former` one; every other connection of the account ends. `waiting`: no
 * administrator's session is open, so it will happen when one is; until then the old password holds. CONFLICT where it was
 * changed too often.
 */
export const changeOwnPassword = (
  session: Session,
  key: string,
  former = passwordOf(session.redis),
): Promise<'changed' | 'waiting'> =>
  onRedis(async () => {
    const { redis, account, identity } = session
    refuseOwner(account)
    const digest = passwordDigest(key)
    if (identity.administrator) await changePassword(session, account, digest, oneself(session))
    else if (!(await answered(session, await ask(session, { what: 'password', digest })))) return 'waiting'
    // A session that a server let in comes back by the key that the server keeps.
    if (passwordOf(redis) === former) replacePassword(redis, key)
    return 'changed'
  })

/** Ends every other connection of one's own account. `waiting` and CONFLICT as above. */
export const signOutElsewhere = (session: Session): Promise<'changed' | 'waiting'> =>
  onRedis(async () => {
    if (session.identity.administrator) await endSessions(session, session.account, oneself(session))
    else if (!(await answered(session, await ask(session, { what: 'sign-out' })))) return 'waiting'
    return 'changed'
  })
