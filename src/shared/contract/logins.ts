import { z } from 'zod'
import { GroupMapping, ProviderLink, ProviderPerson, ProviderSubject } from '../schemas/access.ts'
import { AccountName } from '../schemas/ids.ts'
import { FactorRequirement } from '../schemas/own-ways.ts'
import { base, refusing } from './base.ts'

/** Who has an account by the provider of logins, and who logged in there and has none. Administrators. */
const people = base.output(
  z.object({
    linked: z.array(ProviderLink),
    waiting: z.array(ProviderPerson),
    groups: z.array(GroupMapping),
  }),
)

/**
 * Lets a person of the provider in as an account. NOT_FOUND where there is no such account, CONFLICT where the person has another one, INVALID
 * for the owner of this computer's gallery and for what follows folders. Administrators.
 */
const link = refusing('NOT_FOUND', 'CONFLICT', 'INVALID')
  .input(ProviderSubject.extend({ account: AccountName, name: z.string().max(254) }))
  .output(z.void())

/** Lets a person in no more and ends the sessions of their account. NOT_FOUND where nobody is linked so. Administrators. */
const unlink = refusing('NOT_FOUND').input(ProviderSubject).output(z.void())

/** Forgets somebody who waits for an account. Administrators. */
const forget = base.input(ProviderSubject).output(z.void())

/** Which group here a group of the provider is; `ours` null: none. It counts from each one's next login or look. Administrators. */
const mapGroup = refusing('NOT_FOUND')
  .input(z.object({ theirs: GroupMapping.shape.theirs, ours: AccountName.nullable() }))
  .output(z.void())

/** What an account has besides its password. Administrators. */
const waysOf = base
  .input(z.object({ account: AccountName }))
  .output(z.object({ codes: z.boolean(), passkeys: z.int() }))

/**
 * Leaves an account its password alone, without codes and passkeys, and ends its sessions. NOT_FOUND where there is no such account, INVALID where it
 * has neither anyway. Administrators.
 */
const resetWays = refusing('NOT_FOUND', 'INVALID')
  .input(z.object({ account: AccountName }))
  .output(z.void())

/** Which accounts must have codes or a passkey, and those with a password that have neither, by name. Administrators. */
const requirement = base.output(z.object({ of: FactorRequirement, without: z.array(z.string()) }))

/** Says so, for the servers of the gallery within seconds. Administrators. */
const setRequirement = base.input(z.object({ of: FactorRequirement })).output(z.void())

export const logins = {
  people,
  link,
  unlink,
  forget,
  mapGroup,
  waysOf,
  resetWays,
  requirement,
  setRequirement,
}
