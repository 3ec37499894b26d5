import { countRecovery, isPassword, readLoginCodes } from '../../core/access/login-codes.ts'
import { refuseUnkept } from '../../core/access/kept-logins.ts'
import { passkeysOf, removePasskey } from '../../core/access/passkeys.ts'
import type { Session } from '../../core/gallery/session.ts'
import type { OwnWaysDesk } from '../../router/base.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { OwnWays } from '../../shared/schemas/own-ways.ts'
import { LoginCodes, type WaysParts } from './login-codes.ts'
import { partyOf } from './party.ts'
import { Passkeys } from './passkeys.ts'

const none = { named: false, codesSince: null, recoveryLeft: 0, passkeys: [] }

/** What accounts add to their own logins, and take away, through this server. */
export class OwnLogins {
  readonly #parts: WaysParts
  readonly codes: LoginCodes
  readonly passkeys: Passkeys

  constructor(parts: WaysParts) {
    this.#parts = parts
    this.codes = new LoginCodes(parts)
    this.passkeys = new Passkeys(parts)
  }

  /** For callers whose browsers ask for this name. */
  deskAt(host: string): OwnWaysDesk {
    const { codes, passkeys } = this
    const { administration } = this.#parts
    const checked = (session: Session, key: string) => this.#checkPassword(session, key)
    return {
      list: (session) => this.#list(session, host),
      isPassword: (session, key) => administration.act((admin) => isPassword(admin, session.account, key)),
      beginCodes: async (session, key) => {
        await checked(session, key)
        return codes.begin(session)
      },
      turnCodesOn: (session, sealed, code) => codes.turnOn(session, sealed, code),
      turnCodesOff: ({ account }, code) => codes.turnOff(account, code),
      renewRecovery: ({ account }, code) => codes.renewRecovery(account, code),
      beginPasskey: async (session, key) => {
        await checked(session, key)
        return passkeys.beginAdding(session, host)
      },
      addPasskey: ({ account }, wanted) => passkeys.add(account, host, wanted),
      removePasskey: ({ account }, id) => administration.act((admin) => removePasskey(admin, account, id)),
    }
  }

  /** Whoever sits at an open window has to know the password. */
  #checkPassword({ account }: Session, key: string): Promise<void> {
    return this.#parts.administration.act(async (admin) => {
      if (!(await isPassword(admin, account, key))) throw new GalleryError('FORBIDDEN', 'wrongPassword')
      await refuseUnkept(admin, account)
    })
  }

  async #list({ account }: Session, host: string): Promise<OwnWays> {
    const { administration, gallery } = this.#parts
    try {
      return await administration.act(async (admin) => {
        await refuseUnkept(admin, account)
        return {
          possible: account === gallery.user ? ('runsServer' as const) : ('yes' as const),
          named: partyOf(host) !== null,
          codesSince: (await readLoginCodes(admin, account))?.since ?? null,
          recoveryLeft: await countRecovery(admin, account),
          passkeys: await passkeysOf(admin, account),
        }
      })
    } catch (error) {
      if (!(error instanceof GalleryError) || error.code !== 'INVALID') throw error
      const possible = error.text.id === 'providerNeedsAdministrator' ? 'noAdministrator' : 'noPassword'
      return { ...none, possible }
    }
  }
}
