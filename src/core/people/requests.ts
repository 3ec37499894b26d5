import { setTimeout as wait } from 'node:timers/promises'
import { passwordDigest } from '../redis/acl.ts'
import { duplicate } from '../redis/connect.ts'
import { onRedis, results } from '../redis/errors.ts'
import { fieldOf, readStreams, type StreamEntry } from '../redis/streams.ts'
import type { Session } from '../session.ts'
import { refuseOwner, saveAccount } from './accounts.ts'
import { applyRights } from './apply.ts'
import { endSessions } from './sessions.ts'

/*
 * Redis lets nobody but administrators write ACLs, so an account asks: in a stream where Redis lets only itself write. That
 * is the request's signature. Any administrator's session carries it out; the first to delete it does.
 */

/** How long an account waits for its request to be carried out, in milliseconds. */
const patience = 5000
/** Requests kept of one account, so that nobody fills Redis with them. */
const most = 10
/** How often shares are looked at that may have ended, in milliseconds. */
const often = 15_000

const ask = async ({ redis, keys, account }: Session, fields: Record<string, string>): Promise<string> =>
  (await redis.xadd(keys.requests(account), 'MAXLEN', most, '*', ...Object.entries(fields).flat())) as string

/** Whether a request was carried out while the account waits for it. */
const answered = async (session: Session, request: string): Promise<boolean> => {
  const { redis, keys, account } = session
  for (const deadline = Date.now() + patience; Date.now() < deadline; await wait(50)) {
    const events = (await redis.xrevrange(
      keys.accountEvents(account),
      '+',
      '-',
      'COUNT',
      20,
    )) as StreamEntry[]
    if (events.some(([, fields]) => fields.includes(request))) return true
  }
  return false
}

/**
 * Changes one's own password, by the key that is made from it; other sessions of the account end. `waiting`: no
 * administrator's session is open, so it will happen when one is; until then the old password holds.
 */
export const changeOwnPassword = (session: Session, key: string): Promise<'changed' | 'waiting'> =>
  onRedis(async () => {
    const { redis, account, administrator } = session
    refuseOwner(account)
    const digest = passwordDigest(key)
    if (administrator) await changePassword(session, account, digest, session.id)
    else if (
      !(await answered(session, await ask(session, { what: 'password', digest, session: session.id })))
    )
      return 'waiting'
    // This session comes back with the new password after a time without Redis.
    if ('password' in redis.options) redis.options.password = key
    return 'changed'
  })

/** Signs one's own account out everywhere else. */
export const signOutElsewhere = (session: Session): Promise<'changed' | 'waiting'> =>
  onRedis(async () => {
    if (session.administrator) await endSessions(session, session.account, session.id)
    else if (!(await answered(session, await ask(session, { what: 'sign-out', session: session.id }))))
      return 'waiting'
    return 'changed'
  })

const changePassword = async (steward: Session, account: string, login: string, but: string) => {
  const { redis, keys } = steward
  await saveAccount({ ...steward, account }, 'edit', account, 'password-changed', {}, { login })
  await applyRights(redis, keys, { names: [account], logins: { [account]: login } })
  await endSessions(steward, account, but)
}

/** Carries one request out, unless another administrator's session has taken it. */
const carryOut = async (steward: Session, account: string, [id, fields]: StreamEntry) => {
  const { redis, keys } = steward
  if ((await redis.xdel(keys.requests(account), id)) === 0) return
  const field = (name: string) => fieldOf(fields, name)
  const session = field('session').slice(0, 40)
  if (field('what') === 'password' && /^[0-9a-f]{64}$/.test(field('digest')))
    await changePassword(steward, account, field('digest'), session)
  else if (field('what') === 'sign-out') await endSessions(steward, account, session)
  await redis.xadd(keys.accountEvents(account), 'MAXLEN', '~', 100, '*', 'what', 'answered', 'request', id)
}

/** Carries out what accounts have asked for by now. Administrators. */
export const answerRequests = (steward: Session): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = steward
    const names = await redis.smembers(keys.users)
    const asked = redis.pipeline()
    for (const name of names) asked.xrange(keys.requests(name), '-', '+', 'COUNT', 10)
    for (const [i, entries] of results<StreamEntry[]>(await asked.exec()).entries())
      for (const entry of entries) await carryOut(steward, names[i] ?? '', entry)
  })

/** One look at what accounts ask for, waiting a while for the first that does. */
const lookOnce = async (steward: Session, waiting: Session['redis']) => {
  const { redis, keys } = steward
  // An account that is made meanwhile wakes this up: it may ask for something too.
  const [last] = (await redis.xrevrange(keys.audit, '+', '-', 'COUNT', 1)) as StreamEntry[]
  const names = await redis.smembers(keys.users)
  const accounts = new Map(names.map((name) => [keys.requests(name), name]))
  const positions = new Map([...accounts.keys()].map((key) => [key, '0-0']))
  positions.set(keys.audit, last?.[0] ?? '0-0')
  for (const [key, entries] of await readStreams(waiting, positions, often)) {
    const account = accounts.get(key)
    for (const entry of entries) if (account) await carryOut(steward, account, entry)
  }
}

/**
 * While an administrator's session is open, it carries out what accounts ask for, ends share links at their date, and brings
 * the Redis users in line where somebody's change was broken off. Returns the way to stop.
 */
export const keepPeople = (session: Session): (() => void) => {
  const stop = new AbortController()
  const waiting = duplicate(session.redis)
  const run = async () => {
    while (!stop.signal.aborted) {
      try {
        if (session.administrator) {
          await applyRights(session.redis, session.keys)
          await lookOnce(session, waiting)
        } else await wait(often, null, { signal: stop.signal, ref: false })
      } catch {
        // Redis is away, or the account is no administrator any more: the next look does it.
        await wait(2000, null, { signal: stop.signal, ref: false }).catch(() => undefined)
      }
    }
  }
  void run()
  return () => {
    stop.abort()
    waiting.disconnect()
  }
}
