import { AlbumId, CollectionId, PhotoId } from '../../shared/schemas/ids.ts'
import type { Connection } from '../redis/connection.ts'

export type StreamEntry = [id: string, fields: string[]]
export type StreamReply = [key: string, entries: StreamEntry[]][]

/** Entries of a stream in one answer. */
export const maxEntries = 100
/** What an entry holds at most, as far as Cimaise writes it. A longer one was written by hand, and has no fields here. */
const maxFields = 40
const maxFieldBytes = 200_000

/** Events by which photos come into an album. */
export const arrivals = new Set(['added', 'arrived'])

/** The value of a field of an entry; empty where it has none. */
export const fieldOf = (fields: string[], name: string): string => {
  for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return fields[i + 1] ?? ''
  return ''
}

/** The ids of photos in a text, separated by commas; what is none is left out. */
export const photosIn = (text: string): string[] =>
  text.split(',').filter((id) => PhotoId.safeParse(id).success)

/** The id of an album, or '' for what is none. */
export const albumIn = (text: string): string => (AlbumId.safeParse(text).success ? text : '')

/** The id of a collection, or '' for what is none. */
export const collectionIn = (text: string): string => (CollectionId.safeParse(text).success ? text : '')

/** How far ahead the clock may be that gave an entry its id; what lies beyond was written by hand, in milliseconds. */
export const maxClockSkewMs = 24 * 60 * 60_000

/** When an entry was added, in milliseconds since 1970, by its id; 0 for one that no clock gave. */
export const timeOfEntry = (id: string): number => {
  const time = Number(id.split('-')[0])
  return time >= 0 && time <= 8.64e15 ? time : 0
}

/** Answers stay bytes until their lengths are known: a text without end would be the end of this process. */
const toEntry = (entry: unknown): StreamEntry[] => {
  const [id, fields] = entry as [Buffer, Buffer[]]
  const plain = fields.length <= maxFields && fields.every((field) => field.length <= maxFieldBytes)
  return [[id.toString(), plain ? fields.map(String) : []]]
}

/**
 * Entries behind the positions in streams, waited for so many milliseconds on a connection that does nothing else; null: those
 * that are there. At most `count` are read of each.
 */
export const readStreams = async (
  redis: Connection,
  positions: Map<string, string>,
  timeoutMs: number | null,
  count = maxEntries,
): Promise<StreamReply> => {
  const keys = [...positions.keys()]
  const wait = timeoutMs === null ? [] : ['BLOCK', timeoutMs]
  const command = ['COUNT', count, ...wait, 'STREAMS', ...keys, ...positions.values()]
  const reply = (await redis.callBuffer('XREAD', ...command)) as unknown[] | null
  // Under RESP2 the reply is a list of pairs, under RESP3 a map, which ioredis flattens to [key, entries, key, entries, …].
  const flat = reply === null ? [] : Buffer.isBuffer(reply[0]) ? reply : reply.flat(1)
  return Array.from({ length: flat.length / 2 }, (_, i) => [
    String(flat[2 * i]),
    (flat[2 * i + 1] as unknown[]).flatMap(toEntry),
  ])
}
