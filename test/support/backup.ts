import { gunzipSync, gzipSync } from 'node:zlib'
import { readFileSync, writeFileSync } from 'node:fs'
import { redisUser } from '../../src/core/redis/acl/redis-users.ts'
import type { Connection } from '../../src/core/redis/connection.ts'
import { scanKeys } from '../../src/core/redis/scan-keys.ts'
import type { Session } from '../../src/core/gallery/session.ts'

/** What a key holds, whatever way Redis packs it. */
const contentOf = async ({ redis }: Session, key: string): Promise<unknown> => {
  const type = await redis.type(key)
  if (type === 'string') return (await redis.getBuffer(key))?.toString('base64')
  if (type === 'hash')
    return Object.entries(await redis.hgetall(key)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (type === 'set') return (await redis.smembers(key)).toSorted()
  if (type === 'zset') return redis.zrange(key, 0, '-1', 'WITHSCORES')
  return redis.xrange(key, '-', '+')
}

/** What differs in every restored gallery: this computer's new keys, how often Redis's own users were set, and how they were found. */
const renewed = ({ keys }: Session, key: string, content: unknown, owner: string) => {
  const own = key === keys.logins ? [owner] : key === keys.rights ? ['set', 'saved', 'verified'] : []
  return own.length > 0 ? (content as [string, string][]).filter(([name]) => !own.includes(name)) : content
}

/** What visitors are shown is in no backup: whoever opens the restored gallery makes it again, and tells of that anew. */
const isCopy = (key: string) => /:album:[^:]+:shown(:|$)/.test(key)
const tellsOfCopy = (key: string) => isCopy(key) && key.endsWith(':events')

/** A key as Redis dumps it; null where it is not there, which the type of ioredis leaves out. */
export const dumpOf = async (redis: Connection, key: string) => (await redis.dumpBuffer(key)) as Buffer | null

/** Everything of a gallery: keys with what they hold, times to live, Redis users. */
export const everything = async (session: Session) => {
  const { redis, keys } = session
  const content = new Map<string, unknown>()
  const dumps = new Map<string, string | undefined>()
  const lives = new Map<string, number>()
  for (const pattern of [keys.pattern.everything, keys.pattern.thumbs])
    for await (const part of scanKeys(redis, pattern))
      for (const key of part) {
        if (key === keys.applied) continue
        const held = tellsOfCopy(key) ? 'made anew' : await contentOf(session, key)
        content.set(key, renewed(session, key, held, 'owner'))
        if (!isCopy(key) && key !== keys.shown) dumps.set(key, (await dumpOf(redis, key))?.toString('base64'))
        lives.set(key, await redis.pttl(key))
      }
  const sorted = <T>(map: Map<string, T>) => new Map([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { content: sorted(content), dumps, lives }
}

const words = (value: unknown) => new Set(String(value).split(' '))

/** Redis's users of a gallery, as sets: their order tells nothing. */
export const redisUsers = async ({ redis, keys }: Session, names: string[]) =>
  Promise.all(
    names.map(async (name) => {
      const reply = (await redis.call('ACL', 'GETUSER', redisUser(keys, name))) as unknown[]
      const field = (wanted: string) => reply[reply.indexOf(wanted) + 1]
      return {
        name,
        flags: new Set(field('flags') as string[]),
        passwords: name === 'owner' ? 'new' : new Set(field('passwords') as string[]),
        commands: words(field('commands')),
        keys: words(field('keys')),
        selectors: (field('selectors') as string[][]).map((parts) => parts.map(words)),
      }
    }),
  )

/** Changes the text of a backup, as a user does who makes one by hand. */
export const rewrite = (from: string, to: string, change: (lines: string[]) => string[]) => {
  const lines = gunzipSync(readFileSync(from)).toString().trimEnd().split('\n')
  writeFileSync(to, gzipSync(`${change(lines).join('\n')}\n`))
}
