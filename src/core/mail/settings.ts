import { rmSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isLoopbackHost, usualMailPort } from '../../shared/domain/mail.ts'
import { GalleryError, systemCode } from '../../shared/errors.ts'
import { MailSettings, type MailSettingsInput } from '../../shared/schemas/mail.ts'
import { onDisk, writeWhole } from '../redis/server/files.ts'
import { environmentSecret, readSecret } from '../redis/server/secrets.ts'

/*
 * How a server sends mail is kept where it sends from, in a file of its data folder that its user alone may read, or told by the
 * environment. None of it is in Redis: who may read there need not read a password that opens more than this gallery.
 */

const fileName = 'mail.json'

const Kept = MailSettings.extend({ password: z.string() })

/** Settings with the password, which leaves the process for the mail server alone. */
export type KeptMailSettings = z.infer<typeof Kept>

/** INVALID where a password and what users said would go over a network for all to read, and nobody asked for that. */
const checkSecurity = ({ security, host, unprotected }: MailSettings): void => {
  if (security === 'none' && !isLoopbackHost(host) && !unprotected)
    throw new GalleryError('INVALID', 'mailUnprotected', { host })
}

const readCa = (file: string | undefined): string => {
  if (!file) return ''
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = systemCode(error) ?? 'unknown'
    throw new GalleryError('INVALID', 'mailCaUnreadable', { file, code }, { cause: error })
  }
}

/** What the environment says, null where it names no mail server. INVALID where that makes no sense. */
const fromEnvironment = (env: NodeJS.ProcessEnv): KeptMailSettings | null => {
  const host = env['CIMAISE_SMTP_HOST']
  if (!host) return null
  const security = env['CIMAISE_SMTP_SECURITY'] || 'starttls'
  const { data, error } = Kept.safeParse({
    host,
    port: Number(env['CIMAISE_SMTP_PORT'] || usualMailPort[security as 'tls']),
    security,
    unprotected: env['CIMAISE_SMTP_UNPROTECTED'] === '1',
    user: env['CIMAISE_SMTP_USER'] ?? '',
    password: environmentSecret(env, 'CIMAISE_SMTP_PASSWORD') ?? '',
    from: env['CIMAISE_MAIL_FROM'] ?? '',
    url: env['CIMAISE_PUBLIC_URL'] ?? '',
    ca: readCa(env['CIMAISE_SMTP_CA']),
  })
  if (error) throw new GalleryError('INVALID', 'mailSettingsWrong', { name: settingOf(error) })
  checkSecurity(data)
  return data
}

const settingNames: Record<string, string> = {
  port: 'CIMAISE_SMTP_PORT',
  security: 'CIMAISE_SMTP_SECURITY',
  from: 'CIMAISE_MAIL_FROM',
  url: 'CIMAISE_PUBLIC_URL',
}

const settingOf = ({ issues }: z.ZodError) => settingNames[String(issues[0]?.path[0])] ?? 'CIMAISE_SMTP_HOST'

const fromFile = (home: string): KeptMailSettings | null => {
  let text: string
  try {
    text = readSecret(home, fileName)
  } catch (error) {
    const { cause } = error as Error
    if (systemCode(cause) === 'ENOENT') return null
    throw error
  }
  try {
    return Kept.parse(JSON.parse(text))
  } catch (cause) {
    throw new GalleryError('UNAVAILABLE', 'settingsUnreadable', { file: join(home, fileName) }, { cause })
  }
}

/** How this server sends mail, from its environment or else its data folder. */
export class MailSettingsStore {
  readonly #home: string
  #now: KeptMailSettings | null
  /** The environment decides. */
  readonly isFixed: boolean

  /** Throws INVALID for an environment that makes no sense, and for a file that others may read. */
  constructor(home: string, env: NodeJS.ProcessEnv) {
    this.#home = home
    const given = fromEnvironment(env)
    this.isFixed = given !== null
    this.#now = given ?? fromFile(home)
  }

  get now(): KeptMailSettings | null {
    return this.#now
  }

  /** What an administrator entered, with the present password where none came along. INVALID as `checkSecurity`. */
  complete({ password, ...settings }: MailSettingsInput): KeptMailSettings {
    if (this.isFixed) throw new GalleryError('CONFLICT', 'mailFixed')
    checkSecurity(settings)
    // A password is for the server that it was entered for: another host is not sent it.
    const kept = this.#now?.host === settings.host ? this.#now.password : ''
    return { ...settings, password: password ?? kept }
  }

  /** Keeps settings, or none. CONFLICT where the environment decides. */
  set(input: MailSettingsInput | null): void {
    if (this.isFixed) throw new GalleryError('CONFLICT', 'mailFixed')
    const next = input && this.complete(input)
    onDisk(this.#home, () => {
      if (next) writeWhole(this.#home, fileName, JSON.stringify(next))
      else rmSync(join(this.#home, fileName), { force: true })
    })
    this.#now = next
  }
}
