import { GalleryError } from '../errors.ts'
import type { Text } from '../i18n/text.ts'

/** Redis and the gallery use these themselves. */
const reserved = new Set([
  'guest',
  'default',
  'keeper',
  'share',
  'public',
  'everybody',
  'sentinel',
  'replica',
])

export const isReserved = (name: string): boolean => reserved.has(name)

/** A name as it looks at a glance: letters that are taken for one another are one. */
const skeleton = (name: string): string =>
  name.replace(/rn/g, 'm').replace(/vv/g, 'w').replace(/[1i]/g, 'l').replace(/0/g, 'o').replace(/[._-]/g, '')

/** The one among other names that a name could be taken for; null where there is none. */
export const tooAlike = (name: string, others: Iterable<string>): string | null => {
  for (const other of others) if (other !== name && skeleton(other) === skeleton(name)) return other
  return null
}

/** A name as it was typed, if it can be that of an account or group. INVALID otherwise, with what is wrong with it. */
export const parseAccountName = (text: string): string => {
  if (/^[a-z0-9][a-z0-9._-]{0,31}$/.test(text)) return text
  const lower = text.toLowerCase()
  const why: Text = /^[a-z0-9][a-z0-9._-]{0,31}$/.test(lower)
    ? { id: 'noCapitals', blanks: { lower } }
    : { id: 'nameLetters' }
  throw new GalleryError('INVALID', 'badAccountName', { name: printed(text), why })
}

/** Letters that look like others, or are not seen at all, by their numbers. */
const printed = (text: string): string =>
  text.slice(0, 40).replace(/[^\x20-\x7e]/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`)
