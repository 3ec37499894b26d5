import type { Text } from '../../shared/i18n/text.ts'

/** How ioredis says that no Sentinel named a primary. */
const nobodyNamed = /^All sentinels are unreachable/

const textOf = (error: unknown) => (error instanceof Error ? error.message : '')

/**
 * What Sentinels said of the login with which they were asked, where that is why a connection failed; null where it is not.
 * `said`: what each of them answered, in ioredis's words.
 */
export const loginOfSentinelsRefused = (thrown: unknown, said: unknown[]): Text | null => {
  // One that was named by another Sentinel was tried: it is not for the login then.
  if (!nobodyNamed.test(textOf(thrown))) return null
  const texts = said.map(textOf)
  if (texts.some((text) => /\b(WRONGPASS|NOPERM) /.test(text))) return { id: 'sentinelsRefuseLogin' }
  return texts.some((text) => /\bNOAUTH /.test(text)) ? { id: 'sentinelsWantLogin' } : null
}
