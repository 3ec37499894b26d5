import type { Session } from '../../gallery/session.ts'
import { onRedis } from '../../redis/errors.ts'

/** Who sent a file, and when, in milliseconds since 1970. `digest`: of its content, as another file may have its name one day. */
export interface SentBy {
  by: string
  at: number
  digest: string
}

/**
 * Notes who sent the file that has landed at a path, counts it, and has the album tell that it came. Only the account of the server can write there, so that neither
 * the sender nor who may modify the album can say that it was somebody else; what the album tells is for notices alone.
 */
export const noteSent = (
  { redis, keys, account, host }: Session,
  path: string,
  { by, at, digest, bytes, album }: SentBy & { bytes: number; album: string },
): Promise<void> =>
  onRedis(async () => {
    await redis.hset(keys.uploads(account, host), path, [by, at, digest].join('\t'))
    await redis.hincrby(keys.uploaded(account, host), `files ${by}`, 1)
    await redis.hincrby(keys.uploaded(account, host), `bytes ${by}`, bytes)
    await redis.xadd(keys.albumEvents(album), 'MAXLEN', '~', 1000, '*', 'what', 'uploaded', 'by', by)
  })

/** Who sent what a path holds now; null where that did not come by a browser. */
export const readSent = (
  { redis, keys, account, host }: Session,
  path: string,
  digest: string,
): Promise<SentBy | null> =>
  onRedis(async () => {
    const [by = '', at = '', of = ''] = ((await redis.hget(keys.uploads(account, host), path)) ?? '').split(
      '\t',
    )
    return by !== '' && of === digest && /^\d{1,15}$/.test(at) ? { by, at: Number(at), digest } : null
  })

/** How much an account has sent to this host so far. */
export const sentSoFar = (
  { redis, keys, account, host }: Session,
  by: string,
): Promise<{ files: number; bytes: number }> =>
  onRedis(async () => {
    const counts = keys.uploaded(account, host)
    const [files, bytes] = await Promise.all([
      redis.hget(counts, `files ${by}`),
      redis.hget(counts, `bytes ${by}`),
    ])
    return { files: Number(files) || 0, bytes: Number(bytes) || 0 }
  })
