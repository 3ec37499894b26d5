import KDBush from 'kdbush'
import { setImmediate } from 'node:timers/promises'

/** Lines that are read in one go: others are answered in between. */
const readTogether = 5000
const [tab, newline] = [9, 10]

/** The table of towns as its file has it, and where each line of it begins: texts are made of what is asked for alone. */
export interface TownTable {
  /** By longitude and latitude. */
  index: KDBush
  latitudes: Float32Array
  longitudes: Float32Array
  inhabitants: Uint32Array
  /** Name, country, latitude, longitude, inhabitants, names folded with `|` between them. */
  fieldsOf: (town: number) => string[]
  /** The first towns that have a folded name, or a word of one, which begins so. */
  withName: (name: string, isWanted: (town: number) => boolean, limit: number) => number[]
}

const startsOf = (table: Buffer): Uint32Array => {
  const starts = [0]
  for (let at = table.indexOf(newline); at >= 0; at = table.indexOf(newline, at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}

/** The last line that begins at or before a byte. */
const lineAt = (starts: Uint32Array, byte: number) => {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= byte) low = middle
    else high = middle - 1
  }
  return low
}

/** Lines that are looked at for one text, so that nobody keeps a server busy by a name that many towns have. */
const maxLookedAt = 3000

/** The first lines that hold a text. */
const linesWith = (table: Buffer, starts: Uint32Array, text: string): number[] => {
  const found: number[] = []
  for (let at = table.indexOf(text); at >= 0 && found.length < maxLookedAt;) {
    const line = lineAt(starts, at)
    found.push(line)
    at = table.indexOf(text, starts[line + 1] ?? table.length)
  }
  return found
}

/** Where a field of a line begins. */
const fieldAt = (table: Buffer, start: number, field: number) => {
  let at = start
  for (let n = 0; n < field; n++) at = table.indexOf(tab, at) + 1
  return at
}

const [minus, point, zero] = [45, 46, 48]

/** A decimal number from a byte on. Texts of a million fields would leave tens of megabytes behind. */
const numberAt = (table: Buffer, from: number): number => {
  const isNegative = table[from] === minus
  let [value, scale] = [0, 0]
  for (let at = isNegative ? from + 1 : from; at < table.length; at++) {
    const byte = table[at] ?? 0
    if (byte === point) scale = 1
    else if (byte < zero || byte > zero + 9) break
    else {
      value = value * 10 + byte - zero
      scale *= 10
    }
  }
  return ((isNegative ? -1 : 1) * value) / (scale || 1)
}

/** Reads the file of towns: lines of tab-separated fields, the largest town first. */
export const readTable = async (table: Buffer): Promise<TownTable> => {
  const starts = startsOf(table)
  const index = new KDBush(starts.length, 64, Float32Array)
  const latitudes = new Float32Array(starts.length)
  const longitudes = new Float32Array(starts.length)
  const inhabitants = new Uint32Array(starts.length)
  const lineOf = (town: number) =>
    table.toString('utf8', starts[town], (starts[town + 1] ?? table.length + 1) - 1)
  for (const [town, start] of starts.entries()) {
    const latitude = numberAt(table, fieldAt(table, start, 2))
    const longitude = numberAt(table, fieldAt(table, start, 3))
    latitudes[town] = latitude
    longitudes[town] = longitude
    index.add(longitude, latitude)
    inhabitants[town] = numberAt(table, fieldAt(table, start, 4))
    if (town % readTogether === 0) await setImmediate()
  }
  index.finish()
  return {
    index,
    latitudes,
    longitudes,
    inhabitants,
    fieldsOf: (town) => lineOf(town).split('\t'),
    withName: (name, isWanted, limit) => {
      /** The largest of the towns that have one of two texts, in which a name stands behind a mark. */
      const largest = (...marks: string[]) =>
        [...new Set(marks.flatMap((mark) => linesWith(table, starts, mark + name)))]
          .sort((a, b) => a - b)
          .filter(isWanted)
      const first = largest('\t', '|').slice(0, limit)
      if (first.length === limit) return first
      return [...new Set([...first, ...largest(' ', '-')])].slice(0, limit)
    },
  }
}
