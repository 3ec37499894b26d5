import { app } from 'electron'
import { english } from '../shared/i18n/english.ts'
import { speaker, type Text } from '../shared/i18n/text.ts'
import en from '../shared/messages/en/desktop.json' with { type: 'json' }
import errorsFr from '../shared/messages/fr/errors.json' with { type: 'json' }
import fr from '../shared/messages/fr/desktop.json' with { type: 'json' }
import passwordsFr from '../shared/messages/fr/passwords.json' with { type: 'json' }
import { appearance } from './appearance.ts'

/** What the desktop shell says itself. The page has its own catalogue. */
export type Words = typeof en

const french: Words = fr
const inFrench = speaker({ ...errorsFr, ...passwordsFr }, 'fr')

const speaksFrench = () => (appearance().language ?? app.getLocale()).startsWith('fr')

/** The texts of the language that was chosen, or else of the system's; English where we do not speak it. Electron must be ready. */
export const words = (): Words => (speaksFrench() ? french : en)

/** What the gallery refuses and why, in the same language. */
export const say = (text: Text): string => (speaksFrench() ? inFrench(text) : english(text))
