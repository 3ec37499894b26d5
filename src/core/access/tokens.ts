import { z } from 'zod'
import { GalleryError } from '../../shared/errors.ts'
import type { ApiToken } from '../../shared/schemas/access.ts'
import { AlbumId, TokenName } from '../../shared/schemas/ids.ts'
import type { Session } from '../gallery/session.ts'
import { passwordDigest } from '../redis/acl/passwords.ts'
import { onRedis, results } from '../redis/errors.ts'
import { ask, answered } from './own-account.ts'
import { checkWanted, endToken, makeToken, type WantedToken } from './token-acts.ts'

/** What a person's list says of a token: a fact, which administrators alone write. */
const Entry = z.object({
  label: z.string(),
  created: z.string(),
  expires: z.string(),
  albums: z.array(AlbumId).nullable(),
})

const entriesOf = async ({ redis, keys }: Session, account: string) =>
  Object.entries(await redis.hgetall(keys.tokens(account))).flatMap(([token, text]) => {
    const { data } = Entry.safeParse(parsedJson(text))
    return data && TokenName.safeParse(token).success ? [{ token, ...data }] : []
  })

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The tokens of one account, the newest first: one's own, or for administrators anybody's. */
export const listTokens = (session: Session, account = session.account): Promise<ApiToken[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const entries = await entriesOf(session, account)
    const asked = redis.pipeline()
    for (const { token } of entries) asked.get(keys.tokenUsed(account, token))
    const used = entries.length > 0 ? results<string | null>(await asked.exec()) : []
    return entries
      .map(({ token: name, ...entry }, i) => ({
        ...{ name, account, ...entry },
        used: /^\d{4}-\d{2}-\d{2}$/.test(used[i] ?? '') ? (used[i] ?? null) : null,
      }))
      .toSorted((a, b) => (a.created < b.created ? 1 : -1))
  })

/** The tokens of all accounts. Administrators. */
export const listAllTokens = async (session: Session): Promise<ApiToken[]> => {
  const names = await onRedis(() => session.redis.smembers(session.keys.users))
  return (await Promise.all(names.map((name) => listTokens(session, name)))).flat()
}

export interface NewToken extends Omit<WantedToken, 'digest'> {
  /** What it logs in to Redis with. */
  key: string
}

/**
 * Makes a token of one's own. `waiting`: no administrator's session is open, so it counts from when one is. INVALID for an end that is over or
 * too far, CONFLICT where there are too many.
 */
export const createToken = async (
  session: Session,
  { key, ...wanted }: NewToken,
): Promise<'changed' | 'waiting'> => {
  const asked = { ...wanted, digest: passwordDigest(key) }
  await onRedis(() => checkWanted(session, session.account, asked))
  if (session.identity.administrator) await makeToken(session, session.account, asked)
  else if (
    !(await answered(session, await ask(session, { what: 'token', ...asked, albums: asked.albums ?? ['*'] })))
  )
    return 'waiting'
  return 'changed'
}

/** Ends a token of one's own. `waiting` as above. NOT_FOUND where it is none. */
export const revokeToken = async (session: Session, token: string): Promise<'changed' | 'waiting'> => {
  const { redis, keys, account } = session
  if (session.identity.administrator) {
    await endToken(session, account, token)
    return 'changed'
  }
  if (!(await onRedis(() => redis.hexists(keys.tokens(account), token))))
    throw new GalleryError('NOT_FOUND', 'tokenGone')
  return (await answered(session, await ask(session, { what: 'token-end', token }))) ? 'changed' : 'waiting'
}
