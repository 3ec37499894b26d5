import type { Connection } from './connect.ts'

export type StreamEntry = [id: string, fields: string[]]
export type StreamReply = [key: string, entries: StreamEntry[]][]

/** The value of a field of an entry; empty where it has none. */
export const fieldOf = (fields: string[], name: string): string => {
  for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return fields[i + 1] ?? ''
  return ''
}

/**
 * Waits so many milliseconds for entries behind the positions in streams, on a connection that does nothing else. At most
 * `count` are read of each.
 */
export const readStreams = async (
  redis: Connection,
  positions: Map<string, string>,
  patience: number,
  count = 500,
): Promise<StreamReply> => {
  const keys = [...positions.keys()]
  const command = ['COUNT', count, 'BLOCK', patience, 'STREAMS', ...keys, ...positions.values()]
  const reply = (await redis.call('XREAD', ...command)) as StreamReply | (string | StreamEntry[])[] | null
  // Under RESP3 the reply is a map, which ioredis flattens to [key, entries, key, entries, …].
  if (!reply || Array.isArray(reply[0])) return (reply as StreamReply | null) ?? []
  const flat = reply as (string | StreamEntry[])[]
  return keys.flatMap((key) => {
    const at = flat.indexOf(key)
    return at < 0 ? [] : [[key, flat[at + 1]] as StreamReply[0]]
  })
}
