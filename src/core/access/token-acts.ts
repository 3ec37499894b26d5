import { maxTokenDays, maxTokens } from '../../shared/domain/api-token.ts'
import { GalleryError } from '../../shared/errors.ts'
import { TokenName } from '../../shared/schemas/ids.ts'
import type { Session } from '../gallery/session.ts'
import { isPasswordDigest } from '../redis/acl/passwords.ts'
import { onRedis } from '../redis/errors.ts'
import { redisTime } from './access-record.ts'
import { removeAccount, saveAccount } from './accounts.ts'
import { applyRights } from './apply-acl.ts'

/*
 * A token lets a script read what its person may read, or some albums of that. It is a Redis user of its own, whose rules follow from
 * those of its person at each change (rightsOf in access-record.ts), so that Redis decides here too. Its secret is its Redis password.
 */

const dayMs = 24 * 60 * 60 * 1000

export interface WantedToken {
  /** `token~` and eight letters and digits. */
  token: string
  label: string
  /** ISO 8601. */
  expires: string
  /** Null: all that its person may read. */
  albums: string[] | null
  /** Of what it logs in to Redis with. */
  digest: string
}

/** Whether an account can have a token like this. */
export const checkWanted = async (
  session: Session,
  account: string,
  { expires, digest, token }: WantedToken,
) => {
  const { redis, keys } = session
  const [role, service] = await redis.hmget(keys.account(account), 'role', 'service')
  if ((role !== 'member' && role !== 'administrator') || service === '1')
    throw new GalleryError('FORBIDDEN', 'noTokens')
  const [end, now] = [Date.parse(expires), await redisTime(redis)]
  if (!(end > now && end <= now + maxTokenDays * dayMs))
    throw new GalleryError('INVALID', 'tokenEnd', { days: String(maxTokenDays) })
  if (!isPasswordDigest(digest) || !TokenName.safeParse(token).success)
    throw new GalleryError('INVALID', 'badInput')
  if ((await redis.hlen(keys.tokens(account))) >= maxTokens)
    throw new GalleryError('CONFLICT', 'tooManyTokens', { n: String(maxTokens) })
}

/** Makes a token of an account, which asked for it itself. CONFLICT where it has too many or the name is taken. Administrators. */
export const makeToken = (adminSession: Session, account: string, wanted: WantedToken): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = adminSession
    await checkWanted(adminSession, account, wanted)
    const { token, label, albums, digest } = wanted
    const [created, expires] = [new Date().toISOString(), new Date(wanted.expires).toISOString()]
    const fields = {
      ...{ role: 'token', of: account, displayName: label, created, expires },
      ...(albums === null ? {} : { albums: albums.join(' ') || '-' }),
    }
    const audit = adminSession.account === account ? keys.audit : keys.auditRequests
    const by = { ...adminSession, account }
    await saveAccount(by, 'create', token, 'token-made', fields, { login: digest, audit })
    await redis.hset(keys.tokens(account), token, JSON.stringify({ label, created, expires, albums }))
    await applyRights(redis, keys, { names: [token], logins: { [token]: digest } })
  })

/** Ends a token of an account, at once. NOT_FOUND where the account has none of that name. Administrators. */
export const endToken = (adminSession: Session, account: string, token: string): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = adminSession
    if ((await redis.hget(keys.account(token), 'of')) !== account)
      throw new GalleryError('NOT_FOUND', 'tokenGone')
    await removeAccount({ ...adminSession, account }, token, 'token-ended')
    await redis.hdel(keys.tokens(account), token)
    await redis.del(keys.tokenUsed(account, token))
  })
