import type { MailProblem } from '../../shared/schemas/mail.ts'
import { fieldOf, timeOfEntry, type StreamEntry } from '../events/stream-fields.ts'
import { line } from '../photos/field-values.ts'
import type { Sender } from './people.ts'

/** Failures of one mail until it is given up: after the last wait of some two days. */
const maxTries = 9
const firstWaitMs = 5 * 60_000
const maxWaitMs = 12 * 60 * 60_000
/** Problems that are kept, and for how long, in seconds. */
const maxProblems = 200
const keptSeconds = 30 * 24 * 60 * 60

/** How long it is waited after so many failures, in milliseconds. */
const waitAfter = (failures: number): number => Math.min(firstWaitMs * 2 ** (failures - 1), maxWaitMs)

/** How often mail to each account failed, and when it is tried again, in milliseconds since 1970. */
export const readTries = async ({
  redis,
  keys,
}: Sender): Promise<Map<string, { failures: number; next: number }>> => {
  const all = Object.entries(await redis.hgetall(keys.mailTries))
  return new Map(
    all.map(([account, text]) => {
      const [failures = 0, next = 0] = text.split(' ').map(Number)
      return [account, { failures, next }]
    }),
  )
}

/** Notes for administrators what went wrong. */
export const noteProblem = async (
  { redis, keys }: Sender,
  { what, account, reason }: Omit<MailProblem, 'at'>,
): Promise<void> => {
  await redis.xadd(
    keys.mailLog,
    ...['MAXLEN', '~', maxProblems, '*', 'what', what, 'account', account, 'reason', reason],
  )
  await redis.expire(keys.mailLog, keptSeconds)
}

/** What went wrong last, the newest first. */
export const readProblems = async ({ redis, keys }: Sender): Promise<MailProblem[]> => {
  const entries = (await redis.xrevrange(keys.mailLog, '+', '-', 'COUNT', 50)) as StreamEntry[]
  return entries.flatMap(([id, fields]) => {
    const what = fieldOf(fields, 'what')
    if (what !== 'refused' && what !== 'failed' && what !== 'given-up') return []
    const at = new Date(timeOfEntry(id)).toISOString()
    return [{ at, what, account: fieldOf(fields, 'account'), reason: line(fieldOf(fields, 'reason')) }]
  })
}

/** Notes that a mail failed. Whether it is given up: it was tried long enough. */
export const noteFailure = async (
  sender: Sender,
  account: string,
  reason: string,
  { failures, now }: { failures: number; now: number },
): Promise<boolean> => {
  const { redis, keys } = sender
  const count = failures + 1
  const isOver = count >= maxTries
  if (isOver) await redis.hdel(keys.mailTries, account)
  else await redis.hset(keys.mailTries, account, `${count} ${now + waitAfter(count)}`)
  await redis.expire(keys.mailTries, keptSeconds)
  if (count === 1 || isOver)
    await noteProblem(sender, { what: isOver ? 'given-up' : 'failed', account, reason })
  return isOver
}
