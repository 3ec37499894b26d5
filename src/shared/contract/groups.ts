import { z } from 'zod'
import { DisplayName, Group } from '../schemas/account.ts'
import { AccountName } from '../schemas/ids.ts'
import { base, refusing } from './base.ts'

const members = z.array(AccountName).max(1000)

/** The groups of accounts, by name. Administrators. */
const list = base.output(z.array(Group))

/** Makes a group. CONFLICT where the name is taken. Administrators. */
const create = refusing('NOT_FOUND', 'CONFLICT', 'INVALID')
  .input(z.object({ name: AccountName, displayName: DisplayName.optional(), join: members.optional() }))
  .output(z.void())

/** Changes a group's name and members. What was given to the group holds for its members at once. Administrators. */
const edit = refusing('NOT_FOUND')
  .input(
    z.object({
      name: AccountName,
      displayName: DisplayName.optional(),
      join: members.optional(),
      leave: members.optional(),
    }),
  )
  .output(z.void())

/** Removes a group, and with it the rights that it gave. Administrators. */
const remove = refusing('NOT_FOUND')
  .input(z.object({ name: AccountName }))
  .output(z.void())

export const groups = { list, create, edit, remove }
