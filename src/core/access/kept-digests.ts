import { isPasswordDigest } from '../redis/acl/passwords.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'

type Texts = Partial<Record<string, string>>

/** What stands in `logins:kept` of an account; null where that is none. */
export const parseKept = (text: string | null | undefined) => {
  const [salt = '', digest] = (text ?? '').split(' ')
  return isPasswordDigest(digest) && /^[\w-]{43}$/.test(salt) ? { salt, digest } : null
}

const readFields = async (redis: Connection, key: string, names?: readonly string[]): Promise<Texts> => {
  if (!names) return redis.hgetall(key)
  const found = await redis.hmget(key, ...names)
  return Object.fromEntries(names.flatMap((name, i) => (found[i] == null ? [] : [[name, found[i]] as const])))
}

/**
 * The digests of the passwords that the Redis users of accounts are to have, of all or of some, by the digests of their own: with the one by
 * which a server lets them in (kept-logins.ts), and without their own where a code belongs to it (login-codes.ts).
 */
export const readPasswords = async (
  redis: Connection,
  keys: Keys,
  logins: Texts,
  names?: readonly string[],
): Promise<(name: string) => string[]> => {
  if (names?.length === 0) return () => []
  const [kept, codes] = await Promise.all([
    readFields(redis, keys.keptLogins, names),
    readFields(redis, keys.loginCodes, names),
  ])
  return (name) =>
    [codes[name] === undefined ? logins[name] : undefined, parseKept(kept[name])?.digest].filter(
      isPasswordDigest,
    )
}
