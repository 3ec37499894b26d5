import { z } from 'zod'
import { ActId } from '../schemas/change.ts'
import { AuditLine, RightsTable, Seen } from '../schemas/access.ts'
import { maxRightsPerCall } from '../domain/limits.ts'
import { RightChange } from '../schemas/access.ts'
import { AccountName } from '../schemas/ids.ts'
import { base, refusing } from './base.ts'

/** Who may do what, as it was given. Administrators. */
const table = base.output(RightsTable)

/**
 * Gives rights and takes them, all or none, with effect on open windows at once. Answers what undoes it. NOT_FOUND where
 * an account, a group or an album is gone, CONFLICT where a right is not what `from` says. Administrators.
 */
const set = refusing('NOT_FOUND', 'CONFLICT', 'INVALID')
  .input(z.object({ act: ActId, changes: z.array(RightChange).min(1).max(maxRightsPerCall) }))
  .output(z.array(RightChange))

/** What Redis itself says that an account may do with each album; albums that it may not see are left out. Administrators. */
const seenBy = refusing('NOT_FOUND')
  .input(z.object({ name: z.union([AccountName, z.literal('guest')]) }))
  .output(z.array(Seen))

/** Who changed what about accounts, groups and rights, the newest first. Administrators. */
const record = base
  .input(z.object({ limit: z.number().int().min(1).max(500), before: z.string().max(40).optional() }))
  .output(z.array(AuditLine))

export const rights = { table, set, seenBy, record }
