import { GalleryError } from '../../shared/errors.ts'
import { innermost, isOfNetwork } from './patience.ts'
import { readText } from '../../shared/i18n/english.ts'

const first = (text: string) => text.split(' ', 1)[0] ?? ''

/** What to say for each way in which Redis refuses; the word is the first of its error reply. */
const replies: Record<string, (message: string) => GalleryError> = {
  NOPERM: () => new GalleryError('FORBIDDEN', 'noRight'),
  NOAUTH: () => new GalleryError('FORBIDDEN', 'logInFirst'),
  WRONGPASS: () => new GalleryError('FORBIDDEN', 'wrongLogin'),
  OOM: () => new GalleryError('UNAVAILABLE', 'redisFull'),
  READONLY: () => new GalleryError('UNAVAILABLE', 'redisReplica'),
  MISCONF: (message) => new GalleryError('UNAVAILABLE', 'redisDiskFull', { message }),
  LOADING: () => new GalleryError('UNAVAILABLE', 'redisLoading'),
  BUSY: () => new GalleryError('UNAVAILABLE', 'redisBusy'),
  WRONGTYPE: () => new GalleryError('UNAVAILABLE', 'redisDamaged'),
  MASTERDOWN: () => new GalleryError('UNAVAILABLE', 'redisLostPrimary'),
  CLUSTERDOWN: () => new GalleryError('UNAVAILABLE', 'redisClusterDown'),
  NOREPLICAS: () => new GalleryError('UNAVAILABLE', 'redisNoReplicas'),
  // patience.ts
  CHANGINGOVER: () => new GalleryError('UNAVAILABLE', 'changingOver'),
}

const ofFunction = (code: 'NOT_FOUND' | 'CONFLICT' | 'INVALID', refusal: string, cause: Error) => {
  const id = first(refusal)
  const text = readText({ id, blanks: parseJson(refusal.slice(id.length + 1)) })
  return text
    ? new GalleryError(code, text.id, text.blanks, { cause })
    : new GalleryError(code, 'verbatim', { text: refusal }, { cause })
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** Redis cannot be reached: in ioredis's words, or in those of the network. */
const isAway = (error: Error) =>
  isOfNetwork(error) ||
  error.name === 'MaxRetriesPerRequestError' ||
  error.name === 'ClusterAllFailedError' ||
  /connection is closed|stream isn't writeable|command timed out|all sentinels are unreachable|none of startup nodes/i.test(
    error.message,
  )

/**
 * Makes a GalleryError of what Redis, the network or one of our scripts threw; anything else is returned as it is.
 * A function refuses with one of our codes, the id of a text and what fills its blanks: `NOT_FOUND accountGone {"name":"ana"}`.
 */
export const fromRedis = (thrown: unknown): unknown => {
  const error = innermost(thrown)
  if (!(error instanceof Error) || error instanceof GalleryError) return error
  // A transaction is refused as a whole; why, its first refused command says.
  const [reason] = (error as { previousErrors?: unknown[] }).previousErrors ?? []
  if (error.message.startsWith('EXECABORT') && reason) return fromRedis(reason)
  const message = error.message.replace(/^ERR /, '').replace(/ script: .*$/s, '')
  const word = first(message)
  if (/ACL failure in script|user executing the script can't/.test(error.message))
    return new GalleryError('FORBIDDEN', 'noRight', {}, { cause: error })
  const known = replies[word]
  if (known) return Object.assign(known(message), { cause: error })
  if (word === 'NOT_FOUND' || word === 'CONFLICT' || word === 'INVALID')
    return ofFunction(word, message.slice(word.length + 1), error)
  if (isAway(error)) return new GalleryError('UNAVAILABLE', 'redisAway', {}, { cause: error })
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
  if (!replies) throw new GalleryError('CONFLICT', 'changedAtOnce')
  return replies.map(([error, result]) => {
    if (error) throw fromRedis(error)
    return result as T
  })
}
