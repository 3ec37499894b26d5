import { z } from 'zod'
import { Account, DisplayName, LoginKey, Role } from '../schemas/account.ts'
import { AccountName } from '../schemas/ids.ts'
import { base, refusing } from './base.ts'

/** All accounts, by name. Administrators. */
const list = base.output(z.array(Account))

/**
 * Makes an account. The password itself never travels: `key` is made from it. CONFLICT where the name is taken or looks like
 * another, INVALID where it is reserved. Administrators.
 */
const create = refusing('CONFLICT', 'INVALID')
  .input(
    z.object({
      name: AccountName,
      displayName: DisplayName.optional(),
      role: Role,
      canCreateAlbums: z.boolean(),
      key: LoginKey,
    }),
  )
  .output(Account)

/**
 * Changes an account. CONFLICT where it is not as it was at `revision`, or where no administrator would remain.
 * Administrators.
 */
const edit = refusing('NOT_FOUND', 'CONFLICT')
  .input(
    z.object({
      name: AccountName,
      revision: z.number().int().optional(),
      displayName: DisplayName.optional(),
      role: Role.optional(),
      canCreateAlbums: z.boolean().optional(),
      disabled: z.boolean().optional(),
    }),
  )
  .output(Account)

/** Gives an account another password. Administrators. */
const setPassword = refusing('NOT_FOUND', 'INVALID')
  .input(z.object({ name: AccountName, key: LoginKey }))
  .output(z.void())

/** Deletes an account; its albums stay. INVALID for one's own, CONFLICT for the last administrator's. Administrators. */
const remove = refusing('NOT_FOUND', 'CONFLICT', 'INVALID')
  .input(z.object({ name: AccountName }))
  .output(z.void())

/**
 * Changes one's own password and ends one's other sessions. FORBIDDEN where `key` is not the one of the current password.
 * `waiting`: it will happen as soon as an administrator opens the gallery. CONFLICT where it was changed too often.
 */
const changePassword = refusing('CONFLICT', 'INVALID')
  .input(z.object({ key: LoginKey, next: LoginKey }))
  .output(z.enum(['changed', 'waiting']))

export const accounts = { list, create, edit, setPassword, remove, changePassword }
