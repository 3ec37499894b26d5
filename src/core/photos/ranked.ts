import { byName } from '../../shared/domain/by-name.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'

/**
 * A photo's location with what it is ordered by: a number, a name, or its key in the manual order. Null where it stands at
 * its place already, whatever stands beside it.
 */
export interface Ranked extends PhotoLocation {
  rank: number | string | null
}

/** What decides among photos of one rank. */
export interface Named {
  /** Of the file. */
  name: string
  path: string
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const compareRanks = (a: Ranked['rank'], b: Ranked['rank']) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : byName(String(a), String(b))

const comparePlaces = (a: PhotoLocation, b: PhotoLocation) =>
  compareTexts(a.id, b.id) || compareTexts(a.album, b.album)

/** The same on every computer, as an order that is kept is shared by all who look. */
const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Compares photos of one rank: their files' names as people read them (`IMG_9` before `IMG_10`), then their paths. It is
 * the same in a descending order: a burst runs forward in both.
 */
export const compareTies = (a: PhotoLocation & Named, b: PhotoLocation & Named): number =>
  (a.name === b.name ? 0 : natural.compare(a.name, b.name)) ||
  compareTexts(a.path, b.path) ||
  comparePlaces(a, b)

/** Puts locations in order of their numbers or names, in place. Those of one rank stay as they came. */
export const byRank = <T extends Ranked>(locations: T[], descending: boolean): T[] =>
  locations.sort(descending ? (a, b) => compareRanks(b.rank, a.rank) : (a, b) => compareRanks(a.rank, b.rank))

/** Puts locations whole in order, in place. */
export const sorted = <T extends Ranked & Named>(locations: T[], descending: boolean): T[] => {
  const sign = descending ? -1 : 1
  return locations.sort((a, b) => sign * compareRanks(a.rank, b.rank) || compareTies(a, b))
}

/** Puts locations in manual order, in place: keys are compared letter by letter, as Redis and the library of keys do. */
export const inKeyOrder = (locations: Ranked[]): Ranked[] =>
  locations.sort((a, b) => compareTexts(String(a.rank), String(b.rank)) || compareTexts(a.id, b.id))
