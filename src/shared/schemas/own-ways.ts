import { z } from 'zod'
import { maxPasskeyName } from '../domain/own-ways.ts'

/** A key in a device of a person, by which their account logs in. */
export const OwnPasskey = z.object({
  id: z.string(),
  name: z.string(),
  since: z.string(),
  /** When it logged its account in last, in ISO 8601; null where it has not. */
  used: z.string().nullable(),
})

export const PasskeyName = z.string().trim().min(1).max(maxPasskeyName)

/** Which accounts must have codes or a passkey besides their password. */
export const FactorRequirement = z.enum(['nobody', 'administrators', 'everybody'])

export type FactorRequirement = z.infer<typeof FactorRequirement>

/** How one's own account can log in through this server besides by its password. */
export const OwnWays = z.object({
  /** Whether codes and passkeys can be added here, with the reason where they cannot. */
  possible: z.enum(['yes', 'serverOnly', 'noAdministrator', 'runsServer', 'noPassword']),
  /** Whether the page's address is one for which browsers make passkeys. */
  named: z.boolean(),
  codesSince: z.string().nullable(),
  recoveryLeft: z.int(),
  passkeys: z.array(OwnPasskey),
})

/** A code of six digits, or a recovery code, as it was typed. */
export const TypedCode = z.string().min(1).max(64)

/** What a server sealed for itself, on its way by the page. */
export const SealedNote = z.string().min(1).max(1024)

/** Options for the browser's own passkey dialog (W3C Web Authentication, as JSON). */
export const PasskeyOptions = z.record(z.string(), z.unknown())

const bytes = z
  .string()
  .max(8192)
  .regex(/^[\w-]*$/)

const credential = {
  id: bytes.max(1400),
  rawId: bytes.max(1400),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).catch({}),
}

/** A new passkey, as the browser answers. */
export const PasskeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    /** How browsers reach the device, in their words. */
    transports: z.array(z.string().max(20)).max(10).default([]).catch([]),
  }),
})

/** A login by a passkey, as the browser answers. */
export const PasskeyProof = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
  }),
})

export type OwnPasskey = z.infer<typeof OwnPasskey>
export type OwnWays = z.infer<typeof OwnWays>
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>
export type PasskeyProof = z.infer<typeof PasskeyProof>
