import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { PasskeyAnswer, PasskeyProof } from '../../src/shared/schemas/own-ways.ts'

/**
 * What the app of a person shows, so many half minutes from now. For a first code it is 0, for the next one 1: both stand for a while longer, so
 * that no test is late.
 */
export const codeOf = (secret: string, later = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 })

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** What a device says of a signature: for whom, that its person was there, and how many there were. */
interface Said {
  origin: string
  party: string
  challenge: string
  /** Whether the device has asked for a PIN, finger or face. */
  verified?: boolean
  /** What it counts; its own count where nothing is said. */
  counter?: number
}

/** A device that makes and uses a passkey (W3C Web Authentication, level 2), which says what a test wants it to. */
export class Authenticator {
  readonly id = base64url(randomBytes(32))
  readonly #key: KeyObject
  readonly #point: Buffer
  #counter = 0

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#key = privateKey
    this.#point = Buffer.concat([
      // CBOR: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ])
  }

  make(said: Said): PasskeyAnswer {
    const id = Buffer.from(this.id, 'base64url')
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.#point])
    const data = Buffer.concat([this.#data(said, 0x40), credential])
    const attestation = Buffer.concat([
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
      Buffer.from([data.length]),
      data,
    ])
    const clientDataJSON = this.#client('webauthn.create', said)
    return {
      ...this.#head(),
      response: { clientDataJSON, attestationObject: base64url(attestation), transports: ['internal'] },
    }
  }

  prove(said: Said): PasskeyProof {
    const data = this.#data(said, 0)
    const clientDataJSON = this.#client('webauthn.get', said)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url').toString())])
    const signature = base64url(sign('sha256', signed, this.#key))
    return { ...this.#head(), response: { clientDataJSON, authenticatorData: base64url(data), signature } }
  }

  #head() {
    return { id: this.id, rawId: this.id, type: 'public-key' as const, clientExtensionResults: {} }
  }

  #data({ party, verified = true, counter = ++this.#counter }: Said, flags: number) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(party), Buffer.from([flags | 0x01 | (verified ? 0x04 : 0)]), count])
  }

  #client(type: string, { challenge, origin }: Said) {
    return base64url(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })))
  }
}
