import type { Language } from '../domain/appearance.ts'
import { english } from './english.ts'
import { byLanguage } from './languages.ts'
import { speaker, type Text, type Texts } from './text.ts'

const [errors, passwords] = [
  import.meta.glob<Partial<Texts>>('../messages/*/errors.json', { eager: true, import: 'default' }),
  import.meta.glob<Partial<Texts>>('../messages/*/passwords.json', { eager: true, import: 'default' }),
].map(byLanguage)

const made = new Map<Language, (text: Text) => string>([['en', english]])

/** What says in a language what Cimaise refuses and why; in English where there are no such texts. */
export const refusalsIn = (language: Language): ((text: Text) => string) => {
  const [most, rest] = [errors?.get(language), passwords?.get(language)]
  if (!made.has(language) && most && rest)
    made.set(language, speaker({ ...most, ...rest } as Texts, language))
  return made.get(language) ?? english
}
