import { chunksOf } from '../../../shared/domain/chunks.ts'
import type { Session } from '../../gallery/session.ts'
import { onRedis } from '../../redis/errors.ts'
import { encodeEntry, type Entry, type FailedFile } from './file-index.ts'

/** Forgets what was taken in from a path. */
export const forgetEntry = ({ redis, keys, account, host }: Session, path: string) =>
  onRedis(() => redis.hdel(keys.library(account, host), path))

/** Notes that the file is known as it is now, without a change to its photo. */
export const noteEntry = ({ redis, keys, account, host }: Session, path: string, entry: Entry) =>
  onRedis(() => redis.hset(keys.library(account, host), path, encodeEntry(entry)))

/** Entries written in one command. */
const entriesAtOnce = 500

/** Notes many of them. */
export const noteEntries = async (
  { redis, keys, account, host }: Session,
  entries: Map<string, Entry>,
): Promise<void> => {
  const fields = [...entries].map(([path, entry]) => [path, encodeEntry(entry)] as const)
  for (const part of chunksOf(fields, entriesAtOnce))
    await onRedis(() => redis.hset(keys.library(account, host), ...part.flat()))
}

/** Notes a file that could not be read, so that it is not read again before it changes. */
export const noteFailure = ({ redis, keys, account, host }: Session, path: string, failure: FailedFile) =>
  onRedis(() => redis.hset(keys.failures(account, host), path, JSON.stringify(failure)))

export const forgetFailure = ({ redis, keys, account, host }: Session, path: string) =>
  onRedis(() => redis.hdel(keys.failures(account, host), path))
