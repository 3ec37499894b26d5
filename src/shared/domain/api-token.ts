import { newName } from './random-ids.ts'

/** Tokens that one account may have. */
export const maxTokens = 20
/** For how long a token may be made, in days. */
export const maxTokenDays = 366

/** What a script sends: `cimaise_`, what names the token, and its secret, which is what it logs in to Redis with. */
export const formatToken = (name: string, key: string): string =>
  `cimaise_${name.slice('token~'.length)}_${key}`

/** The parts of a token; null for what is none. */
export const parseToken = (text: string): { name: string; key: string } | null => {
  const [, id, key] = /^cimaise_([0-9A-Za-z]{8})_([0-9a-f]{64})$/.exec(text) ?? []
  return id && key ? { name: `token~${id}`, key } : null
}

/** A new token's name and secret: 256 bits, of which nothing can be guessed. */
export const newToken = (): { name: string; key: string } => {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { name: `token~${newName()}`, key }
}
