import type { Language } from '../../shared/domain/appearance.ts'
import { translator } from '../../shared/i18n/catalogue.ts'
import { byLanguage } from '../../shared/i18n/languages.ts'
import en from '../../shared/messages/en/mail.json' with { type: 'json' }

const catalogues = byLanguage(
  import.meta.glob<typeof en>('../../shared/messages/*/mail.json', { eager: true, import: 'default' }),
)

const localeOf = (language: Language) => (language === 'en' ? 'en-GB' : language)

const speak = (language: Language) =>
  translator<typeof en>(catalogues.get(language) ?? en, localeOf(language))

export type Speaker = ReturnType<typeof speak>

const speakers = new Map<Language, Speaker>()

/** What mails, and the pages that their links lead to, say in a language. */
export const speakerOf = (language: Language): Speaker => {
  const speaker = speakers.get(language) ?? speak(language)
  speakers.set(language, speaker)
  return speaker
}

/** A moment as it is written where somebody is. */
export const momentIn = (language: Language, zone: string, moment: number): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    timeZone: zone,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(moment)
