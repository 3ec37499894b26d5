import { app } from 'electron'
import type { Language } from '../shared/domain/appearance.ts'
import { byLanguage, spokenOf } from '../shared/i18n/languages.ts'
import { refusalsIn } from '../shared/i18n/refusals.ts'
import type { Text } from '../shared/i18n/text.ts'
import en from '../shared/messages/en/desktop.json' with { type: 'json' }
import { appearance } from './appearance.ts'

/** What the desktop shell says itself. The page has its own catalogue. */
export type Words = typeof en

const catalogues = byLanguage(
  import.meta.glob<Words>('../shared/messages/*/desktop.json', { eager: true, import: 'default' }),
)

/** The language that was chosen, or else the system's; English where we do not speak it. */
const spoken = (): Language => spokenOf([appearance().language ?? app.getLocale()])

/** The texts of the language that is spoken. Electron must be ready. */
export const words = (): Words => catalogues.get(spoken()) ?? en

/** What the gallery refuses and why, in the same language. */
export const say = (text: Text): string => refusalsIn(spoken())(text)
