import { isPasswordDigest } from '../redis/acl/passwords.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'

/** What stands in `logins:kept` of an account; null where that is none. */
export const parseKept = (text: string | null | undefined) => {
  const [salt = '', digest] = (text ?? '').split(' ')
  return isPasswordDigest(digest) && /^[\w-]{43}$/.test(salt) ? { salt, digest } : null
}

/** The digests of the second passwords of accounts, of all or of some: where a server may let them in (kept-logins.ts). */
export const readKeptDigests = async (
  redis: Connection,
  keys: Keys,
  names?: readonly string[],
): Promise<Partial<Record<string, string>>> => {
  if (names?.length === 0) return {}
  const entries: [name: string, text: string | null][] = names
    ? (await redis.hmget(keys.keptLogins, ...names)).map((text, i) => [names[i] ?? '', text])
    : Object.entries(await redis.hgetall(keys.keptLogins))
  return Object.fromEntries(
    entries.flatMap(([name, text]) => {
      const kept = parseKept(text)
      return kept ? [[name, kept.digest] as const] : []
    }),
  )
}
