import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { english } from '../shared/i18n/english.ts'
import { speaker, type Text } from '../shared/i18n/text.ts'
import errorsFr from '../shared/messages/fr/errors.json' with { type: 'json' }
import passwordsFr from '../shared/messages/fr/passwords.json' with { type: 'json' }

const inFrench = speaker({ ...errorsFr, ...passwordsFr }, 'fr')

/** How texts are said in the language that the browser prefers, and that language. */
export const speech = (c: Context): { language: string; say: (text: Text) => string } => {
  const language = accepts(c, { header: 'Accept-Language', supports: ['en', 'fr'], default: 'en', match })
  return { language, say: language === 'fr' ? inFrench : english }
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

/** `fr-CA` asks for French as `fr` does; the first that is spoken here wins, in the caller's order of weight. */
const match = (
  accepted: { type: string; q: number }[],
  { supports, default: fallback }: { supports: string[]; default: string },
) =>
  accepted
    .toSorted((a, b) => b.q - a.q)
    .map(({ type }) => type.split('-')[0]?.toLowerCase() ?? '')
    .find((language) => supports.includes(language)) ?? fallback
