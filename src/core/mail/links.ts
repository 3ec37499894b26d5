import { createHash } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { AccountName } from '../../shared/schemas/ids.ts'

/*
 * Links in mails work without a login. What they may do is signed by the servers of the gallery, and bound to the address that the
 * mail went to: whoever had the account's address before can neither confirm nor end anything.
 */

/** What a link does: it confirms an address, or ends all mails to it. */
export type LinkPurpose = 'confirm' | 'stop'

/** How long an address can be confirmed. A link that ends mails works for as long as the mails come. */
const confirmFor = '3d'
/** More than the longest token comes to, in characters. */
const maxTokenLength = 1024

/** Whom a link is of, and which address it was sent to. */
export interface LinkOf {
  account: string
  /** Of the address, so that a link does not tell it. */
  digest: string
}

export const addressDigest = (address: string): string =>
  createHash('sha256').update(address).digest('base64url').slice(0, 22)

/** Makes and reads what stands behind the links of mails. */
export class MailLinks {
  readonly #secret: Uint8Array

  /** `secret`: 32 bytes, the same on all servers of the gallery. */
  constructor(secret: Uint8Array) {
    this.#secret = secret
  }

  token(purpose: LinkPurpose, account: string, address: string): Promise<string> {
    const token = new SignJWT({ adr: addressDigest(address) })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(account)
      .setAudience(purpose)
    return (purpose === 'confirm' ? token.setIssuedAt().setExpirationTime(confirmFor) : token).sign(
      this.#secret,
    )
  }

  /** Null for what no server of the gallery signed for this purpose, and for what is over. */
  async read(purpose: LinkPurpose, token: string): Promise<LinkOf | null> {
    if (token.length > maxTokenLength) return null
    try {
      const { payload } = await jwtVerify(token, this.#secret, { audience: purpose, algorithms: ['HS256'] })
      const { sub, adr } = payload
      return { account: AccountName.parse(sub), digest: typeof adr === 'string' ? adr : '' }
    } catch {
      return null
    }
  }
}
