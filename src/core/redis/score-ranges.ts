/** Parts of sorted sets by their scores, read at the border as all that members may have written (claims.ts). */
import { callFunction } from './call-function.ts'
import { inParts, isDamaged, toScored, type ScoredId } from './claims.ts'
import type { Connection } from './connection.ts'

/** How many members a sorted set has, and between which scores, as Redis has them. */
export interface SetSpan {
  size: number
  lowest: number
  highest: number
}

const scoreOf = (text: string) => Number(text.replace('inf', 'Infinity'))

/** The size and the ends of each sorted set; null for an empty one, and for a key of another type. */
export const readSpans = (redis: Connection, sets: string[]): Promise<(SetSpan | null)[]> =>
  inParts(sets, async (part) => {
    const spans = await callFunction(redis, 'read-spans', part, [])
    return spans.map((span) => {
      if (typeof span === 'number') return null
      const [size, lowest, highest] = span
      return { size: Number(size), lowest: scoreOf(lowest), highest: scoreOf(highest) }
    })
  })

interface ScoreRange {
  from: number
  to: number
  /** Photos of each set at most; 0 to be told no more than how many stand before. */
  most: number
  /** Counted from the end: `from` is the higher one then. */
  descending: boolean
}

/** The photos of each sorted set between two scores, both counted in, and how many of it stand before them. */
export const readBetween = (
  redis: Connection,
  sets: string[],
  { from, to, most, descending }: ScoreRange,
): Promise<{ before: number; listed: ScoredId[] }[]> =>
  inParts(sets, async (part) => {
    const ends = [from, to].map((score) => String(score).replace('Infinity', 'inf'))
    const answers = await callFunction(redis, 'read-between', part, [...ends, descending ? 'REV' : '', most])
    return answers.map((answer) => {
      if (isDamaged(answer)) return { before: 0, listed: [] }
      const [before, ...flat] = answer
      return { before: Number(before), listed: toScored(flat) }
    })
  })
