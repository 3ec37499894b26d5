import errors from '../messages/en/errors.json' with { type: 'json' }
import passwords from '../messages/en/passwords.json' with { type: 'json' }
import { parseText, speaker, type Text, type Texts } from './text.ts'

const texts: Texts = { ...errors, ...passwords }

/** A text in English, as logs, the command line and the answers of the server have it. */
export const english = speaker(texts, 'en-GB')

/** A text that comes from elsewhere; null for what is none (text.ts). */
export const readText = (claim: unknown): Text | null => parseText(claim, texts)
