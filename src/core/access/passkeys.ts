import { createHash } from 'node:crypto'
import { z } from 'zod'
import { maxPasskeys } from '../../shared/domain/own-ways.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { OwnPasskey } from '../../shared/schemas/own-ways.ts'
import { AccountName } from '../../shared/schemas/ids.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { noteRequest } from './audit-log.ts'
import { countOwnChange, takeCounter } from './login-codes.ts'

/*
 * Keys that stay in a person's device, by which an account logs in. What stands here is public: the device proves that it has the other half.
 */

const base64url = z.string().regex(/^[\w-]+$/)

/** `made`: when the account was made, so that one of the same name one day is not let in. `party`: the name of the server that it is for. */
const Passkey = z.object({
  account: AccountName,
  made: z.string(),
  name: z.string(),
  since: z.string(),
  party: z.string(),
  publicKey: base64url.max(8192),
  transports: z.array(z.string().max(20)).max(10),
})

export type Passkey = z.infer<typeof Passkey>

const parsed = (text: string | null): Passkey | null => {
  try {
    return Passkey.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

const madeAt = async ({ redis, keys }: Session, account: string) =>
  (await redis.hget(keys.account(account), 'created')) ?? ''

/** The passkey of a credential; null where there is none, or its account is not the one any more that added it. Administrators. */
export const findPasskey = (session: Session, id: string): Promise<Passkey | null> =>
  onRedis(async () => {
    const { redis, keys } = session
    const passkey = parsed(await redis.hget(keys.passkeys, id))
    if (!passkey || !(await redis.sismember(keys.users, passkey.account))) return null
    return (await madeAt(session, passkey.account)) === passkey.made ? passkey : null
  })

/** The passkeys of an account, the oldest first. Administrators. */
export const passkeysOf = ({ redis, keys }: Session, account: string): Promise<OwnPasskey[]> =>
  onRedis(async () => {
    const own = Object.entries(await redis.hgetall(keys.passkeys)).flatMap(([id, text]) => {
      const passkey = parsed(text)
      return passkey?.account === account ? [{ id, name: passkey.name, since: passkey.since }] : []
    })
    const times = await Promise.all(own.map(({ id }) => redis.zscore(keys.loginCounters, useOf(id))))
    return own
      .map((passkey, i) => ({ ...passkey, used: times[i] ? new Date(Number(times[i])).toISOString() : null }))
      .toSorted((a, b) => (a.since < b.since ? -1 : 1))
  })

/** The accounts that have one. Administrators. */
export const passkeyOwners = async ({
  redis,
  keys,
}: Pick<Session, 'redis' | 'keys'>): Promise<Set<string>> => {
  const texts = await redis.hgetall(keys.passkeys)
  return new Set(Object.values(texts).flatMap((text) => parsed(text)?.account ?? []))
}

/** Adds a passkey to an account. CONFLICT where it has too many or added too many lately, or the credential is there already. Administrators. */
export const addPasskey = (
  session: Session,
  id: string,
  wanted: Omit<Passkey, 'made' | 'since'>,
): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    const { account, name } = wanted
    if ((await passkeysOf(session, account)).length >= maxPasskeys)
      throw new GalleryError('CONFLICT', 'tooManyPasskeys', { n: String(maxPasskeys) })
    await countOwnChange(session, account, 'passkey')
    const passkey = { ...wanted, made: await madeAt(session, account), since: new Date().toISOString() }
    if ((await redis.hsetnx(keys.passkeys, id, JSON.stringify(passkey))) === 0)
      throw new GalleryError('CONFLICT', 'passkeyThere')
    await noteRequest(session, account, 'passkey-added', { rows: [['passkey', '', name]] })
  })

/** Removes a passkey of an account. NOT_FOUND where it is none of its. Administrators. */
export const removePasskey = (session: Session, account: string, id: string): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    const passkey = parsed(await redis.hget(keys.passkeys, id))
    if (passkey?.account !== account) throw new GalleryError('NOT_FOUND', 'passkeyGone')
    await forgetPasskey(session, id)
    await noteRequest(session, account, 'passkey-removed', { rows: [['passkey', passkey.name, '']] })
  })

/** Takes a passkey away, without a word in the record. Administrators. */
export const forgetPasskey = async ({ redis, keys }: Session, id: string): Promise<void> => {
  await redis.hdel(keys.passkeys, id)
  await redis.zrem(keys.loginCounters, counterOf(id), useOf(id))
}

const counterOf = (id: string) => `passkey ${id}`
/** Beside the record, which must not come back where it is removed in the same moment. */
const useOf = (id: string) => `used ${id}`

/** Notes that a passkey logs its account in now. Administrators. */
export const notePasskeyUse = async (session: Session, id: string): Promise<void> => {
  await takeCounter(session, useOf(id), Date.now())
}

/** How often a passkey signed until now, as far as its device counts. Administrators. */
export const signaturesOf = ({ redis, keys }: Session, id: string): Promise<number> =>
  onRedis(async () => Number((await redis.zscore(keys.loginCounters, counterOf(id))) ?? 0))

/** Notes what a device has counted; false where that is no more than before: there is a copy of the passkey. Administrators. */
export const countSignature = async (session: Session, id: string, count: number): Promise<boolean> =>
  count === 0 || (await takeCounter(session, counterOf(id), count))

/** Whether a challenge is answered for the first time within so many seconds. Administrators. */
export const answerOnce = ({ redis, keys }: Session, challenge: string, seconds: number): Promise<boolean> =>
  onRedis(async () => {
    const name = createHash('sha256').update(challenge).digest('base64url')
    return (await redis.set(keys.answeredOnce(name), '1', 'EX', seconds, 'NX')) === 'OK'
  })
