import { translator } from '../../shared/i18n/catalogue.ts'
import { parseText, speaker, type Texts } from '../../shared/i18n/text.ts'
import { first, type Messages } from './en.ts'

interface Language {
  messages: Messages
  /** What Cimaise refuses and why; null in English, as English comes with it. */
  texts: Texts | null
}

/** Languages other than English, each in a file of its own that only a window of that language loads. */
const others: Record<string, () => Promise<Language>> = {
  fr: () => import('./fr.ts'),
}

const languageOf = (tag: string) => tag.split('-')[0] ?? ''

const chosenKey = 'cimaise:language'

const readChosen = (): string | null => {
  try {
    const chosen = localStorage.getItem(chosenKey)
    return chosen !== null && (chosen === 'en' || chosen in others) ? chosen : null
  } catch {
    return null // outside a page, or where a browser keeps nothing
  }
}

/** The language that was chosen on this computer; null: the system's. */
export const chosenLanguage = readChosen()

/** Chooses another language, which the page speaks once it is loaded again. */
export const keepLanguage = (tag: string | null): void => {
  if (tag === null) localStorage.removeItem(chosenKey)
  else localStorage.setItem(chosenKey, tag)
}

/** The language of the window: the one that was chosen, or the first of the user's own that there is. */
export const language =
  chosenLanguage ?? navigator.languages.map(languageOf).find((tag) => tag === 'en' || tag in others) ?? 'en'

/** The same with the region, which numbers and dates depend on. */
export const locale = navigator.languages.find((tag) => languageOf(tag) === language) ?? language

// Whatever shows a text imports this module, and so waits for the catalogue.
const other = await others[language]?.()
const texts = other?.texts ?? null
// The rest of English comes with the first room that says any of it (later.ts).
const messages = other?.messages ?? ({ ...first } as Messages)

/** Texts in English that come later; a language that came whole keeps its own. */
export const learn = (later: Partial<Messages>): void => {
  Object.assign(messages, { ...later, ...messages })
}

export const { t, counted, number } = translator<Messages>(messages, locale)

const say = texts && speaker(texts, locale)

/**
 * What the gallery says, in the language of the window.
 *
 * @param text - What came as its text; nothing where a part of the gallery has none.
 * @param english - The same in English, which is shown where the text is not one that this page knows.
 */
export const said = (text: unknown, english: string): string => {
  const known = texts && parseText(text, texts)
  return say && known ? say(known) : english
}
