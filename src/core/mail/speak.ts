import type { Language } from '../../shared/domain/appearance.ts'
import { translator } from '../../shared/i18n/catalogue.ts'
import en from '../../shared/messages/en/mail.json' with { type: 'json' }
import fr from '../../shared/messages/fr/mail.json' with { type: 'json' }

const speakers = { en: translator(en, 'en-GB'), fr: translator<typeof en>(fr, 'fr') }

/** What mails, and the pages that their links lead to, say in a language. */
export const speakerOf = (language: Language) => speakers[language]

export type Speaker = ReturnType<typeof speakerOf>

/** A moment as it is written where somebody is. */
export const momentIn = (language: Language, zone: string, moment: number): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(moment)
