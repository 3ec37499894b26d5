import { said, t } from '../i18n/index.ts'

/**
 * The key that an account logs in with, from its password (core/gallery/credentials.ts derives the same). It is made here, so that
 * the password itself never leaves the page.
 */
export const deriveKey = async (galleryId: string, account: string, password: string): Promise<string> => {
  const { scryptAsync } = await import('@noble/hashes/scrypt.js')
  const salt = `cimaise:${galleryId}:${account}`
  const key = await scryptAsync(password.normalize('NFKC'), salt, { N: 32768, r: 8, p: 1, dkLen: 32 })
  return Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Logs in to the browser shell. Returns null, or what went wrong, for the user. */
export const logIn = async (galleryId: string, account: string, password: string): Promise<string | null> => {
  try {
    const key = await deriveKey(galleryId, account, password)
    const response = await fetch('login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, key }),
    })
    if (response.ok) return null
    const { message, text } = (await response.json()) as { message: string; text?: unknown }
    return said(text, message)
  } catch {
    return t('loginFailed')
  }
}

/** How one can log in to the browser shell besides by a password; nothing else where that cannot be read. */
export const otherWays = async (): Promise<{ provider: { text: string | null } | null }> => {
  try {
    return (await (await fetch('login/ways')).json()) as { provider: { text: string | null } | null }
  } catch {
    return { provider: null }
  }
}
