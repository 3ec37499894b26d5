import { statusIdForm } from '../../shared/domain/statuses.ts'

/*
 * Values of one field of a record, parsed as Redis holds them: undefined is a field that is not there. What does not look right
 * counts as unknown. A page holds hundreds of records, so that their fields are parsed by plain expressions: schemas take ten times
 * as long as Redis does.
 */

/** A number within these bounds, or null. */
export const number = (text: string | undefined, least = -Number.MAX_VALUE, greatest = Number.MAX_VALUE) => {
  const value = text ? Number(text) : Number.NaN
  return value >= least && value <= greatest ? value : null
}

/** A whole number from 0; 0 for what is none, or more than it can be. */
export const whole = (text: string | undefined, greatest = Number.MAX_SAFE_INTEGER) =>
  Math.trunc(number(text, 0, greatest) ?? 0)

/** A text of one line: control characters of the names of files, and of what was written by hand, are seen as such. */
export const line = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f]/.test(text) ? text.replace(/\p{Cc}/gu, '\u{FFFD}') : text

/** A text of several lines. */
export const lines = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, '\u{FFFD}')

/** A text of one line; null where there is none. */
export const lineOrNull = (text: string | undefined) => (text ? line(text) : null)

/** ISO 8601 of milliseconds since 1970. */
export const moment = (text: string | undefined) => {
  const value = number(text)
  return value === null || Math.abs(value) > 8.64e15 ? null : new Date(value).toISOString()
}

/** How a picture is turned, by EXIF: 1 to 8, or null. */
export const orientation = (text: string | undefined) => {
  const value = number(text, 1, 8)
  return Number.isInteger(value) ? value : null
}

/** A placeholder (a ThumbHash in base64), or null. */
export const base64 = (text: string | undefined) =>
  text && /^[0-9A-Za-z+/]{1,64}={0,2}$/.test(text) ? text : null

/** The name of a thumbnail: the digest of its bytes, or null. */
export const thumbName = (text: string | undefined) => (text && /^[0-9a-f]{64}$/.test(text) ? text : null)

/** The digest of a content, or null. */
export const contentDigest = (text: string | undefined) => (text && /^[\w-]{43}$/.test(text) ? text : null)

/** The id of a status, be it one of the gallery's or not, or null. */
export const statusId = (text: string | undefined) => (text && statusIdForm.test(text) ? text : null)

/** One of some words, or null. */
export const oneOf = <T extends string>(values: readonly T[], text: string | undefined) =>
  values.find((value) => value === text) ?? null
