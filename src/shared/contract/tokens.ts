import { z } from 'zod'
import { ApiToken } from '../schemas/access.ts'
import { LoginKey } from '../schemas/account.ts'
import { AccountName, AlbumId, TokenName } from '../schemas/ids.ts'
import { base, refusing } from './base.ts'

/** The tokens of one's own scripts, the newest first. */
const list = base.output(z.array(ApiToken))

/**
 * Makes a token, whose name and secret the caller chooses and keeps. `albums` null: all that the caller may read at each moment. `waiting`: it
 * counts once an administrator opens the gallery. INVALID for an end that is over or too far, CONFLICT where there are too many.
 */
const create = refusing('CONFLICT', 'INVALID')
  .input(
    z.object({
      name: TokenName,
      label: z.string().trim().min(1).max(100),
      expires: z.iso.datetime({ offset: true }),
      albums: z.array(AlbumId).min(1).max(100).nullable(),
      key: LoginKey,
    }),
  )
  .output(z.enum(['changed', 'waiting']))

/** Ends a token of one's own. `waiting` as above. NOT_FOUND where it is none. */
const revoke = refusing('NOT_FOUND', 'CONFLICT')
  .input(z.object({ name: TokenName }))
  .output(z.enum(['changed', 'waiting']))

/** Everybody's tokens. Administrators. */
const everybodys = base.output(z.array(ApiToken))

/** Ends a token of somebody. NOT_FOUND where it is none of theirs. Administrators. */
const end = refusing('NOT_FOUND')
  .input(z.object({ account: AccountName, name: TokenName }))
  .output(z.void())

export const tokens = { list, create, revoke, everybodys, end }
