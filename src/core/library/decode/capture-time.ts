import { msBefore } from '../../../shared/domain/partial-dates.ts'

/**
 * When a photo was taken, as far as its file tells. `text` is ISO 8601, as exact as it is known and no more: `1978`,
 * `1978-06`, `1978-06-15`, `1978-06-15T10:11`, `1999-08-07T06:05:04` where the zone is unknown, else with zone.
 */
export interface Taken {
  text: string
  /** Where the photo stands among others, in milliseconds since 1970: the beginning of what is known, as `timeOf` says it. */
  time: number
  /**
   * The distance from UTC that `time` was made with where `text` has none, `+02:00`: that of this machine on that day. It
   * only gives the photo a position, and is shown nowhere.
   */
  guessed: string | null
}

/** A date as a tag has it, by the clock where the photo was taken. */
export interface Clock {
  /** `1978`, `1978-06`, `1978-06-15`, `1978-06-15T10:11` or `1978-06-15T10:11:12.5`. */
  text: string
  /** The beginning of it, as if it were UTC, in milliseconds since 1970. */
  wall: number
  /** `+02:00` where the tag says so. */
  offset: string | null
}

const pattern =
  /^\s*(\d{4})(?:[:-](\d\d|\s\s)(?:[:-](\d\d|\s\s)(?:[T ]\s*(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?)?([^\d].*)?$/s
const zonePattern = /(?:^|[\s:])\s*(?:(Z)|([+-])(\d\d):?(\d\d))\s*\0*\s*$/

/** Farther from UTC than any zone ever was, in minutes. */
const farthest = 16 * 60
/** Earlier photographs there are none. */
const firstYear = 1800

const two = (n: number) => String(Math.trunc(n)).padStart(2, '0')

const written = (minutes: number) =>
  `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`

/** Reads a distance from UTC: `Z`, `+02:00`, `+0200`. Null for what is none, or farther than any. */
export const readOffset = (text: string | undefined): string | null => {
  const [, utc, sign, hours, minutes] = zonePattern.exec(text ?? '') ?? []
  if (utc) return '+00:00'
  const distance = Number(hours) * 60 + Number(minutes)
  return sign && distance <= farthest && Number(minutes) < 60
    ? written(sign === '-' ? -distance : distance)
    : null
}

const minutesOf = (offset: string) =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)))

/** Digits behind the point, to a thousandth, without what says nothing. */
const fractionOf = (digits: string | undefined) => {
  const known = (digits ?? '').slice(0, 3)
  return /[1-9]/.test(known) ? `.${known.padEnd(3, '0')}` : ''
}

/** Parts that stand for `unknown`: blanks, and zeros for month and day. */
const isKnown = (part: string | undefined) => part !== undefined && /[1-9]/.test(part)

/**
 * Reads a date of EXIF, XMP, IPTC or PNG. What is not known of it stays away: `1978:06:15   :  :` is a day, `1978:00:00` a
 * year. Null for dates that cannot be (EXIF's `0000:00:00`, a thirteenth month, the 30th of February).
 *
 * @param fraction digits behind the decimal point of the second, where another tag has them
 */
export const readClock = (date: string, fraction?: string): Clock | null => {
  const found = pattern.exec(date)
  if (!found) return null
  const [, year = '', month, day, hour, minute, second, digits, rest] = found
  if (Number(year) < firstYear) return null
  if (!isKnown(month)) return { text: year, wall: Date.UTC(Number(year), 0), offset: null }
  const wall = Date.UTC(Number(year), Number(month) - 1, isKnown(day) ? Number(day) : 1)
  if (new Date(wall).getUTCMonth() !== Number(month) - 1) return null
  if (!isKnown(day)) return { text: `${year}-${month ?? ''}`, wall, offset: null }
  const text = `${year}-${month ?? ''}-${day ?? ''}`
  if (hour === undefined || minute === undefined) {
    // A time that is there and cannot be is nonsense; one that is blank is unknown.
    return /\d/.test((rest ?? '').replace(zonePattern, '')) ? null : { text, wall, offset: null }
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null
  const part = second === undefined ? '' : fractionOf(digits ?? /^\s*(\d+)/.exec(fraction ?? '')?.[1])
  const clock = `${text}T${hour}:${minute}${second === undefined ? '' : `:${second}${part}`}`
  return { text: clock, wall: startOf(clock), offset: readOffset(rest) }
}

/** A date without zone, however much of it is known, as if it were UTC: the beginning of it. */
const startOf = (text: string): number => {
  const whole = `${text}${'0000-01-01T00:00:00'.slice(text.length)}`
  return Date.parse(`${whole}Z`)
}

/** Whether a time of day is known. */
export const hasTime = (text: string): boolean => text.includes('T')

/** Distances from UTC that clocks somewhere have, in minutes, besides the full hours from -12:00 to +14:00. */
const oddZones = [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825]
/** Satellites' time is of the last fix, which may be a moment old; farther off it tells nothing, in minutes. */
const maxFixAge = 2

/** The zone in which the clock shows what the satellites say, to two minutes; null where there is no such zone. */
export const offsetByGps = (wall: number, utc: number): string | null => {
  const distance = (wall - utc) / 60_000
  const zone = [Math.round(distance / 60) * 60, ...oddZones].find(
    (minutes) => Math.abs(distance - minutes) <= maxFixAge,
  )
  return zone !== undefined && zone >= -720 && zone <= 840 ? written(zone) : null
}

/** The zone of this machine on that day. */
const offsetHere = (wall: number) => {
  const at = new Date(wall)
  const local = new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
  )
  return written(-local.getTimezoneOffset())
}

/** A photo's time by its clock and its distance from UTC, which may be unknown. */
export const toTaken = ({ text, wall }: Clock, offset: string | null): Taken => {
  const known = hasTime(text) ? offset : null
  const guessed = known === null ? offsetHere(wall) : null
  return {
    text: `${text}${known ?? ''}`,
    time: wall - minutesOf(known ?? guessed ?? '+00:00') * 60_000 - msBefore(text),
    guessed,
  }
}
