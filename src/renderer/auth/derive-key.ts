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
