import { z } from 'zod'
import { MailAddress, MailOverview, MailSettingsInput, MailWishes, OwnMail } from '../schemas/mail.ts'
import { refusing } from './base.ts'

/** What the caller is told of by mail, and where. Accounts. */
const mine = refusing('UNSUPPORTED').output(OwnMail)

/**
 * Says so. Another address is written to once it was confirmed by a link in a mail; the present one is asked again where it is not
 * confirmed. Accounts.
 */
const setMine = refusing('UNSUPPORTED').input(MailWishes).output(z.void())

/** How this server sends mail, and what went wrong. Administrators; UNSUPPORTED where no server answers. */
const server = refusing('UNSUPPORTED').output(MailOverview)

/**
 * Says so; null: it sends none any more. INVALID for no protection over a network that was not asked for, CONFLICT where the environment
 * decides. Administrators.
 */
const setServer = refusing('INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(z.object({ settings: MailSettingsInput.nullable() }))
  .output(z.void())

/** Sends a test mail by settings that need not be kept. UNAVAILABLE with what the mail server said. Administrators. */
const test = refusing('INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(z.object({ settings: MailSettingsInput, to: MailAddress }))
  .output(z.void())

export const mail = { mine, setMine, server, setServer, test }
