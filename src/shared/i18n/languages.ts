import { languages, type Language } from '../domain/appearance.ts'

/** Those that are read from the right. Browsers know it of a language too (`Intl.Locale`), but not all of them. */
const fromTheRight = new Set<Language>(['ar'])

/** Which way a language is read, as the attribute `dir` has it. */
export const directionOf = (language: Language): 'ltr' | 'rtl' => (fromTheRight.has(language) ? 'rtl' : 'ltr')

/**
 * The first of somebody's languages that there are texts in: `fr-CA` asks for French as `fr` does. English where there is none.
 *
 * @param tags - BCP 47 tags, the dearest first.
 */
export const spokenOf = (tags: readonly string[], spoken: readonly Language[] = languages): Language =>
  tags
    .map((tag) => tag.split('-')[0]?.toLowerCase())
    .flatMap((tag) => spoken.find((language) => language === tag) ?? [])[0] ?? 'en'

/** Catalogues by language, from files by their paths: `../messages/fr/mail.json`. */
export const byLanguage = <C>(files: Record<string, C>): ReadonlyMap<Language, C> =>
  new Map(
    Object.entries(files).flatMap(([path, catalogue]) => {
      const folder = path.split('/').at(-2)
      const language = languages.find((tag) => tag === folder)
      return language ? [[language, catalogue]] : []
    }),
  )
