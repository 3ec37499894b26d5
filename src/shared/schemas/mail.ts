import { z } from 'zod'
import { languages } from '../domain/appearance.ts'
import { mailSecurities, newsKinds, newsTimes } from '../domain/mail.ts'

/** A mail address, as SMTP takes it. */
export const MailAddress = z.email().max(254)

const isZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** A zone of the IANA list, such as `Europe/Paris`. */
export const TimeZone = z.string().min(1).max(64).refine(isZone, 'is no time zone')

const NewsTime = z.enum(newsTimes)

/** Of each kind of news, when an account is told of it. */
const NewsTimes = z.record(z.enum(newsKinds), NewsTime)

/** What an account wishes to be told of by mail. */
export const MailWishes = z.object({
  /** Empty: no mail. */
  address: MailAddress.or(z.literal('')),
  language: z.enum(languages),
  /** In which times are told, and the day begins. */
  zone: TimeZone,
  times: NewsTimes,
})

/**
 * What came of the address: `new`: no server that sends mail has seen it yet; `asked`: a mail with a link went there; `confirmed`: the
 * link was followed; `stopped`: a mail's link to end them was; `refused`: its server takes nothing for it.
 */
export const MailState = z.enum(['none', 'new', 'asked', 'confirmed', 'stopped', 'refused'])

/** One's own wishes, and where they stand. `sends`: whether the server that answers sends mail; null where it cannot tell. */
export const OwnMail = MailWishes.extend({ state: MailState, sends: z.boolean().nullable() })

/** How a server sends mail, without its password. */
export const MailSettings = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  security: z.enum(mailSecurities),
  /** Without protection over a network too. */
  unprotected: z.boolean(),
  /** Empty: it asks for none. */
  user: z.string().max(254),
  /** The address that mails come from. */
  from: MailAddress,
  /** How browsers reach the gallery, for the links in mails. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((url) => url.replace(/\/+$/, '')),
  /** Certificates that the server's own is checked by, in PEM; empty: those that the system knows. */
  ca: z.string().max(200_000),
})

/** The same as an administrator sets it: without a password the present one is kept. */
export const MailSettingsInput = MailSettings.extend({ password: z.string().max(1000).optional() })

/** A mail that went wrong. */
export const MailProblem = z.object({
  /** ISO 8601. */
  at: z.string(),
  /** `refused`: the address is not written to any more; `failed`: it is tried again; `given-up`: it is not. */
  what: z.enum(['refused', 'failed', 'given-up']),
  account: z.string(),
  /** What the mail server said. */
  reason: z.string(),
})

/** What administrators see of how this server sends mail. */
export const MailOverview = z.object({
  /** Null: it sends none. */
  settings: MailSettings.nullable(),
  hasPassword: z.boolean(),
  /** The environment says how, and nothing can be changed here. */
  fixed: z.boolean(),
  /** The last ones, the newest first. */
  problems: z.array(MailProblem),
})

export type MailWishes = z.infer<typeof MailWishes>
export type MailState = z.infer<typeof MailState>
export type OwnMail = z.infer<typeof OwnMail>
export type MailSettings = z.infer<typeof MailSettings>
export type MailSettingsInput = z.infer<typeof MailSettingsInput>
export type MailProblem = z.infer<typeof MailProblem>
export type MailOverview = z.infer<typeof MailOverview>
