import { z } from 'zod'
import { Share, VisitorAnswers, VisitorSwitches } from '../schemas/access.ts'
import { LoginKey } from '../schemas/account.ts'
import { ShareName } from '../schemas/ids.ts'
import { AlbumId } from '../schemas/ids.ts'
import { base, refusing } from './base.ts'

/** Bytes that the visitors of a link may add to its album; without it, or 0, none. */
const UploadBytes = z.number().int().min(0).max(1e15)

/** The share links, the newest first. Administrators. */
const list = base.output(z.array(Share))

/**
 * Lets all visitors with a link read one album until a date. The caller who makes the link chooses its name and its secret,
 * and keeps the secret: `key` is made from it and from the password. INVALID for a date that is over. Administrators.
 */
const create = refusing('NOT_FOUND', 'CONFLICT', 'INVALID')
  .input(
    z.object({
      name: ShareName,
      album: AlbumId,
      label: z.string().trim().max(100),
      expires: z.iso.datetime({ offset: true }),
      key: LoginKey,
      hasPassword: z.boolean(),
      /** Without it what shows the least. */
      shows: VisitorSwitches.optional(),
      uploads: UploadBytes.optional(),
      /** Without it they may say nothing. */
      answers: VisitorAnswers.optional(),
    }),
  )
  .output(z.void())

/**
 * Changes what a link shows and gives, whom it is for and when it ends, at once; `login`: by which password, for which the caller knows the
 * link's secret. Its address stays, and visits that go on by another password end. INVALID for a date that is over. Administrators.
 */
const edit = refusing('NOT_FOUND', 'INVALID')
  .input(
    z.object({
      name: ShareName,
      label: z.string().trim().max(100).optional(),
      expires: z.iso.datetime({ offset: true }).optional(),
      shows: VisitorSwitches.optional(),
      login: z.object({ key: LoginKey, hasPassword: z.boolean() }).optional(),
      uploads: UploadBytes.optional(),
      answers: VisitorAnswers.optional(),
    }),
  )
  .output(z.void())

/** Ends a share link at once. Administrators. */
const revoke = refusing('NOT_FOUND')
  .input(z.object({ name: ShareName }))
  .output(z.void())

export const shares = { list, create, edit, revoke }
