import { setImmediate as others } from 'node:timers/promises'
import { distance, fingerprintOf, type Fingerprint } from './fingerprint.ts'

/** A photo as far as it matters for which of several is kept. */
export interface Candidate {
  id: string
  album: string
  digest: string
  placeholder: string
  /** Pixels: width times height. */
  pixels: number
  bytes: number
  rating: number
  picked: boolean
  /** Its original has gone. */
  missing: boolean
  /** Milliseconds since 1970. */
  added: number
}

/** Photos compared before others have their turn: a hundred thousand take seconds. */
const photosPerTurn = 200

/** Photos that are the same, or look alike. The first one is to be kept. */
export interface Group<T = Candidate> {
  kind: 'same' | 'alike'
  photos: T[]
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Which of two photos is rather kept: an original that is there, picked, rated, larger, then what came first. */
const byWorth = (a: Candidate, b: Candidate) =>
  Number(a.missing) - Number(b.missing) ||
  Number(b.picked) - Number(a.picked) ||
  b.rating - a.rating ||
  b.pixels - a.pixels ||
  b.bytes - a.bytes ||
  a.added - b.added ||
  compareTexts(a.id, b.id)

/** Photos whose files have the same bytes. */
const sameBytes = (photos: Candidate[]): Group[] =>
  [...Map.groupBy(photos, ({ digest }) => digest).values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ kind: 'same', photos: group.toSorted(byWorth) }))

/** Mean values, of 64 each, that make one cell of the table in which neighbours are looked for. */
const cellSize = 6

/** A cell by the means, which are below 64: three digits to the base of 16, with room for neighbours on each side. */
const cellOf = ([l, p, q]: readonly [number, number, number]) =>
  (Math.floor(l / cellSize) + 1) * 256 + (Math.floor(p / cellSize) + 1) * 16 + Math.floor(q / cellSize) + 1

/** From a cell to itself and to each of its neighbours. */
const steps = [-256, 0, 256].flatMap((l) => [-16, 0, 16].flatMap((p) => [-1, 0, 1].map((q) => l + p + q)))

/** A photo that is kept, and those that look like it. */
interface Kept {
  print: Fingerprint
  group: Candidate[]
}

/** The kept photos of one shape, by cell. */
type Table = Map<number, Kept[]>

const nearestIn = (table: Table, print: Fingerprint, threshold: number): Kept | null => {
  const cell = cellOf(print.means)
  let nearest: Kept | null = null
  let least = threshold
  for (const step of steps)
    for (const kept of table.get(cell + step) ?? []) {
      const apart = distance(print, kept.print, least)
      if (apart > least) continue
      least = apart
      nearest = kept
    }
  return nearest
}

/**
 * Photos that look like one that is worth more, by no more than `threshold` (fingerprint.ts). Each is compared with the kept
 * ones alone, so that no chain of small differences joins what looks different.
 */
const lookAlikes = async (photos: Candidate[], threshold: number): Promise<Group[]> => {
  const tables = new Map<string, Table>()
  const groups: Candidate[][] = []
  for (const [n, photo] of photos.toSorted(byWorth).entries()) {
    if (n % photosPerTurn === 0) await others()
    const print = fingerprintOf(photo.placeholder)
    if (!print) continue
    const table: Table = tables.get(print.shape) ?? new Map<number, Kept[]>()
    tables.set(print.shape, table)
    const nearest = nearestIn(table, print, threshold)
    if (nearest) {
      nearest.group.push(photo)
      continue
    }
    const group = [photo]
    groups.push(group)
    const cell = cellOf(print.means)
    const there = table.get(cell)
    if (there) there.push({ print, group })
    else table.set(cell, [{ print, group }])
  }
  return groups.filter((group) => group.length > 1).map((group) => ({ kind: 'alike', photos: group }))
}

/**
 * Groups of photos of which one is enough: those with the same bytes, and with a threshold those that look alike. A photo is in
 * one group; the groups come in the order in which their kept photos came into the gallery, the newest first.
 *
 * @param threshold how unlike two pictures may look (fingerprint.ts); null: only the same bytes count
 */
export const groupDuplicates = async (photos: Candidate[], threshold: number | null): Promise<Group[]> => {
  const same = sameBytes(photos)
  const groups = threshold === null ? same : await withAlikes(photos, same, threshold)
  return groups.toSorted((a, b) => (b.photos[0]?.added ?? 0) - (a.photos[0]?.added ?? 0))
}

/** One of each group with the same bytes stands for all of it while looks are compared. */
const withAlikes = async (photos: Candidate[], same: Group[], threshold: number): Promise<Group[]> => {
  const byFirst = new Map(same.map((group) => [group.photos[0]?.id ?? '', group]))
  const copies = new Set(same.flatMap((group) => group.photos.slice(1)))
  const alike = await lookAlikes(
    photos.filter((photo) => !copies.has(photo)),
    threshold,
  )
  const joined = new Set(alike.flatMap((group) => group.photos.map(({ id }) => id)))
  const whole = alike.map(({ photos: found }): Group => ({
    kind: 'alike',
    photos: found.flatMap((photo) => byFirst.get(photo.id)?.photos ?? [photo]),
  }))
  return [...whole, ...same.filter((group) => !joined.has(group.photos[0]?.id ?? ''))]
}
