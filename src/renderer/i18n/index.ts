import { translator } from '../../shared/i18n/catalogue.ts'
import { en, type Messages } from './en.ts'

/** Languages other than English, each in a file of its own that only a window of that language loads. */
const others: Record<string, () => Promise<Messages>> = {
  fr: async () => (await import('./fr.ts')).fr,
}

const languageOf = (tag: string) => tag.split('-')[0] ?? ''

/** The language of the window: the first of the user's own that there is. */
export const language =
  navigator.languages.map(languageOf).find((tag) => tag === 'en' || tag in others) ?? 'en'

/** The same with the region, which numbers and dates depend on. */
export const locale = navigator.languages.find((tag) => languageOf(tag) === language) ?? language

// Whatever shows a text imports this module, and so waits for the catalogue.
const messages = (await others[language]?.()) ?? en

export const { t, counted, number } = translator<Messages>(messages, locale)
