import { english } from '../shared/i18n/english.ts'
import type { Text } from '../shared/i18n/text.ts'

const unkept = { 'cache-control': 'no-store' }

/** An answer that the page reads: what is wrong, as a text that it says in its own language; a sentence where only programs get it. */
export const message = (status: number, said: string | Text, headers: Record<string, string> = {}) =>
  Response.json(typeof said === 'string' ? { message: said } : { message: english(said), text: said }, {
    status,
    headers: { ...unkept, ...headers },
  })

/** An answer that users and programs read as it stands. */
export const plain = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { ...unkept, 'content-type': 'text/plain; charset=utf-8' },
  })

/** After how many seconds a caller with too much going on may try again: windows that are closed free their streams at once. */
export const retryAfterSeconds = 15

export const tooMuch = () =>
  message(429, { id: 'tooMuchGoingOn' }, { 'retry-after': String(retryAfterSeconds) })
