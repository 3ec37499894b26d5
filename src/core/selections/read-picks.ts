import { maxCommentLength } from '../../shared/domain/limits.ts'
import { maxVisitorName } from '../../shared/domain/visitor-answers.ts'
import { PhotoId } from '../../shared/schemas/ids.ts'
import type { OwnList } from '../../shared/schemas/selection.ts'
import { line, lines, moment, whole } from '../photos/field-values.ts'
import { callFunction } from '../redis/call-function.ts'
import { isDamaged, readHashes } from '../redis/claims.ts'
import type { Connection } from '../redis/connection.ts'
import { pairsOf } from '../redis/pairs.ts'

/** Bytes of a place: four for a character, and what stands before the words. */
const maxBytes = 4 * maxCommentLength + 100
/** Bytes that are read of all places of one list: what there is beyond is left out. */
const maxBytesRead = 4_000_000
const fieldLimits = { name: 4 * maxVisitorName, note: 4 * maxCommentLength, done: 32 }

/** A list by what stands in its key: a claim of whoever has the link. */
const toList = (flat: string[], [name, note, done]: (string | null)[]) => {
  const seen = new Set<string>()
  const picks = pairsOf(flat)
    .map(([, place]) => place.split('\t'))
    .toSorted((a, b) => whole(a[1]) - whole(b[1]))
    .flatMap(([photo = '', , ...words]) => {
      if (seen.has(photo) || !PhotoId.safeParse(photo).success) return []
      seen.add(photo)
      return [{ photo, words: lines(words.join('\t')).slice(0, maxCommentLength) }]
    })
  return {
    name: line(name ?? '').slice(0, maxVisitorName),
    note: lines(note ?? '').slice(0, maxCommentLength),
    // As write-selection.lua reads it.
    done: done && /^\d+$/.test(done) ? (moment(String(Number(done) / 1000)) ?? null) : null,
    picks,
  }
}

/** A list as it stands in Redis (write-selection.lua), by fields. The times of its photos are but their order. */
export const storedPicks = ({
  name,
  note,
  done,
  picks,
}: Pick<OwnList, 'name' | 'note' | 'done' | 'picks'>): [field: string, value: string | number][] => [
  ['last', picks.length],
  ['name', name],
  ['note', note],
  ['done', done === null ? '' : String(1000 * Date.parse(done))],
  ...picks.map(({ photo, words }, i): [string, string] => [`${i + 1}`, `${photo}\t${i + 1}\t${words}`]),
]

/** Reads the list that stands in a key, as far as it has places: what stands beyond them counts for nothing. */
export const readPicks = async (
  redis: Connection,
  key: string,
  most: number,
): Promise<Pick<OwnList, 'name' | 'note' | 'done' | 'picks'>> => {
  const [[flat], [fields]] = await Promise.all([
    callFunction(redis, 'read-comments', [key], ['*', most, maxBytes, maxBytesRead, '']),
    readHashes(redis, [key], fieldLimits),
  ])
  return toList(isDamaged(flat) || !Array.isArray(flat) ? [] : flat, fields ?? [])
}
