import { GalleryError } from '../errors.ts'

/** What is known of a file on a card, for its new name. */
export interface CardFile {
  /** File name with its ending. */
  name: string
  /** When it was taken, as its wall clock says: ISO 8601, with or without zone. */
  taken: string
}

/** Where copies go where nothing else is asked for: a folder a year, one a day. */
export const usualPattern = '{year}/{year}-{month}-{day}/{name}'

/** What a pattern may have in braces. */
export const patternBlanks = ['year', 'month', 'day', 'hour', 'minute', 'second', 'name'] as const

const maxPatternLength = 200

const clock = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?/

/** What each blank of a pattern stands for. */
const blanksOf = ({ name, taken }: CardFile): Record<(typeof patternBlanks)[number], string> => {
  const [, year = '0000', month = '00', day = '00', hour = '00', minute = '00', second = '00'] =
    clock.exec(taken) ?? []
  return { year, month, day, hour, minute, second, name: name.replace(/\.[^.]*$/, '') }
}

/** A name without what no system allows in that of a file, and what would lead out of the folder; '' where nothing is left. */
export const safeName = (part: string) =>
  part
    // oxlint-disable-next-line no-control-regex -- they are what no name may hold
    .replace(/[<>:"|?*\\/\u0000-\u001f]/g, '_')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '')

/** Names that Windows keeps for devices, whatever their ending. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i

/** A name that is none of those. */
export const notADevice = (name: string): string =>
  deviceName.test(name.replace(/\..*$/, '').trim()) ? `_${name}` : name

/**
 * The path of a copy below its folder, with `/` between folders. The ending is the file's own, as it is.
 *
 * @param pattern folders and name, e.g. `{year}/{month}/{name}`; blanks: year month day hour minute second name
 * @throws INVALID where the pattern has no name, or names a blank that there is not
 */
export const nameByPattern = (pattern: string, file: CardFile): string => {
  const blanks: Partial<Record<string, string>> = blanksOf(file)
  if (pattern.length > maxPatternLength) throw new GalleryError('INVALID', 'patternTooLong')
  const parts = pattern.split('/').map((part) =>
    safeName(
      part.replace(/\{(\w*)\}/g, (whole, blank: string) => {
        const value = blanks[blank]
        if (value === undefined) throw new GalleryError('INVALID', 'patternBlank', { blank: whole })
        return safeName(value)
      }),
    ),
  )
  if (parts.some((part) => part === '')) throw new GalleryError('INVALID', 'patternEmpty')
  return `${parts.join('/')}${/\.[^.]+$/.exec(file.name)?.[0] ?? ''}`
}

/** A file as cameras name it, taken now: to show what a pattern makes of it. */
export const exampleFile = (): CardFile => ({ name: 'IMG_1234.JPG', taken: new Date().toISOString() })

/** The same path with a number, for a name that another file has: `IMG_1 (2).jpg`. */
export const numbered = (path: string, n: number): string =>
  n < 2 ? path : path.replace(/(\.[^./]*)?$/, (ending) => ` (${n})${ending}`)
