import { directionOf, spokenOf } from './languages.ts'

/** Forms of a noun by number: those that Intl.PluralRules tells apart in the language. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Texts of one language by their keys, as translators write them (src/shared/messages). */
export type Catalogue = Record<string, string | Plural>

/** What fills the `{blanks}` of a text. */
export type Blanks = Record<string, string>

type KeyOf<C, T> = { [K in keyof C]: C[K] extends T ? K : never }[keyof C]

const fill = (text: string, blanks: Blanks): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => blanks[name] ?? '')

/** What stands in a text of another direction, kept apart from it, so that `2024 (Corsica)` keeps its brackets where they are. */
const apart = (blanks: Blanks): Blanks =>
  Object.fromEntries(Object.entries(blanks).map(([name, blank]) => [name, `\u2068${blank}\u2069`]))

/** Names of the blanks in a text, each once, in alphabetical order. */
export const blanksIn = (text: string | Plural): string[] => {
  const all = typeof text === 'string' ? text : Object.values(text).join(' ')
  return [...new Set([...all.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort()
}

/**
 * Speaks one language.
 *
 * @param messages - The catalogue of that language.
 * @param locale - A BCP 47 tag of the same language; its region decides how numbers look.
 */
export const translator = <C extends Catalogue>(messages: C, locale: string) => {
  // Made when they are needed: most processes never say a number, and these took a tenth of a short command's time.
  let rules: Intl.PluralRules | undefined
  let numbers: Intl.NumberFormat | undefined

  const fromTheRight = directionOf(spokenOf([locale])) === 'rtl'

  /** A number with the separators of the language. */
  const number = (n: number, digits = 0): string =>
    digits === 0
      ? (numbers ??= new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(n)
      : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(n)

  /** A text with its blanks filled. */
  const t = (key: KeyOf<C, string>, blanks: Blanks = {}): string => {
    const text = messages[key]
    return typeof text === 'string' ? fill(text, fromTheRight ? apart(blanks) : blanks) : ''
  }

  /** A number with its noun: `1 photo`, `1,204 photos`. */
  const counted = (key: KeyOf<C, Plural>, n: number): string => {
    const forms = messages[key]
    if (typeof forms !== 'object') return ''
    rules ??= new Intl.PluralRules(locale)
    return fill(forms[rules.select(n)] ?? forms.other, { n: number(n) })
  }

  return { t, counted, number }
}
