import { z } from 'zod'
import { LoginKey } from '../schemas/account.ts'
import {
  OwnWays,
  PasskeyAnswer,
  PasskeyName,
  PasskeyOptions,
  SealedNote,
  TypedCode,
} from '../schemas/own-ways.ts'
import { base, refusing } from './base.ts'

const recovery = z.object({ recovery: z.array(z.string()) })

/** How one's own account can log in besides by its password. */
const list = base.output(OwnWays)

/**
 * Begins to turn codes on: their secret, and the address by which an app takes it. Nothing is changed yet. FORBIDDEN where `key` is not the one of
 * the password, UNSUPPORTED where no server is in between, INVALID where the account runs the server.
 */
const beginCodes = refusing('INVALID', 'UNSUPPORTED')
  .input(z.object({ key: LoginKey }))
  .output(z.object({ secret: z.string(), address: z.string(), sealed: SealedNote }))

/**
 * Asks this account for a code after its password from now on, and ends its other sessions. `code`: that the app shows, as a proof. The recovery
 * codes are told once. INVALID for a wrong code, FORBIDDEN where it took too long.
 */
const turnCodesOn = refusing('INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(z.object({ sealed: SealedNote, code: TypedCode }))
  .output(recovery)

/** Other recovery codes in place of those that there are. INVALID for a wrong code, CONFLICT after too many. */
const renewRecovery = refusing('NOT_FOUND', 'INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(z.object({ code: TypedCode }))
  .output(recovery)

/** Asks for no code any more. INVALID for a wrong code, CONFLICT after too many. */
const turnCodesOff = refusing('NOT_FOUND', 'INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(z.object({ code: TypedCode }))
  .output(z.void())

/** Begins to add a passkey. FORBIDDEN where `key` is not the one of the password, INVALID where the address of the page is none for passkeys. */
const beginPasskey = refusing('INVALID', 'UNSUPPORTED')
  .input(z.object({ key: LoginKey }))
  .output(z.object({ options: PasskeyOptions, sealed: SealedNote }))

/**
 * Adds the passkey that the browser made. INVALID where it does not belong to what was begun, FORBIDDEN where that took too long, CONFLICT
 * where it is there.
 */
const addPasskey = refusing('INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(z.object({ sealed: SealedNote, name: PasskeyName, answer: PasskeyAnswer }))
  .output(z.void())

/** Removes a passkey. NOT_FOUND where it is none of one's own. */
const removePasskey = refusing('NOT_FOUND', 'UNSUPPORTED')
  .input(z.object({ id: z.string().max(1400) }))
  .output(z.void())

export const ways = {
  list,
  beginCodes,
  turnCodesOn,
  renewRecovery,
  turnCodesOff,
  beginPasskey,
  addPasskey,
  removePasskey,
}
