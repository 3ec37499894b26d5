/**
 * The border. A member who may modify an album may also write into its keys by hand, so what stands there is a claim. It is
 * read by these functions alone: they answer in one shape whatever was written, so that a key of another type, an id that is
 * none or a value without end is the matter of that one key, and no list that others ask for fails or slows by it.
 */
import { chunksOf } from '../../shared/domain/chunks.ts'
import { callFunction } from './call-function.ts'
import type { Connection } from './connection.ts'
import { onRedis } from './errors.ts'
import { pairsOf } from './pairs.ts'
import type { StreamEntry } from '../events/stream-fields.ts'

/** Keys read in one call, so that Redis answers others in between. */
const maxKeysPerCall = 500
/** Ids read of one sorted set in one call. */
const maxIdsPerCall = 5000
/** Ids asked for in one call. */
const maxScoresPerCall = 1000
/** Bytes of one value of an event: the ids of the photos of the largest change, or all tags of a photo twice over. */
const maxEventBytes = 200_000
/** Albums that an account can have made as its own: what it lists beyond that is not looked at. */
const maxOwnAlbums = 20_000

/** Field -> bytes that its value has at most; a longer one counts as absent. */
export type FieldLimits = Readonly<Record<string, number>>
/** The values of the fields of a hash, in their order. */
type Row = (string | null)[]
/** A member of a sorted set; `id` null where it is no photo's. */
export interface ScoredId {
  id: string | null
  score: number
}

export const isDamaged = (answer: unknown): answer is -1 => answer === -1

/** Runs one call for each part of the keys, without waiting between them; the answers are in the order of the keys. */
export const inParts = async <T>(keys: string[], call: (part: string[]) => Promise<T[]>): Promise<T[]> =>
  (await Promise.all(chunksOf(keys, maxKeysPerCall).map(call))).flat()

/** Fields of hashes; null for a key that holds something else than a hash. */
export const readHashes = (
  redis: Connection,
  hashes: string[],
  limits: FieldLimits,
): Promise<(Row | null)[]> =>
  inParts(hashes, async (part) => {
    const rows = await callFunction(redis, 'read-hashes', part, Object.entries(limits).flat())
    return rows.map((row) => (isDamaged(row) ? null : row.map((value) => value || null)))
  })

/** Fields of one hash, by name; empty for a key that holds something else. */
export const readHash = async (
  redis: Connection,
  hash: string,
  limits: FieldLimits,
): Promise<Partial<Record<string, string>>> => {
  const [row] = await readHashes(redis, [hash], limits)
  return toRecord(Object.keys(limits), row ?? [])
}

/** The fields that a row has, by name. */
export const toRecord = (fields: readonly string[], row: Row): Partial<Record<string, string>> => {
  const record: Partial<Record<string, string>> = {}
  for (const [i, field] of fields.entries()) {
    const value = row[i]
    if (value !== null && value !== undefined) record[field] = value
  }
  return record
}

/** Scores are times in milliseconds since 1970, within what a date can be; brought there, they are still in order. */
const toScore = (text: string) => {
  const score = Number(text.replace('inf', 'Infinity')) || 0
  return Math.max(-8.64e15, Math.min(8.64e15, score))
}

/** Photos with their scores, as `read-ids` answers them: '' for what is no id. */
export const toScored = (flat: string[]): ScoredId[] =>
  pairsOf(flat).map(([id, score]) => ({ id: id || null, score: toScore(score) }))

interface IdRange {
  /** Members passed over. */
  offset?: number
  limit: number
  /** Counted from the end. */
  descending?: boolean
}

/** A range of the photos of each sorted set; none of a key of another type. */
export const readRanges = (
  redis: Connection,
  sets: string[],
  { offset = 0, limit, descending = false }: IdRange,
): Promise<ScoredId[][]> =>
  inParts(sets, async (part) => {
    const range = [offset, offset + limit - 1, descending ? 'REV' : '']
    const answers = await callFunction(redis, 'read-ids', part, range)
    return answers.map((flat) => (typeof flat === 'number' ? [] : toScored(flat)))
  })

/** All photos of each sorted set, in parts, so that a large one holds up no other client. */
export const readWholeSets = async (
  redis: Connection,
  sets: string[],
  { descending = false } = {},
): Promise<ScoredId[][]> => {
  const whole = await readRanges(redis, sets, { limit: maxIdsPerCall, descending })
  for (const [i, set] of sets.entries())
    for (let part = whole[i]; part?.length === maxIdsPerCall;) {
      const offset = whole[i]?.length ?? 0
      ;[part = []] = await readRanges(redis, [set], { offset, limit: maxIdsPerCall, descending })
      whole[i] = [...(whole[i] ?? []), ...part]
    }
  return whole
}

/** All photo ids of a sorted set, without what is none. */
export const readIds = async (redis: Connection, set: string): Promise<string[]> =>
  ((await readWholeSets(redis, [set]))[0] ?? []).flatMap(({ id }) => id ?? [])

/** What each sorted set says of ids, in their order: null where it does not hold one. */
export const readScores = async (
  redis: Connection,
  sets: string[],
  ids: string[],
): Promise<(number | null)[][]> => {
  const answers = await Promise.all(
    chunksOf(ids, maxScoresPerCall).map((some) =>
      inParts(sets, async (part) => {
        const rows = await callFunction(redis, 'read-scores', part, some)
        return rows.map((row) =>
          isDamaged(row)
            ? some.map(() => null)
            : row.map((score) => (score === null ? null : toScore(score))),
        )
      }),
    ),
  )
  return sets.map((_, i) => answers.flatMap((answer) => answer[i] ?? []))
}

/** How many members each sorted set has; 0 for a key of another type. */
export const readSizes = (redis: Connection, sets: string[]): Promise<number[]> =>
  inParts(sets, async (part) => {
    const sizes = await callFunction(redis, 'read-sizes', part, [])
    return sizes.map((size) => Math.max(0, size))
  })

/** The id of each stream's last entry, '' for an empty one; null for a key that holds something else than a stream. */
export const readEnds = (redis: Connection, streams: string[]): Promise<(string | null)[]> =>
  inParts(streams, async (part) => {
    const ends = await callFunction(redis, 'read-ends', part, [])
    return ends.map((end) => (isDamaged(end) ? null : end))
  })

interface EventRange {
  limit: number
  /** The first and last id; from the newest on back where none is given. */
  from?: string
  to?: string
  newestFirst?: boolean
}

/** Entries of each stream; null for a key that holds something else. Entries such as Cimaise never writes have no fields. */
export const readEvents = (
  redis: Connection,
  streams: string[],
  { limit, from = '-', to = '+', newestFirst = false }: EventRange,
): Promise<(StreamEntry[] | null)[]> =>
  inParts(streams, async (part) => {
    const range = newestFirst ? ['XREVRANGE', to, from] : ['XRANGE', from, to]
    const answers = await callFunction(redis, 'read-events', part, [...range, limit, maxEventBytes])
    return answers.map((entries) => (isDamaged(entries) ? null : entries))
  })

/** A set of album ids. `ownIdPrefix`: what its ids begin with, where an account writes it; '' where only administrators do. */
export interface AlbumSet {
  key: string
  ownIdPrefix: string
  /** The stream that tells of its albums. */
  events: string
  /** What the keys of its albums begin with. */
  albums: string
}

interface KnownSet {
  /** What it had when it was read: its size and the end of its stream. */
  mark: string
  ids: string[]
}

/** What each connection has read: a set of which nothing was told since is not looked through again. */
const knownSets = new WeakMap<Connection, Map<string, KnownSet>>()

/**
 * The ids of albums in sets. Of what an account lists as made by itself, those that begin as its own ids do and are albums
 * at all. `anew` reads a set too of which nothing was told: a change by hand can keep its size and tell nothing.
 */
export const readAlbumIds = (redis: Connection, sets: AlbumSet[], anew = false): Promise<string[]> =>
  onRedis(async () => {
    const before = anew ? undefined : knownSets.get(redis)
    const known = before ?? new Map<string, KnownSet>()
    knownSets.set(redis, known)
    const keys = sets.flatMap(({ key, events, albums }) => [key, events, albums])
    const args = sets.flatMap(({ key, ownIdPrefix }) => [ownIdPrefix, known.get(key)?.mark ?? ''])
    const answers = await callFunction(redis, 'read-albums', keys, [maxOwnAlbums, ...args])
    sets.forEach(({ key }, i) => {
      const answer = answers[i] ?? -1
      if (isDamaged(answer)) known.delete(key)
      // In order once, as views put them in order at each call: of what is in order that takes no time.
      else if (answer !== -2) known.set(key, { mark: answer[0] ?? '', ids: answer.slice(1).sort() })
    })
    return [...new Set(sets.flatMap(({ key }) => known.get(key)?.ids ?? []))]
  })
