import { setTimeout as wait } from 'node:timers/promises'
import { maxCopies } from '../../shared/domain/limits.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'
import { fromRedis } from './errors.ts'
import { patience } from './patience.ts'
import { isSettled, primaryOf } from './primary.ts'

/** How long what a gallery says of copies is believed, in milliseconds: an administrator may say otherwise meanwhile. */
const copiesAgeMs = 10_000
/** How long a change waits for its copies in one go, between two, and in all, in milliseconds. */
const copyTimeoutMs = 1000
const pauseMs = 100
const allCopiesTimeoutMs = 4000

/** What a gallery says of copies, as a number: none where it says nothing, or what is none. */
export const parseCopies = (text: string | null): number => {
  const copies = Number(text)
  return Number.isInteger(copies) && copies > 0 ? Math.min(copies, maxCopies) : 0
}

const known = new WeakMap<Connection, { copies: number; until: number }>()

/** How many other machines must have a change before it counts as made. `meta`: the key that says so. */
export const copiesWanted = async (redis: Connection, meta: string): Promise<number> => {
  const last = known.get(redis)
  if (last && performance.now() < last.until) return last.copies
  const copies = parseCopies(await redis.hget(meta, 'copies'))
  known.set(redis, { copies, until: performance.now() + copiesAgeMs })
  return copies
}

/** The gallery says something else of copies now. */
export const forgetCopies = (redis: Connection): void => void known.delete(redis)

const isRepeated = (error: unknown) => {
  const refusal = fromRedis(error)
  return refusal instanceof GalleryError && refusal.text.id === 'changeWasMade'
}

const unsafe = (reached: number, wanted: number) =>
  reached < wanted
    ? new GalleryError('UNAVAILABLE', 'tooFewCopies', { reached: String(reached), wanted: String(wanted) })
    : new GalleryError('UNAVAILABLE', 'primaryInDoubt')

/** What came of a change: what its function answered, or refused. */
type Answer = [error: Error | null, value?: unknown]

/**
 * Sends a change, and resolves once so many other machines have it, and no other server is about to take over that may not. Until then it
 * is sent again and again: one that has become primary meanwhile makes it where it lacks it, and none makes it twice.
 * `change`: the arguments of FCALL. Throws what the function refuses with, or UNAVAILABLE where that takes too long.
 */
export const sendSafely = async (redis: Connection, change: (string | number | Buffer)[], copies: number) => {
  if (copies === 0) return redis.call('FCALL', ...(change as [string]))
  let answer: Answer | null = null
  const waitOut = patience(redis)
  for (let deadline = 0; ;) {
    const primary = primaryOf(redis)
    const sent = redis.pipeline().call('FCALL', ...(change as [string]))
    const [made, copied] = (await sent.call('WAIT', copies, copyTimeoutMs).exec()) ?? []
    if (!made) throw new Error('no answer')
    if (!made[0]) answer = made
    else if (isRepeated(made[0])) answer ??= made
    else {
      await waitOut(made[0])
      continue
    }
    const reached = copied?.[0] ? 0 : Number(copied?.[1])
    if (reached >= copies && (await isSettled(redis, primary))) break
    // Its patience begins with the first answer: that may have taken as long as another server took to take over.
    deadline ||= performance.now() + allCopiesTimeoutMs
    if (performance.now() > deadline) throw unsafe(reached, copies)
    await wait(pauseMs)
  }
  if (answer[0]) throw answer[0]
  return answer[1]
}
