import { createHash } from 'node:crypto'

/** What Redis keeps of a password: its SHA-256 in hexadecimal. */
export const passwordDigest = (password: string) => createHash('sha256').update(password).digest('hex')

/** Whether a text is such a digest: what stands in the record may be something else. */
export const isPasswordDigest = (text: string | undefined): text is string =>
  /^[0-9a-f]{64}$/.test(text ?? '')

/** The rule that sets a password, by its digest. */
export const passwordRule = (password: string) => `#${passwordDigest(password)}`
