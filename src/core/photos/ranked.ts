import { byName } from '../../shared/domain/by-name.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'

/** A photo's location with what it is ordered by: a number, a name, or its key in the manual order. */
export interface Ranked extends PhotoLocation {
  rank: number | string
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const compare = (a: Ranked, b: Ranked) => {
  const byRank =
    typeof a.rank === 'number' && typeof b.rank === 'number'
      ? a.rank - b.rank
      : byName(String(a.rank), String(b.rank))
  return byRank || compareTexts(a.id, b.id)
}

/** Puts locations in order of their numbers or names, in place; the ids decide among equals. */
export const sorted = (locations: Ranked[], descending: boolean): Ranked[] =>
  locations.sort(descending ? (a, b) => compare(b, a) : compare)

/** Puts locations in manual order, in place: keys are compared letter by letter, as Redis and the library of keys do. */
export const inKeyOrder = (locations: Ranked[]): Ranked[] =>
  locations.sort((a, b) => compareTexts(String(a.rank), String(b.rank)) || compareTexts(a.id, b.id))
