import { z } from 'zod'
import { maxPhotosPerWish } from '../../shared/domain/statuses.ts'
import { AlbumId, TokenName } from '../../shared/schemas/ids.ts'
import { isWrongType } from '../redis/errors.ts'
import type { StreamEntry } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'

/*
 * How accounts ask an administrator's session to do something for them. What stands there is a claim: an account may write
 * anything into its own stream, or something else in its place.
 */

/** Requests kept of one account; where there are more, the account floods, and all are dropped. */
export const maxRequestsWaiting = 10
/** Bytes that these may take in Redis. */
const maxRequestBytes = 64 * 1024
/** Connections that a request may ask to spare. */
const maxSpared = 50
/** A photo and the status that it is to have; nothing behind the sign takes it away. */
const wishForm = /^[0-9A-Za-z]{10}=[0-9A-Za-z]{0,16}$/
const Request = z.object({
  what: z.enum(['password', 'sign-out', 'comments', 'token', 'token-end', 'status']),
  digest: z.union([z.literal(''), z.string().regex(/^[0-9a-f]{64}$/)]).default(''),
  /** Of `comments`: the album that photos have left, of which something was said. Of `status`: that of the photos. */
  album: z.union([z.literal(''), AlbumId]).default(''),
  /** Of `token` and `token-end`: which one. */
  token: z.union([z.literal(''), TokenName]).default(''),
  /** Of `token`: what for, until when, and the albums that it reads; `*`: all that the account may read. */
  label: z.string().max(100).default(''),
  expires: z.union([z.literal(''), z.iso.datetime()]).default(''),
  albums: z
    .string()
    .max(100 * 50)
    .default('')
    .transform((text) => text.split(' ').filter(Boolean).slice(0, 100)),
  /** Of `status`: the operation that it belongs to, and photos with their statuses, as `photo=status`. */
  act: z.string().max(20).default(''),
  values: z
    .string()
    .max(maxPhotosPerWish * 40)
    .default('')
    .transform((text) =>
      text
        .split(' ')
        .filter((value) => wishForm.test(value))
        .slice(0, maxPhotosPerWish),
    ),
  session: z.string().regex(/^[0-9A-Za-z]{8}$/),
  clients: z
    .string()
    .max(maxSpared * 100)
    .default('')
    .transform((text) => text.split(' ').filter(Boolean).slice(0, maxSpared)),
})

/** What a request is about. */
export type RequestDetails = Omit<z.output<typeof Request>, 'what' | 'session' | 'clients'>

export const noDetails: RequestDetails = {
  digest: '',
  album: '',
  token: '',
  label: '',
  expires: '',
  albums: [],
  act: '',
  values: [],
}

/** A request as it stands in the stream. */
export const requestFields = ({ clients, albums, values, ...request }: z.output<typeof Request>): string[] =>
  Object.entries({
    ...request,
    clients: clients.join(' '),
    albums: albums.join(' '),
    values: values.join(' '),
  }).flat()

/** What each kind of request has to say. */
const needed = {
  password: ['digest'],
  'sign-out': [],
  comments: ['album'],
  token: ['token', 'digest', 'label', 'expires', 'albums'],
  'token-end': ['token'],
  status: ['album', 'act', 'values'],
} as const satisfies Record<z.output<typeof Request>['what'], readonly (keyof RequestDetails)[]>

/** A request by what stands in the stream; null where that is none. */
export const parseRequest = (fields: string[]): z.output<typeof Request> | null => {
  if (fields.length > 24) return null
  const pairs = fields.flatMap((name, i) => (i % 2 ? [] : [[name, fields[i + 1]] as const]))
  const { data } = Request.safeParse(Object.fromEntries(pairs))
  return data && needed[data.what].every((field) => data[field].length > 0) ? data : null
}

/** What one account asks for. */
export type Asked = { account: string; entries: StreamEntry[] | null }

/** What accounts ask for; null where that is too much, or no stream. What is large is not read to be looked at. */
export const readRequests = async ({ redis, keys }: Session, accounts: string[]): Promise<Asked[]> => {
  const measured = redis.pipeline()
  for (const account of accounts) measured.memory('USAGE', keys.requests(account))
  const sizes = (await measured.exec()) ?? []
  const there = accounts.flatMap((account, i) => {
    const bytes = sizes[i]?.[1]
    return typeof bytes === 'number' ? [{ account, bytes }] : []
  })
  const small = there.filter(({ bytes }) => bytes <= maxRequestBytes).map(({ account }) => account)
  const large = there.filter(({ bytes }) => bytes > maxRequestBytes).map(({ account }) => account)
  const asked = redis.pipeline()
  for (const account of small) asked.xrange(keys.requests(account), '-', '+', 'COUNT', maxRequestsWaiting + 1)
  const answers = (await asked.exec()) ?? []
  const read = small.flatMap((account, i): Asked[] => {
    const [error, reply] = answers[i] ?? []
    if (error) return isWrongType(error) ? [{ account, entries: null }] : []
    const entries = reply as StreamEntry[]
    return [{ account, entries: entries.length > maxRequestsWaiting ? null : entries }]
  })
  return [...read, ...large.map((account): Asked => ({ account, entries: null }))]
}
