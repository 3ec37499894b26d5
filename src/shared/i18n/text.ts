import type errors from '../messages/en/errors.json'
import type passwords from '../messages/en/passwords.json'
import { blanksIn, translator } from './catalogue.ts'

/** Ids of what Cimaise refuses and why: keys of the catalogues `errors` and `passwords`. */
export type TextId = keyof typeof errors | keyof typeof passwords

/** The catalogue of one language for them. */
export type Texts = Record<TextId, string>

/** What fills the blanks of a text: numbers are shown as the language does, a text in a text is said in the same language. */
export interface TextBlanks {
  [name: string]: string | number | Text
}

/** Something to be said in whichever language: by its id, with what fills its blanks. */
export interface Text {
  id: TextId
  blanks?: TextBlanks
}

/** Says texts in one language; `locale` as for `translator`. */
export const speaker = (texts: Texts, locale: string): ((text: Text) => string) => {
  const { t, number } = translator(texts, locale)
  const filled = (blank: string | number | Text) => {
    if (typeof blank === 'string') return blank
    return typeof blank === 'number' ? number(blank) : say(blank)
  }
  const say = ({ id, blanks = {} }: Text): string =>
    t(id, Object.fromEntries(Object.entries(blanks).map(([name, blank]) => [name, filled(blank)])))
  return say
}

/** A text holds a reason, which may hold one: nothing of ours goes deeper. */
const maxDepth = 3

const isObject = (claim: unknown): claim is Record<string, unknown> =>
  typeof claim === 'object' && claim !== null && !Array.isArray(claim)

const parseBlank = (claim: unknown, texts: Texts, depth: number) =>
  typeof claim === 'string' || (typeof claim === 'number' && Number.isFinite(claim))
    ? claim
    : parseText(claim, texts, depth - 1)

/**
 * A text that comes from elsewhere: a record or a function of Redis, another process, an answer of the server.
 *
 * @returns Null for what is no text of this version: an id that is not known, or other blanks than that text has.
 */
export const parseText = (claim: unknown, texts: Texts, depth = maxDepth): Text | null => {
  if (depth < 1 || !isObject(claim) || typeof claim['id'] !== 'string') return null
  const blanks = isObject(claim['blanks']) ? claim['blanks'] : {}
  if (!Object.hasOwn(texts, claim['id'])) return null
  const id = claim['id'] as TextId
  if (blanksIn(texts[id]).join() !== Object.keys(blanks).sort().join()) return null
  const parsed: TextBlanks = {}
  for (const [name, value] of Object.entries(blanks)) {
    const blank = parseBlank(value, texts, depth)
    if (blank === null) return null
    parsed[name] = blank
  }
  return { id, blanks: parsed }
}
