import { noteSeenField } from '../comments/comments.ts'
import type { Session } from '../gallery/session.ts'
import { whole } from '../photos/field-values.ts'
import { readHash } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'

/** Among what the account has seen (`user:<name>:seen`): until when it has read its notices, in milliseconds since 1970. */
const field = 'notices'

/** Until when the caller has read its notices; who never asked for any has read all until before now. */
export const readMark = async (session: Session, now: number): Promise<number> => {
  const { redis, keys, account } = session
  const known = whole((await readHash(redis, keys.seenComments(account), { [field]: 32 }))[field])
  if (known > 0) return known
  await noteSeenField(session, field, now - 1)
  return now - 1
}

/** Notes that the caller has read its notices until a moment (ISO 8601), as `listNotices` told it. Accounts. */
export const noteNoticesRead = (session: Session, until: string): Promise<void> =>
  onRedis(() => noteSeenField(session, field, Date.parse(until)))
