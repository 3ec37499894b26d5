import type { AuditLine } from '../../shared/schemas/access.ts'
import { AccessLevel, Subject } from '../../shared/schemas/access.ts'
import { AlbumId } from '../../shared/schemas/ids.ts'
import { onRedis } from '../redis/errors.ts'
import { fieldOf, type StreamEntry } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'

/*
 * Two streams, each with a length of its own: what administrators did, and what accounts asked for. However much an account
 * asks for, it pushes no act of an administrator out.
 */

/** Lines that the record keeps of administrators' acts, about; the scripts that write there say the same. */
const maxActs = 10_000
/** Lines that it keeps of what accounts asked for, about. */
const maxRequests = 2000
/** Among so many of the last requests, an account's line is joined with an equal one. */
const maxLooked = 50
/** Characters of a text in a line. */
const maxTextLength = 300
/** The last moment that a date can be, in milliseconds since 1970 (ECMA-262, time values). */
const lastTime = 8.64e15

/** What tells the lines of requests from those of acts, as ids of two streams may be alike. */
const requestMark = 'r'

type Sheet = 'acts' | 'requests'

const text = (value: string | undefined) => (value ?? '').slice(0, maxTextLength)

/** The time in the id of an entry, or a time in milliseconds, in ISO 8601; of what is no time, the first or the last that is one. */
const isoTime = (milliseconds: string | undefined) => {
  const time = /^\d+$/.test(milliseconds ?? '') ? Number(milliseconds) : 0
  return new Date(Math.min(time, lastTime)).toISOString()
}

const timeOf = (id: string) => id.split('-')[0] ?? ''

const countOf = (fields: string[]) => {
  const count = Number(fieldOf(fields, 'count'))
  return Number.isSafeInteger(count) && count > 0 ? count : 1
}

const rightOf = ([subject, album, from, to]: string[]): AuditLine['rights'] => {
  const known = Subject.safeParse(subject)
  if (!known.success || !AlbumId.safeParse(album).success) return []
  const level = (word: string | undefined) => AccessLevel.catch('none').parse(word)
  return [{ subject: known.data, album: album ?? '', from: level(from), to: level(to) }]
}

/** An entry as a line, whatever it holds. */
const toLine = (sheet: Sheet, [id, fields]: StreamEntry): AuditLine => {
  const rows = fieldOf(fields, 'changes')
    .split('\n')
    .filter(Boolean)
    .map((row) => row.split('\t'))
  const rights = fieldOf(fields, 'what') === 'rights'
  const since = fieldOf(fields, 'since')
  return {
    id: sheet === 'acts' ? id : id + requestMark,
    at: isoTime(timeOf(id)),
    by: text(fieldOf(fields, 'by')),
    what: text(fieldOf(fields, 'what')),
    subject: text(fieldOf(fields, 'subject')),
    count: countOf(fields),
    since: since === '' ? null : isoTime(since),
    fields: rights
      ? []
      : rows.map(([field, from, to]) => ({ field: text(field), from: text(from), to: text(to) })),
    rights: rights ? rows.flatMap(rightOf) : [],
  }
}

const read = async ({ redis, keys }: Session, sheet: Sheet, end: string, limit: number) => {
  const key = sheet === 'acts' ? keys.audit : keys.auditRequests
  const entries = (await redis.xrevrange(key, end, '-', 'COUNT', limit)) as StreamEntry[]
  return entries.map((entry) => ({ sheet, id: entry[0], line: toLine(sheet, entry) }))
}

interface Read {
  sheet: Sheet
  id: string
}

/** The newest first; of two at the same moment, the act. */
const newestFirst = (a: Read, b: Read): number => {
  const [timeA = 0n, countA = 0n] = a.id.split('-').map(BigInt)
  const [timeB = 0n, countB = 0n] = b.id.split('-').map(BigInt)
  if (timeA !== timeB) return timeA < timeB ? 1 : -1
  if (countA !== countB) return countA < countB ? 1 : -1
  return a.sheet === b.sheet ? 0 : a.sheet === 'acts' ? -1 : 1
}

/** Where each stream goes on behind a line: requests of the same moment stand behind acts. */
const endsBefore = (before: string | undefined) => {
  const [, id, mark] = /^(\d{1,20}-\d{1,20})(r?)$/.exec(before ?? '') ?? []
  if (id === undefined) return { acts: '+', requests: '+' }
  return { acts: `(${id}`, requests: mark === '' ? id : `(${id}` }
}

/**
 * The record of who changed what about accounts, groups and rights, and of what accounts asked for; the newest first, from
 * behind the line with the id `before`. Administrators.
 */
export const listAudit = (session: Session, limit: number, before?: string): Promise<AuditLine[]> =>
  onRedis(async () => {
    const ends = endsBefore(before)
    const sheets = [read(session, 'acts', ends.acts, limit), read(session, 'requests', ends.requests, limit)]
    const all = (await Promise.all(sheets)).flat().toSorted(newestFirst)
    return all.slice(0, limit).map(({ line }) => line)
  })

/** The last acts of administrators, and of the program itself, alone. Administrators. */
export const listActs = (session: Session, limit: number): Promise<AuditLine[]> =>
  onRedis(async () => (await read(session, 'acts', '+', limit)).map(({ line }) => line))

/** Adds a line to the record, for what no script writes there itself. `rows`: field, former and new value. */
export const note = async (
  { redis, keys, account }: Pick<Session, 'redis' | 'keys' | 'account'>,
  what: string,
  subject: string,
  rows: string[][] = [],
): Promise<void> => {
  const changes = rows.map((row) => row.join('\t')).join('\n')
  const fields = ['what', what, 'by', account, 'act', '', 'subject', subject, 'changes', changes]
  await redis.xadd(keys.audit, 'MAXLEN', '~', maxActs, '*', ...fields)
}

/** Adds a line of what an account asked for, or asked for so many times. */
export const noteRequest = async (
  { redis, keys }: Pick<Session, 'redis' | 'keys'>,
  account: string,
  what: string,
  { rows = [], count = 1 }: { rows?: string[][]; count?: number } = {},
): Promise<void> => {
  const changes = rows.map((row) => row.join('\t')).join('\n')
  const fields = ['what', what, 'by', account, 'act', '', 'subject', account, 'changes', changes]
  await redis.xadd(keys.auditRequests, 'MAXLEN', '~', maxRequests, '*', ...fields, 'count', count)
  await joinRequests({ redis, keys }, account)
}

const sameFields = ['what', 'by', 'subject', 'changes']

/** Makes one line of an account's last two, where they say the same: with their number, and the time of the first. */
export const joinRequests = async (
  { redis, keys }: Pick<Session, 'redis' | 'keys'>,
  account: string,
): Promise<void> => {
  const entries = (await redis.xrevrange(keys.auditRequests, '+', '-', 'COUNT', maxLooked)) as StreamEntry[]
  const [last, former] = entries.filter(([, fields]) => fieldOf(fields, 'by') === account)
  if (!last || !former) return
  if (sameFields.some((name) => fieldOf(last[1], name) !== fieldOf(former[1], name))) return
  const since = fieldOf(former[1], 'since') || timeOf(former[0])
  const fields = sameFields.flatMap((name) => [name, fieldOf(last[1], name)])
  const count = countOf(last[1]) + countOf(former[1])
  await redis
    .multi()
    .xdel(keys.auditRequests, last[0], former[0])
    .xadd(keys.auditRequests, 'MAXLEN', '~', maxRequests, '*', ...fields, 'count', count, 'since', since)
    .exec()
}
