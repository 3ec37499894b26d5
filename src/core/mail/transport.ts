import { createTransport } from 'nodemailer'
import { errorText } from '../../shared/errors.ts'
import type { KeptMailSettings } from './settings.ts'

/** A mail server that says nothing for so long is taken for one that is away, in milliseconds. */
const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
}

/** A mail in both of its forms. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** The same for the same mail, so that one that comes twice is seen to be one. */
  id: string
  /** Where one click ends all mails (RFC 8058); null where nothing is to be ended. */
  stop: string | null
}

/**
 * What became of a mail. `refused`: the mail server takes nothing for this address, now and later; `failed`: it may another time;
 * `away`: so it is with every mail now.
 */
export type Outcome = { what: 'sent' } | { what: 'refused' | 'failed' | 'away'; reason: string }

/** Characters of what a mail server said that are kept: it may say anything. */
const maxReason = 500

interface SmtpError {
  code?: string
  command?: string
  response?: string
  responseCode?: number
}

const isRecipients = ({ code, command }: SmtpError) => code === 'EENVELOPE' && command?.startsWith('RCPT')

/** For good, and about the address: what the server refuses by its policy (5.7) it refuses of everybody, as where a login is missing. */
const isForGood = ({ responseCode = 0, response = '' }: SmtpError) =>
  responseCode >= 500 && !/^\d{3}[ -]5\.7\./.test(response)

const outcomeOf = (thrown: unknown): Outcome => {
  const error = thrown as SmtpError
  // What a server says to a STARTTLS that it does not know says nothing of it.
  const said = error.code === 'ETLS' ? undefined : error.response
  const reason = (said ?? errorText(thrown)).replace(/\s+/g, ' ').slice(0, maxReason)
  if (isRecipients(error) && isForGood(error)) return { what: 'refused', reason }
  // The connection and the login stood: it is about this one mail.
  const isPolicy = (error.responseCode ?? 0) >= 500 && isRecipients(error)
  const isMails = (isRecipients(error) && !isPolicy) || error.code === 'EMESSAGE'
  return { what: isMails ? 'failed' : 'away', reason }
}

const unsubscribing = (stop: string) => ({
  'List-Unsubscribe': { prepared: true, foldLines: true, value: `<${stop}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** Hands one mail to the mail server. Never throws. */
export const sendMail = async (settings: KeptMailSettings, mail: Mail): Promise<Outcome> => {
  const { host, port, security, user, password, from, url, ca } = settings
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user && { auth: { user, pass: password } }),
    tls: { minVersion: 'TLSv1.2', ...(ca && { ca }) },
    // Nothing of a mail is a file or an address that is read on its behalf.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  })
  const { to, subject, text, html, id, stop } = mail
  try {
    await transport.sendMail({
      from: { name: 'Cimaise', address: from },
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId: `<${id}@${new URL(url).hostname}>`,
      headers: {
        // No answer of a machine to a machine (RFC 3834).
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...(stop && unsubscribing(stop)),
      },
    })
    return { what: 'sent' }
  } catch (error) {
    return outcomeOf(error)
  } finally {
    transport.close()
  }
}
