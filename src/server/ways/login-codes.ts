import { z } from 'zod'
import {
  codesOf,
  countOwnChange,
  isPassword,
  readLoginCodes,
  setRecovery,
  takeCounter,
  takeRecovery,
  turnCodesOff,
  turnCodesOn,
} from '../../core/access/login-codes.ts'
import { noteRequest } from '../../core/access/audit-log.ts'
import { keptKey } from '../../core/access/kept-logins.ts'
import { oneself } from '../../core/access/sessions.ts'
import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { replacePassword } from '../../core/redis/clients.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Administration } from '../administration.ts'
import type { Attempts } from '../attempts.ts'
import { Seal } from '../sessions/seal.ts'
import { codeAddress, counterOf, newCodeSecret, newRecoveryCodes, readCode } from './codes.ts'

/** How long somebody may take to type a first code back, in milliseconds. */
const beginningMs = 15 * 60_000

export interface WaysParts {
  gallery: Pick<Gallery, 'secretFor' | 'user' | 'keys'>
  administration: Administration
  attempts: Attempts
}

/** `begun`: in milliseconds since 1970. */
const CodeSecret = z.object({ account: z.string(), secret: z.string(), begun: z.int() })

const turnOff = async (session: Session, account: string) => {
  await turnCodesOff(session, account)
  await noteRequest(session, account, 'codes-off')
}

/** Codes that accounts are asked for after their password, and the way in for those who have both. */
export class LoginCodes {
  readonly #parts: WaysParts
  readonly #seal: Seal<z.infer<typeof CodeSecret>>
  readonly #secret: Buffer

  constructor(parts: WaysParts) {
    this.#parts = parts
    this.#seal = new Seal(parts.gallery.secretFor('login codes'), CodeSecret)
    this.#secret = parts.gallery.secretFor('kept redis logins')
  }

  /**
   * The key by which the server logs an account in to Redis whose password alone does not do. FORBIDDEN with `noMatch` for a wrong password or an
   * account without codes, with `codeNeeded` for a right one alone; otherwise as `take`.
   */
  enter(account: string, key: string, code: string | undefined): Promise<string> {
    return this.#parts.administration.act(async (session) => {
      const codes = await readLoginCodes(session, account)
      if (!codes || !(await isPassword(session, account, key))) throw new GalleryError('FORBIDDEN', 'noMatch')
      if (code === undefined) throw new GalleryError('FORBIDDEN', 'codeNeeded')
      await this.#take(session, account, { sealed: codes.sealed, code })
      return keptKey(session, account, this.#secret)
    })
  }

  /** A secret for new codes. It is sealed on its way by the page, and nothing is changed. */
  async begin({ account, keys }: Session): Promise<{ secret: string; address: string; sealed: string }> {
    if (account === this.#parts.gallery.user) throw new GalleryError('INVALID', 'codesRunServer')
    const secret = newCodeSecret()
    const sealed = await this.#seal.seal({ account, secret, begun: Date.now() })
    return { secret, address: codeAddress(secret, account, keys.gallery), sealed }
  }

  /** Turns codes on by the first one. INVALID where it is wrong, FORBIDDEN where that took too long or is another's, CONFLICT where codes are on. */
  async turnOn(own: Session, note: string, code: string): Promise<string[]> {
    const { account } = own
    const begun = await this.#seal.open(note)
    if (begun?.account !== account || Date.now() - begun.begun > beginningMs)
      throw new GalleryError('FORBIDDEN', 'codesLate')
    const typed = readCode(code)
    const counter = 'digits' in typed ? counterOf(begun.secret, typed.digits) : null
    if (counter === null) throw new GalleryError('INVALID', 'codeWrong')
    const recovery = newRecoveryCodes()
    await this.#parts.administration.act(async (session) => {
      if (await readLoginCodes(session, account)) throw new GalleryError('CONFLICT', 'codesOn')
      const key = await keptKey(session, account, this.#secret)
      await countOwnChange(session, account, 'codes')
      await takeCounter(session, codesOf(account), counter)
      await setRecovery(session, account, recovery)
      replacePassword(own.redis, key)
      await turnCodesOn(session, account, { sealed: note, spared: oneself(own) })
    })
    return recovery
  }

  /** Turns codes off by one. NOT_FOUND where there are none. */
  turnOff(account: string, code: string): Promise<void> {
    return this.#withCode(account, code, (session) => turnOff(session, account))
  }

  /** Other recovery codes, by a code. */
  async renewRecovery(account: string, code: string): Promise<string[]> {
    const recovery = newRecoveryCodes()
    await this.#withCode(account, code, (session) => setRecovery(session, account, recovery))
    return recovery
  }

  #withCode(account: string, code: string, work: (session: Session) => Promise<void>): Promise<void> {
    return this.#parts.administration.act(async (session) => {
      const codes = await readLoginCodes(session, account)
      if (!codes) throw new GalleryError('NOT_FOUND', 'codesOff')
      await this.#take(session, account, { sealed: codes.sealed, code })
      await work(session)
    })
  }

  /** Uses a code up. INVALID for a wrong one, CONFLICT where there were too many. */
  async #take(session: Session, account: string, { sealed, code }: { sealed: string; code: string }) {
    const { attempts } = this.#parts
    const wait = await attempts.beginCode(account)
    if (wait > 0) throw new GalleryError('CONFLICT', 'codeTooMany', { minutes: String(Math.ceil(wait / 60)) })
    if (!(await this.#isRight(session, account, { sealed, code })))
      throw new GalleryError('INVALID', 'codeWrong')
    await attempts.endCode(account)
  }

  async #isRight(session: Session, account: string, { sealed, code }: { sealed: string; code: string }) {
    const typed = readCode(code)
    if ('recovery' in typed) return takeRecovery(session, account, typed.recovery)
    const known = await this.#seal.open(sealed)
    if (known?.account !== account) throw new GalleryError('CONFLICT', 'codesUnreadable')
    const counter = counterOf(known.secret, typed.digits)
    return counter !== null && takeCounter(session, codesOf(account), counter)
  }
}
