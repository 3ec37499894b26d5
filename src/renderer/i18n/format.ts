import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { direction, locale, number, t } from './index.ts'

const dateAndTime = new Intl.DateTimeFormat(locale, {
  dateStyle: 'full',
  timeStyle: 'medium',
  timeZone: 'UTC',
})
const shortDate = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
const shortHere = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
const monthOnly = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
const here = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

const dateAndMinute = new Intl.DateTimeFormat(locale, {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'UTC',
})
const dayAlone = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
const yearOnly = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' })

/** A date as exact as it is known, without its zone (schemas/photo.ts, `takenAt`). */
const clockOf = (iso: string) => iso.replace(/(?<=T.*)(?:Z|[+-]\d\d:\d\d)$/, '')

/** The wall clock where a photo was taken, which its ISO text holds, whatever the reader's zone is. */
export const wallClock = (iso: string) => {
  const clock = clockOf(iso)
  return new Date(`${clock}${'0000-01-01T00:00:00'.slice(clock.length)}Z`)
}

/** What shows as much of a date as is known of it, by the length of its clock. */
const exactly = (
  iso: string,
  whole: Intl.DateTimeFormat,
  minute: Intl.DateTimeFormat,
  day: Intl.DateTimeFormat,
) => {
  const { length } = clockOf(iso)
  if (length <= 4) return yearOnly
  if (length <= 7) return monthOnly
  if (length <= 10) return day
  return length <= 16 ? minute : whole
}

export const takenLong = (iso: string | null): string => {
  if (!iso) return t('unknownDate')
  const zone = iso.slice(clockOf(iso).length)
  const shown = exactly(iso, dateAndTime, dateAndMinute, dayAlone).format(wallClock(iso))
  return zone ? `${shown} (UTC${zone === 'Z' ? '' : zone})` : shown
}

export const takenShort = (iso: string | null): string =>
  iso ? exactly(iso, shortDate, shortDate, shortDate).format(wallClock(iso)) : ''

/** `1–3 May 2024` of two dates; where there is only one, which end it is. */
export const daysBetween = (from?: string, to?: string): string => {
  if (from && to && from <= to) return shortDate.formatRange(wallClock(from), wallClock(to))
  return from || to ? `${takenShort(from ?? null)} – ${takenShort(to ?? null)}`.trim() : ''
}

/** `May 2024`, or the year alone where no more is known. */
export const month = (iso: string): string =>
  exactly(iso, monthOnly, monthOnly, monthOnly).format(wallClock(iso))

/** `28 Nov 2026`. */
export const dateHere = (iso: string): string => shortHere.format(new Date(iso))

export const momentHere = (iso: string): string => here.format(new Date(iso))

const inUnit = (unit: string, digits: number) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits })
const [plainBytes, kilobytes, megabytes, gigabytes] = [
  inUnit('byte', 0),
  inUnit('kilobyte', 0),
  inUnit('megabyte', 1),
  inUnit('gigabyte', 1),
]

/** `12.4 MB`. */
export const bytes = (n: number): string => {
  if (n < 1000) return plainBytes.format(n)
  if (n < 1e6) return kilobytes.format(n / 1e3)
  return n < 1e9 ? megabytes.format(n / 1e6) : gigabytes.format(n / 1e9)
}

const wholeSeconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'long' })

/** `5 seconds`. */
export const secondsLong = (n: number): string => wholeSeconds.format(n)

const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })

/** A part from 0 to 1: `12.4%`. */
export const percent = (part: number): string => percents.format(part)

/** `6,000 × 4,000, 24 MP`. */
export const pixels = ({ width, height }: { width: number; height: number }): string => {
  const mega = (width * height) / 1e6
  return `${number(width)} × ${number(height)}${mega >= 0.1 ? `, ${number(mega, mega < 10 ? 1 : 0)} MP` : ''}`
}

const two = (n: number) => String(n).padStart(2, '0')

/** `0:42`, `1:02:03`: how long a film lasts. */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`
}

/** What codecs are called, by the beginnings of their names in RFC 6381 and in AVI files. */
const codecNames: readonly (readonly [RegExp, string])[] = [
  [/^avc[13]/, 'H.264'],
  [/^(?:hev1|hvc1|dvh[1e])/, 'H.265 (HEVC)'],
  [/^av01/, 'AV1'],
  [/^vp0?8/, 'VP8'],
  [/^vp0?9/, 'VP9'],
  [/^(?:mp4v|fmp4|xvid|divx|dx50)/i, 'MPEG-4'],
  [/^(?:mjpg|jpeg|mjpa)/i, 'Motion JPEG'],
  [/^ap(?:ch|cn|cs|co|4h|4x)/, 'ProRes'],
  [/^mp4a/, 'AAC'],
  [/^(?:ac-3|ec-3)/, 'Dolby Digital'],
  [/^opus/i, 'Opus'],
]

/** `H.264, AAC` of `avc1.64001e, mp4a.40.2`; what has no better name keeps its own. */
export const codecs = (names: string): string =>
  names
    .split(', ')
    .map((name) => codecNames.find(([pattern]) => pattern.test(name))?.[1] ?? name)
    .join(', ')

const list = new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' })

/**
 * Names one after the other, as the language lists them: `a, b, c`, or `a, b und c`. In a language that is read from the right each is kept
 * apart, as the list has the direction of its first letter otherwise.
 */
export const listed = (names: Iterable<string>): string =>
  list.format(direction === 'rtl' ? Array.from(names, (name) => `\u2068${name}\u2069`) : names)

const seconds = (time: number) =>
  time < 0.3 ? `1/${number(Math.round(1 / time))} s` : `${number(time, 1)} s`

/** `1/250 s · f/2.8 · ISO 400 · 50 mm`. */
export const exposure = ({ exposureTime, aperture, iso, focalLength }: PhotoDetails): string =>
  [
    exposureTime === null ? null : seconds(exposureTime),
    aperture === null ? null : `f/${number(aperture, 1)}`,
    iso === null ? null : `ISO ${number(iso)}`,
    focalLength === null ? null : `${number(focalLength, 1)} mm`,
  ]
    .filter((part) => part !== null)
    .join(' · ')

/** `43.78559° N, 11.23462° E`. */
export const place = ({ latitude, longitude }: PhotoDetails): string | null => {
  if (latitude === null || longitude === null) return null
  const degrees = (value: number, positive: string, negative: string) =>
    `${Math.abs(value).toFixed(5)}° ${value < 0 ? negative : positive}`
  return `${degrees(latitude, 'N', 'S')}, ${degrees(longitude, 'E', 'W')}`
}

const dayOnly = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const clockOnly = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** `Friday, 31 May 2024`: the day of a moment, where the reader is. */
export const dayHere = (iso: string): string => dayOnly.format(new Date(iso))

/** `5 minutes ago`; beyond an hour the time of day, as the day stands above it. */
export const ago = (iso: string): string => {
  const minutes = Math.round((Date.parse(iso) - Date.now()) / 60_000)
  return minutes > -60 ? relative.format(Math.min(0, minutes), 'minute') : clockOnly.format(new Date(iso))
}

/** From when to when, in months, or in one where they are the same: `May 2019 – July 2020`. Times are ISO 8601, as exact as known. */
export const span = (first: string, last: string): string => {
  const [from, to] = [month(first), month(last)]
  return from === to ? from : `${from} – ${to}`
}

/** From which day to which, or the one where they are the same: `4 May 2019 – 1 Jul 2020`. Times are ISO 8601, as exact as known. */
export const days = (first: string, last: string): string => {
  const [from, to] = [takenShort(first), takenShort(last)]
  return from === to ? from : `${from} – ${to}`
}

const [wholeMetres, wholeKilometres] = [inUnit('meter', 0), inUnit('kilometer', 0)]

/** A length in metres or kilometres, without a fraction. */
export const length = (metres: number): string =>
  metres < 1000 ? wholeMetres.format(metres) : wholeKilometres.format(metres / 1000)

/** On which day a week begins where the user is, from 1 for Monday to 7 for Sunday; Monday where the browser does not know. */
export const firstDayOfWeek: number =
  (new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } }).getWeekInfo?.()
    .firstDay ?? 1
