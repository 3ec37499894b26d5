import { createHash } from 'node:crypto'
import { AccountName } from '../../shared/schemas/ids.ts'
import { readEvents } from '../redis/claims.ts'
import { fieldOf } from './stream-fields.ts'
import type { Session } from '../gallery/session.ts'

/** An entry of a stream of events, and the album that it is about. */
export interface RecordedEvent {
  id: string
  /** Milliseconds since 1970. */
  at: number
  album: string
  stream: string
  fields: string[]
  /** How many of its photos the caller may see, where these are not all. */
  seen?: number
}

/** Acts of an account that are kept, about (includes/common.lua). */
const keptActs = 5000

/** What identifies an event: its stream and all that it says, each text with its length (digest_of in common.lua). */
const eventDigest = (stream: string, fields: string[]): string => {
  const digest = createHash('sha1')
  for (const text of [stream, ...fields]) digest.update(`${Buffer.byteLength(text)}:${text}`)
  return digest.digest('hex')
}

/** The digests of what an account did, as it alone can have written them. */
const actsOf = async ({ redis, keys }: Session, account: string) => {
  const [entries] = await readEvents(redis, [keys.acts(account)], { limit: keptActs, newestFirst: true })
  return new Set((entries ?? []).map(([, fields]) => fieldOf(fields, 'event')))
}

/**
 * The events whose author is proven. A member who may modify an album may write events into its stream, in any name; only the
 * account itself can have noted the same event among its acts. Those can be read by administrators, and by the account.
 */
export const proveEvents = async (session: Session, events: RecordedEvent[]): Promise<Set<RecordedEvent>> => {
  const { keys, account } = session
  const { administrator } = session.identity
  const authorOf = ({ fields }: RecordedEvent) => fieldOf(fields, 'by')
  const readable = (name: string) => administrator || name === account
  const names = new Set(events.map(authorOf).filter((name) => AccountName.safeParse(name).success))
  const acts = new Map<string, Set<string>>()
  for (const name of names) if (readable(name)) acts.set(name, await actsOf(session, name))
  const seen = new Set<string>()
  const isProven = (event: RecordedEvent) => {
    // The gallery's own stream is written by administrators alone.
    if (event.stream === keys.events) return true
    const digest = eventDigest(event.stream, event.fields)
    if (seen.has(digest) || !acts.get(authorOf(event))?.has(digest)) return false
    seen.add(digest) // a second event of the same words is a copy
    return true
  }
  // From the oldest on, as the copy is the later one.
  return new Set(events.toReversed().filter(isProven))
}
