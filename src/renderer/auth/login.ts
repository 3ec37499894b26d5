import { said, t } from '../i18n/index.ts'
import { deriveKey } from './derive-key.ts'

/** Why a login came to nothing, for the user. `codeNeeded`: the password was right, and a code belongs to it. */
export interface Refusal {
  message: string
  codeNeeded: boolean
}

/** Asks the browser shell for something about a login. Returns its answer, or what went wrong. */
export const askServer = async (path: string, body: unknown): Promise<{ answer: Response } | Refusal> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return { answer: response }
    const { message, text } = (await response.json()) as { message: string; text?: { id?: string } }
    return { message: said(text, message), codeNeeded: text?.id === 'codeNeeded' }
  } catch {
    return { message: t('loginFailed'), codeNeeded: false }
  }
}

/** Logs in to the browser shell. `code`: that was asked for. Returns null, or what went wrong. */
export const logIn = async (
  galleryId: string,
  account: string,
  password: string,
  code = '',
): Promise<Refusal | null> => {
  // What it is made with may not have been loaded yet.
  const key = await deriveKey(galleryId, account, password).catch(() => null)
  if (key === null) return { message: t('loginFailed'), codeNeeded: false }
  const asked = await askServer('login', { account, key, ...(code === '' ? {} : { code }) })
  return 'answer' in asked ? null : asked
}

export interface OtherWays {
  provider: { text: string | null } | null
  /** This page's address is one for which browsers make passkeys. */
  passkeys: boolean
}

/** How one can log in to the browser shell besides by a password; nothing else where that cannot be read. */
export const otherWays = async (): Promise<OtherWays> => {
  try {
    return (await (await fetch('login/ways')).json()) as OtherWays
  } catch {
    return { provider: null, passkeys: false }
  }
}

/** Why another page sent the browser back here, by the id that the address names. */
export const reasonOf = async (id: string): Promise<string> => {
  const { english, readText } = await import('../../shared/i18n/english.ts')
  const text = readText({ id })
  return said({ id }, text ? english(text) : t('loginFailed'))
}
