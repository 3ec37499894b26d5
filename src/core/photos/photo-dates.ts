import { msBefore } from '../../shared/domain/partial-dates.ts'
import { number } from './field-values.ts'

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

const partial = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$/

/** A date as exact as it is known: ISO 8601 with zone, without, or only the beginning of it. Null for what is none. */
export const dateOf = (text: string | null | undefined): string | null =>
  text && partial.test(text) && !Number.isNaN(instantOf(text)) ? text : null

/**
 * The beginning of what is known of a date, in milliseconds since 1970, and a moment before that where it is a month or a year. `guessed`: the distance from UTC where the date has
 * none, `+02:00`.
 */
const instantOf = (text: string, guessed?: string | null): number => {
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(text) && text.length > 10) return Date.parse(text)
  const offset = /^[+-]\d\d:\d\d$/.test(guessed ?? '') ? guessed : 'Z'
  return Date.parse(`${text}${'0000-01-01T00:00:00'.slice(text.length)}${offset ?? 'Z'}`) - msBefore(text)
}

/** ISO 8601 with zone, or null. */
export const time = (text: string | undefined) =>
  text !== undefined && instant.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

/** Milliseconds since 1970 that are a date; 0 for what is none. */
const finite = (text: string | null | undefined) => number(text ?? undefined, -8.64e15, 8.64e15) ?? 0

/** When a photo came into the gallery, in milliseconds since 1970; 0 for what is none. Versions up to 0.1.0 wrote ISO 8601, too. */
export const addedTime = (text: string | undefined) =>
  text !== undefined && /^\d{1,16}$/.test(text) ? finite(text) : Date.parse(time(text) ?? '') || 0

/** When a photo was taken, in milliseconds since 1970: as a user entered, else as its file says, else the file's own date. */
export const timeOf = ({
  dated,
  taken,
  guessed,
  mtime,
}: Partial<Record<'dated' | 'taken' | 'guessed' | 'mtime', string | null>>) => {
  const entered = Date.parse(dated ?? '')
  if (!Number.isNaN(entered)) return entered
  const told = dateOf(taken)
  return told === null ? finite(mtime) : instantOf(told, guessed)
}

/** Whether a photo stands at its time. Up to 0.1.0 those of a month or a year stood at its first moment, where they may stay. */
export const isAtTime = (record: Parameters<typeof timeOf>[0], time: number | undefined): boolean => {
  const [due, told] = [timeOf(record), record.dated ? null : dateOf(record.taken)]
  return time === due || (told !== null && time === due + msBefore(told))
}
