import { customAlphabet } from 'nanoid'
import type { Text } from '../i18n/text.ts'

/** Shortest and longest password, in characters. */
const minLength = 8
const maxLength = 1024

/** Among the first that are guessed: with digits for letters, with capitals and with something at the end as well. */
const common = new Set(
  `password passwort motdepasse contrasena passw pass iloveyou princess sunshine football baseball superman batman monkey
  dragon master shadow letmein welcome trustno whatever starwars computer internet samsung liverpool chelsea charlie
  michael jennifer jordan hunter michelle jessica ashley nicole daniel thomas andrew joshua pokemon cheese secret summer
  winter spring autumn freedom ninja mustang access flower hello admin administrator root test guest qwerty qwertyuiop
  qwertz azerty azertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abc abcd abcdef abcdefgh changeme default
  photo photos gallery cimaise redis bonjour soleil doudou loulou chouchou hallo schatz sommer geheim`
    .split(/\s+/)
    .filter(Boolean),
)

const letters: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  $: 's',
  '@': 'a',
}

/** A password without what users change and add to a common one. */
const core = (password: string) =>
  password
    .toLowerCase()
    .replace(/^[^a-z@$0-9]+|[^a-z@$]+$/g, '')
    .replace(/[013457$@]/g, (sign) => letters[sign] ?? sign)

/** Digits in a row, the same again and again. */
const isRun = (password: string) =>
  new Set(password).size <= 2 ||
  '01234567890123456789'.includes(password) ||
  '98765432109876543210'.includes(password)

/** How many Unicode code points a text has. */
const characters = (text: string) => Array.from(text).length

export type PasswordProblem = 'short' | 'long' | 'name' | 'common'

/** Why a password will not do for an account; null where it does. */
export const passwordProblem = (name: string, password: string): PasswordProblem | null => {
  const length = characters(password)
  if (length < minLength) return 'short'
  if (length > maxLength) return 'long'
  const folded = password.toLowerCase()
  const contains = name.length >= 3 && folded.includes(name) && length - name.length < 6
  if (folded === name || contains) return 'name'
  return isRun(password) || common.has(folded) || common.has(core(password)) ? 'common' : null
}

/** The same as a text of the catalogue `passwords`. */
export const passwordTexts = {
  short: { id: 'passwordShort', blanks: { n: String(minLength) } },
  long: { id: 'passwordLong', blanks: { n: String(maxLength) } },
  name: { id: 'passwordLikeName', blanks: {} },
  common: { id: 'passwordCommon', blanks: {} },
} as const satisfies Record<PasswordProblem, Text>

/** How hard a password is to guess, 0 to 3: by its length and by how many kinds of characters it has. */
export const strength = (password: string): 0 | 1 | 2 | 3 => {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) =>
    kind.test(password),
  ).length
  const different = new Set(password).size
  const bits = Math.min(characters(password), 2 * different) * (3 + kinds / 2)
  if (bits < 35) return 0
  if (bits < 50) return 1
  return bits < 70 ? 2 : 3
}

/** No characters that are taken for one another. */
const randomCharacters = customAlphabet('abcdefghjkmnpqrstuvwxyz23456789', 16)

/** A random password: four groups of four characters, some 79 bits. */
export const generatePassword = (): string => {
  const picked = randomCharacters()
  return [0, 4, 8, 12].map((at) => picked.slice(at, at + 4)).join('-')
}
