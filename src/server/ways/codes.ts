import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** Seconds for which a code stands. */
const period = 30
/** Codes before and after the one of this moment that count too, as clocks differ. */
const window = 1
/** Recovery codes that an account gets. */
const recoveryCount = 10
/** Of base 32, without what looks alike: 16 of them are 80 bits. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

const totpOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period })

/** A secret that codes are made from (RFC 6238), in base 32: 160 bits. */
export const newCodeSecret = (): string => new Secret({ size: 20 }).base32

/** The address by which an app takes a secret, as it stands in a QR code. */
export const codeAddress = (secret: string, account: string, gallery: string): string => {
  const totp = totpOf(secret)
  totp.label = account
  totp.issuer = gallery
  return totp.toString()
}

/** The counter of a code; null where it is none of this moment. */
export const counterOf = (secret: string, code: string): number | null => {
  const timestamp = Date.now()
  const delta = totpOf(secret).validate({ token: code, timestamp, window })
  return delta === null ? null : TOTP.counter({ period, timestamp }) + delta
}

const newRecoveryCode = () => {
  const letters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return letters.replace(/(?<=.)(?=(.{4})+$)/g, '-')
}

/** Codes for whoever has lost the device, each of which counts once. */
export const newRecoveryCodes = (): string[] => Array.from({ length: recoveryCount }, newRecoveryCode)

/** A code as it was typed: six digits, or a recovery code as it was told. */
export const readCode = (typed: string): { digits: string } | { recovery: string } => {
  const plain = typed.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (/^\d{6}$/.test(plain)) return { digits: plain }
  return { recovery: plain.replace(/(?<=.)(?=(.{4})+$)/g, '-') }
}
