import { languages, type Language } from '../../shared/domain/appearance.ts'
import { translator } from '../../shared/i18n/catalogue.ts'
import { byLanguage, directionOf, spokenOf } from '../../shared/i18n/languages.ts'
import { parseText, speaker, type Texts } from '../../shared/i18n/text.ts'
import { first, type Messages } from './en.ts'

interface Whole {
  messages: Messages
  /** What Cimaise refuses and why. In English it comes with each answer, and an English window needs no such catalogue. */
  texts: Texts
}

/** Languages other than English, each one file of the build (electron.vite.config.ts), which only a window of that language loads. */
const others: ReadonlyMap<Language, () => Promise<Whole>> = byLanguage(
  import.meta.glob<false, string, Whole>(
    ['../../shared/messages/*/app.json', '!../../shared/messages/en/app.json'],
    {
      query: '?whole',
    },
  ),
)

/** The languages that this page speaks. */
export const spokenLanguages = languages.filter((tag) => tag === 'en' || others.has(tag))

const chosenKey = 'cimaise:language'

const readChosen = (): Language | null => {
  try {
    const chosen = localStorage.getItem(chosenKey)
    return spokenLanguages.find((tag) => tag === chosen) ?? null
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
export const language = chosenLanguage ?? spokenOf(navigator.languages, spokenLanguages)

/** Which way it is read. */
export const direction = directionOf(language)

/** The same with the region, which numbers and dates depend on. */
export const locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language

// Whatever shows a text imports this module, and so waits for the catalogue.
const other = await others.get(language)?.()
const texts = other?.texts ?? null
// The rest of English comes with the first room that says any of it (later.ts).
const messages = other ? { ...other.messages } : ({ ...first } as Messages)

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
