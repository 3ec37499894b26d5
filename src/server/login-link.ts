import { randomBytes } from 'node:crypto'

/** A secret that nobody guesses: 256 bits. */
export const newToken = () => randomBytes(32).toString('base64url')

/** A login link's secret: it works once. */
export class LoginLink {
  #secret: string | null = newToken()

  get secret() {
    return this.#secret
  }

  /** Whether this is the secret; from then on nothing is. */
  use(secret: string | undefined): boolean {
    if (!secret || secret !== this.#secret) return false
    this.#secret = null
    return true
  }
}
