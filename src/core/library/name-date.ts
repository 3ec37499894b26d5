import { basename } from 'node:path'
import { readClock, toTaken, type Taken } from './decode/capture-time.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { ReadPhoto } from './decode/read-photo.ts'
import type { NewPhoto } from './writing/photo-fields.ts'

/**
 * A day, its parts together or apart, and behind it the time of day: `IMG_20240506_070809`, `2024-05-06 07.08.09`,
 * `Screenshot 2024-05-06 at 07.08.09`, `IMG-20240506-WA0001`.
 */
const pattern =
  /(?<!\d)((?:19|20)\d\d)([-_. ]?)(\d\d)\2(\d\d)(?:(?:[-_.T ]{1,3}| \p{L}{1,2} )(\d\d)([-_.: h]?)(\d\d)\6(\d\d)(\d{3})?|)(?!\d)/u

/** How far a clock may be ahead of this one, in milliseconds. */
const maxSkewMs = 24 * 60 * 60 * 1000

/** The date in the name of a file, by the clock of whatever gave it; null where there is none, or one that is to come. */
export const nameDate = (path: string, now = Date.now()): Taken | null => {
  const [, year = '', , month = '', day = '', hour, , minute = '', second = '', digits] =
    pattern.exec(basename(path)) ?? []
  if (year === '') return null
  const date = `${year}-${month}-${day}`
  const clock =
    (hour === undefined ? null : readClock(`${date}T${hour}:${minute}:${second}`, digits)) ?? readClock(date)
  return clock && clock.text.length >= date.length && clock.wall <= now + maxSkewMs
    ? toTaken(clock, null)
    : null
}

/** What was read of a file, with the date in its name where the file says none. */
export const withNameDate = <T extends Pick<ReadPhoto, 'time' | 'fields'>>(read: T, path: string): T => {
  const taken = read.fields['taken'] === undefined ? nameDate(path) : null
  if (!taken) return read
  const guessed = taken.guessed === null ? {} : { guessed: taken.guessed }
  return { ...read, time: taken.time, fields: { ...read.fields, taken: taken.text, ...guessed, named: '1' } }
}

/** The registered root that a path belongs to; null where its folder is not registered any more. */
type RootOf = (path: string) => RegisteredRoot | null

/** Whether the name of a file there tells when its photo was taken: its root says so. */
export const doNamesTell = (rootOf: RootOf, path: string): boolean => rootOf(path)?.nameDates === true

/** A photo with the date in its name, where names tell dates in its root. */
export const datedBy = (rootOf: RootOf, photo: NewPhoto): NewPhoto =>
  doNamesTell(rootOf, photo.path) ? { ...photo, read: withNameDate(photo.read, photo.path) } : photo
