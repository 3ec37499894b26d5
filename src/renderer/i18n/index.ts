import { en, type Words } from './en.ts'
import { fr } from './fr.ts'
import type { Plural } from './plural.ts'

const languages: Record<string, Words> = { en, fr }

/** The language of the window: the first of the person's own that there is. */
export const language =
  navigator.languages.map((tag) => tag.split('-')[0] ?? '').find((tag) => tag in languages) ?? 'en'

/** The same with the region, which numbers and dates depend on. */
export const locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language

const words = languages[language] ?? en
const rules = new Intl.PluralRules(language)
const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })

type Named<T> = { [K in keyof Words]: Words[K] extends T ? K : never }[keyof Words]

/** A text of the window, with its blanks filled. */
export const t = (key: Named<string>, blanks: Record<string, string> = {}): string =>
  words[key].replace(/\{(\w+)\}/g, (_, name: string) => blanks[name] ?? '')

/** A number with its noun: `1 photo`, `1,204 photos`. */
export const counted = (key: Named<Plural>, n: number): string => {
  const forms = words[key]
  return forms[rules.select(n) === 'one' ? 'one' : 'other'].replace('{n}', number(n))
}

/** A number with the separators of the language. */
export const number = (n: number, digits = 0): string =>
  digits === 0
    ? numbers.format(n)
    : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(n)
