import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { languages, type Language } from '../shared/domain/appearance.ts'
import { spokenOf } from '../shared/i18n/languages.ts'
import { refusalsIn } from '../shared/i18n/refusals.ts'
import type { Text } from '../shared/i18n/text.ts'

/** How texts are said in the language that the browser prefers, and that language. */
export const speech = (c: Context): { language: Language; say: (text: Text) => string } => {
  const accepted = accepts(c, { header: 'Accept-Language', supports: [...languages], default: 'en', match })
  const language = spokenOf([accepted])
  return { language, say: refusalsIn(language) }
}

/** A text as the whole answer, in the language that the browser prefers: who opens an image's address reads it as it stands. */
export const plainAnswer = (c: Context, status: number, text: Text): Response => {
  const { language, say } = speech(c)
  return new Response(say(text), {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      vary: 'accept-language',
    },
  })
}

/** The first that is spoken here wins, in the caller's order of weight. */
const match = (accepted: { type: string; q: number }[]) =>
  spokenOf(accepted.toSorted((a, b) => b.q - a.q).map(({ type }) => type))
