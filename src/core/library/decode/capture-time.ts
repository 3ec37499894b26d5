/** A time as a photo tells it: the wall clock where it was taken, with its distance from UTC. */
export interface Taken {
  /** ISO 8601 with zone. */
  text: string
  /** Milliseconds since 1970. */
  time: number
}

/** What a file says about when it was taken; each part may be absent or nonsense. */
export interface TakenSource {
  /** `2012:08:26 15:53:03`, or ISO 8601 with or without fraction and zone. */
  date: string
  /** Digits behind the decimal point of the second. */
  fraction: string | undefined
  /** `+02:00`. */
  offset: string | undefined
  /** UTC by the satellites. */
  gps: string | undefined
}

const pattern =
  /^\s*(\d{4})[:-](\d\d)[:-](\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?/
const quarter = 15 * 60_000
const farthest = 14 * 60 * 60_000

const offsetOf = (text: string | undefined): number | null => {
  if (text === 'Z') return 0
  const found = /^\s*([+-])(\d\d):?(\d\d)/.exec(text ?? '')
  if (!found) return null
  const minutes = Number(found[2]) * 60 + Number(found[3])
  const offset = (found[1] === '-' ? -minutes : minutes) * 60_000
  return Math.abs(offset) <= farthest ? offset : null
}

/** The zone that makes the wall clock agree with the satellites, to a quarter of an hour. */
const offsetByGps = (wall: number, gps: string | undefined): number | null => {
  const utc = gps === undefined ? Number.NaN : Date.parse(gps)
  const offset = Math.round((wall - utc) / quarter) * quarter
  return Math.abs(offset) <= farthest ? offset : null
}

/** The zone of this machine on that day: the usual guess for a camera that does not say. */
const offsetHere = (wall: number) => {
  const at = new Date(wall)
  const local = new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
  )
  return -local.getTimezoneOffset() * 60_000
}

const zone = (offset: number) => {
  const minutes = Math.abs(offset) / 60_000
  const two = (n: number) => String(Math.trunc(n)).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

/**
 * When a photo was taken. The wall clock stays as the file has it; the zone is the file's, else what its GPS time
 * implies, else this machine's. Null for dates that cannot be (EXIF's `0000:00:00`, a thirteenth month).
 */
export const toTaken = ({ date, fraction, offset, gps }: TakenSource): Taken | null => {
  const found = pattern.exec(date)
  if (!found) return null
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0)) as [number, number, number, number, number, number]
  const digits = (found[7] ?? /^\s*\d+/.exec(fraction ?? '')?.[0] ?? '').trim().slice(0, 3).padEnd(3, '0')
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, Number(digits))
  const clock = new Date(wall)
  if (year < 1800 || clock.getUTCMonth() !== month - 1 || clock.getUTCDate() !== day) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  const distance = offsetOf(found[8]) ?? offsetOf(offset) ?? offsetByGps(wall, gps) ?? offsetHere(wall)
  const text = clock.toISOString().replace(digits === '000' ? /\.000Z$/ : /Z$/, '')
  return { text: `${text}${zone(distance)}`, time: wall - distance }
}
