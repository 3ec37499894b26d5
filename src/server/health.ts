import { setTimeout as wait } from 'node:timers/promises'
import type { Gallery } from '../core/gallery/gallery.ts'

/** How long Redis may take to answer before it counts as ill, in milliseconds. */
const answerTimeoutMs = 2000

const late = Symbol('late')

const failure = (error: unknown) => {
  const message = error instanceof Error ? error.message : ''
  if (message.startsWith('BUSY')) return 'Redis is busy with a script'
  if (message.startsWith('LOADING')) return 'Redis is still loading the gallery'
  return 'Redis cannot be reached'
}

const ask = async (gallery: Gallery): Promise<string | null> => {
  const over = new AbortController()
  try {
    const pong = gallery.guest().then(({ redis }) => redis.ping())
    const first = await Promise.race([pong, wait(answerTimeoutMs, late, { signal: over.signal })])
    return first === late ? 'Redis does not answer' : null
  } catch (error) {
    return failure(error)
  } finally {
    over.abort()
  }
}

/** Asks Redis at most once at a time, however many ask for its health. Resolves to what is wrong with it, or null. */
export const healthOf = (gallery: Gallery) => {
  let asked: Promise<string | null> | null = null
  return (): Promise<string | null> => (asked ??= ask(gallery).finally(() => (asked = null)))
}
