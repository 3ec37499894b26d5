import { z } from 'zod'
import { LiveSession } from '../schemas/account.ts'
import { AccountName } from '../schemas/ids.ts'
import { ShareName } from '../schemas/ids.ts'
import { base, refusing } from './base.ts'

const account = z.union([AccountName, ShareName])

/** Who is logged in, where, and for how long. Administrators. */
const list = base.output(z.array(LiveSession))

/** Signs one session out. NOT_FOUND where it has ended already. Administrators. */
const end = refusing('NOT_FOUND')
  .input(z.object({ account, id: z.string().max(64) }))
  .output(z.void())

/** Signs an account out everywhere. Administrators. */
const endAll = base.input(z.object({ account })).output(z.void())

/** Ends every other connection of one's own account. `waiting`: as soon as an administrator opens the gallery. CONFLICT: too often. */
const endOthers = refusing('CONFLICT').output(z.enum(['changed', 'waiting']))

export const sessions = { list, end, endAll, endOthers }
