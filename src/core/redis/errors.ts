import { GalleryError } from '../../shared/errors.ts'

const first = (text: string) => text.split(' ', 1)[0] ?? ''

/** What to say for each way in which Redis refuses; the word is the first of its error reply. */
const replies: Record<string, (message: string) => GalleryError> = {
  NOPERM: () => new GalleryError('FORBIDDEN', 'This account has no right to do that.'),
  NOAUTH: () => new GalleryError('FORBIDDEN', 'Log in first.'),
  WRONGPASS: () =>
    new GalleryError(
      'FORBIDDEN',
      'Redis does not accept this account and password. Check both and try again.',
    ),
  OOM: () =>
    new GalleryError(
      'UNAVAILABLE',
      'Redis is out of memory, so nothing can be added. Raise its maxmemory, or remove photos from the gallery.',
    ),
  READONLY: () =>
    new GalleryError(
      'UNAVAILABLE',
      'This Redis is a read-only replica. Put the address of the primary into CIMAISE_REDIS_URL.',
    ),
  MISCONF: (message) =>
    new GalleryError(
      'UNAVAILABLE',
      `Redis cannot write to its disk and accepts no changes until it can. Free some space on that disk. (${message})`,
    ),
  LOADING: () =>
    new GalleryError('UNAVAILABLE', 'Redis is still loading the gallery. Try again in a moment.'),
  BUSY: () =>
    new GalleryError(
      'UNAVAILABLE',
      'Redis is busy with a script that takes too long. It is ended by itself within seconds: try again in a moment.',
    ),
  WRONGTYPE: () =>
    new GalleryError(
      'UNAVAILABLE',
      'Something in the gallery is damaged: a key holds something else than it should. `cimaise doctor --check` names it.',
    ),
  MASTERDOWN: () => new GalleryError('UNAVAILABLE', 'This Redis is a replica that has lost its primary.'),
  CLUSTERDOWN: () => new GalleryError('UNAVAILABLE', 'The Redis cluster is down.'),
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'EAI_AGAIN',
])

/** Redis cannot be reached: in ioredis's words, or in those of the network. */
const isAway = (error: Error & { code?: string }) =>
  networkCodes.has(error.code ?? '') ||
  error.name === 'MaxRetriesPerRequestError' ||
  error.name === 'ClusterAllFailedError' ||
  /connection is closed|stream isn't writeable|command timed out|all sentinels are unreachable/i.test(
    error.message,
  )

/**
 * Makes a GalleryError of what Redis, the network or one of our scripts threw; anything else is returned as it is.
 * A script refuses with a reply whose first word is one of our codes: `NOT_FOUND no such album`.
 */
export const fromRedis = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof GalleryError) return error
  // A transaction is refused as a whole; why, its first refused command says.
  const [reason] = (error as { previousErrors?: unknown[] }).previousErrors ?? []
  if (error.message.startsWith('EXECABORT') && reason) return fromRedis(reason)
  const message = error.message.replace(/^ERR /, '').replace(/ script: .*$/s, '')
  const word = first(message)
  if (/ACL failure in script|user executing the script can't/.test(error.message))
    return new GalleryError('FORBIDDEN', 'This account has no right to do that.', { cause: error })
  const known = replies[word]
  if (known) return Object.assign(known(message), { cause: error })
  if (word === 'NOT_FOUND' || word === 'CONFLICT' || word === 'INVALID')
    return new GalleryError(word, message.slice(word.length + 1), { cause: error })
  if (isAway(error))
    return new GalleryError('UNAVAILABLE', 'Redis cannot be reached. It is tried again by itself.', {
      cause: error,
    })
  return error
}

/** A key holds something of another type than it was asked for. */
export const isWrongType = (error: unknown): boolean => {
  const first = error instanceof GalleryError ? error.cause : error
  return first instanceof Error && first.message.startsWith('WRONGTYPE')
}

/** Runs work on Redis; what it throws comes out as a GalleryError where it is one. */
export const onRedis = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw fromRedis(error)
  }
}

/** The answers of a pipeline or transaction; throws the first error among them. */
export const results = <T = unknown>(replies: [error: Error | null, result: unknown][] | null): T[] => {
  if (!replies)
    throw new GalleryError('CONFLICT', 'Somebody else changed this at the same moment. Try again.')
  return replies.map(([error, result]) => {
    if (error) throw fromRedis(error)
    return result as T
  })
}
