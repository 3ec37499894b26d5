import { app } from 'electron'
import en from '../shared/messages/en/desktop.json' with { type: 'json' }
import fr from '../shared/messages/fr/desktop.json' with { type: 'json' }

/** What the desktop shell says itself. The page has its own catalogue. */
export type Words = typeof en

const french: Words = fr

/** The texts of the system's language; English where we do not speak it. Electron must be ready. */
export const words = (): Words => (app.getLocale().startsWith('fr') ? french : en)
