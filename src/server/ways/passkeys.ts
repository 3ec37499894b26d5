import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { keptKey, refuseUnkept } from '../../core/access/kept-logins.ts'
import {
  addPasskey,
  answerOnce,
  countSignature,
  findPasskey,
  notePasskeyUse,
  passkeysOf,
  signaturesOf,
} from '../../core/access/passkeys.ts'
import type { Session } from '../../core/gallery/session.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { PasskeyAnswer, PasskeyProof } from '../../shared/schemas/own-ways.ts'
import { Seal } from '../sessions/seal.ts'
import type { WaysParts } from './login-codes.ts'
import { partyOf, type Party } from './party.ts'

/** Loaded with the first passkey: that takes a quarter of a second, and some megabytes. */
const webAuthn = () => import('@simplewebauthn/server')

/** EdDSA, ES256 and RS256 (IANA, COSE algorithms), of which every device knows one. */
const algorithms = [-8, -7, -257]

/** For how long a challenge stands, in seconds. */
const challengeSeconds = 300

/** What was asked of a browser. `account`: to which a passkey is to be added; empty for a login. `begun`: in milliseconds since 1970. */
const Asked = z.object({ challenge: z.string(), account: z.string(), begun: z.int() })

type Asked = z.infer<typeof Asked>

const refused = (cause?: unknown) => new GalleryError('FORBIDDEN', 'passkeyRefused', {}, { cause })

/** The party of a page. INVALID where its address is none for passkeys. */
const partyFor = (host: string): Party => {
  const party = partyOf(host)
  if (!party) throw new GalleryError('INVALID', 'passkeyNeedsName')
  return party
}

/** Logins by passkeys (W3C Web Authentication). The device always asks for its PIN, finger or face. */
export class Passkeys {
  readonly #parts: WaysParts
  readonly #seal: Seal<Asked>
  readonly #secret: Buffer
  readonly #handles: Buffer

  constructor(parts: WaysParts) {
    this.#parts = parts
    const { secretFor } = parts.gallery
    this.#seal = new Seal(secretFor('challenges for passkeys'), Asked)
    this.#secret = secretFor('kept redis logins')
    this.#handles = secretFor('handles of passkeys')
  }

  /** What the browser is asked for to log somebody in, of whom no name is known yet. Nothing is kept here. */
  async beginLogin(host: string) {
    const { id: rpID } = partyFor(host)
    const { generateAuthenticationOptions } = await webAuthn()
    const options = await generateAuthenticationOptions({
      ...{ rpID, userVerification: 'required', timeout: challengeSeconds * 1000 },
    })
    return { options, sealed: await this.#sealed(options.challenge, '') }
  }

  /** The account that a passkey proves, and the key that it logs in to Redis with. FORBIDDEN for anything else, and the second time. */
  async enter(host: string, sealed: string, proof: PasskeyProof): Promise<{ account: string; key: string }> {
    const challenge = await this.#challengeIn(sealed, '')
    if (challenge === null) throw refused()
    const party = partyFor(host)
    return this.#parts.administration.act(async (session) => {
      const account = await this.#prove(session, party, { challenge, proof })
      return { account, key: await keptKey(session, account, this.#secret) }
    })
  }

  /** What the browser is asked for to make a passkey for an account. */
  async beginAdding({ account, identity }: Session, host: string) {
    const { id: rpID } = partyFor(host)
    const { generateRegistrationOptions } = await webAuthn()
    const options = await this.#parts.administration.act(async (session) => {
      await refuseUnkept(session, account)
      const there = await passkeysOf(session, account)
      return generateRegistrationOptions({
        ...{ rpID, rpName: session.keys.gallery, userName: account, userDisplayName: identity.displayName },
        userID: new Uint8Array(createHmac('sha256', this.#handles).update(account).digest()),
        timeout: challengeSeconds * 1000,
        excludeCredentials: there.map(({ id }) => ({ id })),
        supportedAlgorithmIDs: algorithms,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    })
    return { options, sealed: await this.#sealed(options.challenge, account) }
  }

  /** Adds the passkey that a browser made. FORBIDDEN where that took too long or is another's, INVALID where it does not belong to what was asked. */
  async add(
    account: string,
    host: string,
    { sealed, name, answer }: { sealed: string; name: string; answer: PasskeyAnswer },
  ): Promise<void> {
    const expectedChallenge = await this.#challengeIn(sealed, account)
    if (expectedChallenge === null) throw new GalleryError('FORBIDDEN', 'passkeyLate')
    const party = partyFor(host)
    const { verifyRegistrationResponse } = await webAuthn()
    const { registrationInfo: made } = await verifyRegistrationResponse({
      ...{ response: answer, expectedChallenge, expectedOrigin: party.origins, expectedRPID: party.id },
      supportedAlgorithmIDs: algorithms,
    }).catch((cause: unknown) => {
      throw new GalleryError('INVALID', 'passkeyRefused', {}, { cause })
    })
    if (!made) throw new GalleryError('INVALID', 'passkeyRefused')
    const { id, publicKey, counter, transports = [] } = made.credential
    const key = Buffer.from(publicKey).toString('base64url')
    await this.#parts.administration.act(async (session) => {
      if (!(await answerOnce(session, expectedChallenge, challengeSeconds)))
        throw new GalleryError('FORBIDDEN', 'passkeyLate')
      await addPasskey(session, id, { account, name, party: party.id, publicKey: key, transports })
      await countSignature(session, id, counter)
    })
  }

  /** The account whose passkey has signed a challenge, of this party, with its person there, for the first time. */
  async #prove(
    session: Session,
    { id: party, origins }: Party,
    { challenge, proof }: { challenge: string; proof: PasskeyProof },
  ): Promise<string> {
    const passkey = await findPasskey(session, proof.id)
    if (passkey?.party !== party) throw refused()
    const { verifyAuthenticationResponse } = await webAuthn()
    const { authenticationInfo: said, verified } = await verifyAuthenticationResponse({
      ...{ response: proof, expectedChallenge: challenge, expectedOrigin: origins, expectedRPID: party },
      credential: {
        id: proof.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: await signaturesOf(session, proof.id),
      },
    }).catch((cause: unknown) => {
      throw refused(cause)
    })
    const first = verified && (await answerOnce(session, challenge, challengeSeconds))
    if (!first || !(await countSignature(session, proof.id, said.newCounter))) throw refused()
    await notePasskeyUse(session, proof.id)
    return passkey.account
  }

  #sealed(challenge: string, account: string) {
    return this.#seal.seal({ challenge, account, begun: Date.now() })
  }

  /** The challenge of this server in a sealed note, for this account; null where it is another or too old. */
  async #challengeIn(sealed: string, account: string): Promise<string | null> {
    const asked = await this.#seal.open(sealed)
    if (asked?.account !== account || Date.now() - asked.begun > challengeSeconds * 1000) return null
    return asked.challenge
  }
}
